import os
from pathlib import Path

from sagemaker.estimator import Estimator

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = str(Path(__file__).resolve().parent / "conf" / "sagemaker.yaml")
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
