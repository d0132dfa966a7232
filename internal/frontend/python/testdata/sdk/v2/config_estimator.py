import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.estimator import Estimator

Estimator("img", instance_count=2, instance_type="ml.m5.xlarge", output_path="s3://b/o").fit("s3://b/d", wait=False)
