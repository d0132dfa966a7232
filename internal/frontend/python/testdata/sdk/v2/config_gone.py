import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

del os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"]

from sagemaker.estimator import Estimator  # noqa: E402

Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
