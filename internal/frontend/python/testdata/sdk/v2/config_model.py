import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model import Model

Model("img", model_data="s3://b/m.tar.gz").create(instance_type="ml.m5.xlarge")
