import settings  # noqa: F401
from sagemaker.estimator import Estimator

Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
