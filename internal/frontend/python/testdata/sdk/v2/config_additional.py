import os

import sagemaker
from sagemaker.config import load_sagemaker_config
from sagemaker.estimator import Estimator

os.environ.update({"SAGEMAKER_ADMIN_CONFIG_OVERRIDE": "admin.yaml"})
session = sagemaker.Session(sagemaker_config=load_sagemaker_config(additional_config_paths=["user.yaml", "more.yaml"]))
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o").fit("s3://b/d", wait=False)
