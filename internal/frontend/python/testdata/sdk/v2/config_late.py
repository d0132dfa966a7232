import os

import sagemaker
from sagemaker.estimator import Estimator

# A session reads the file when it is made.
session = sagemaker.Session()
os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.path.join(os.getcwd(), "config.yaml")
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o").fit("s3://b/d", wait=False)
Estimator("img", "arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
