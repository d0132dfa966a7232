from sagemaker.model import Model
from sagemaker.pipeline import PipelineModel
from sagemaker.sparkml import SparkMLModel

role = "arn:aws:iam::111122223333:role/r"
vpc = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
first = SparkMLModel("s3://b/m.tar.gz", role, spark_version="3.3", vpc_config=vpc)
second = Model("img", "s3://b/m.tar.gz", role, vpc_config=vpc)
m = PipelineModel(models=[first, second], role=role, name="name")
m.deploy(1, "ml.m5.large", wait=False)
