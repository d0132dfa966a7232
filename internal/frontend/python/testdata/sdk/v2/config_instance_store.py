import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.estimator import Estimator

# The volumes of some instance types take no key, and the file's isn't sent for them.
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.g5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
