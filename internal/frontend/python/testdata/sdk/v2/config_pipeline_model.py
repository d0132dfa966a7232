import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model import Model
from sagemaker.pipeline import PipelineModel

PipelineModel(models=[Model("img", model_data="s3://b/m.tar.gz")], role="arn:aws:iam::111122223333:role/r", name="p").create(instance_type="ml.m5.xlarge")
