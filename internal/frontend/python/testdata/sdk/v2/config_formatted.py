import os

import sagemaker
from sagemaker.estimator import Estimator

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = f"{os.getcwd()}/conf/config.yaml"
session = sagemaker.Session()
os.environ.pop("SAGEMAKER_USER_CONFIG_OVERRIDE")
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o").fit("s3://b/d", wait=False)
Estimator("img", "arn:aws:iam::111122223333:role/r", 3, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
