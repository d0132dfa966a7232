import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.core.training.configs import Networking
from sagemaker.serve import ModelBuilder

ModelBuilder(
    image_uri="img", s3_model_data_url="s3://b/m.tar.gz", role_arn="arn:aws:iam::111122223333:role/r", instance_type="ml.m5.xlarge",
).build(model_name="m")
