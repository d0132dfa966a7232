import os

from sagemaker.estimator import Estimator

# The user's lies over the administrator's: lists are replaced, not joined.
os.environ["SAGEMAKER_ADMIN_CONFIG_OVERRIDE"] = "admin/config.yaml"
os.environ.setdefault("SAGEMAKER_USER_CONFIG_OVERRIDE", "./user")
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
