import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.estimator import Estimator

estimator = Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o")
estimator.fit("s3://b/d", wait=False)
# Without the estimator's VPC the model takes the one of the file.
estimator.create_model(vpc_config_override=None).create(instance_type="ml.m5.xlarge")
