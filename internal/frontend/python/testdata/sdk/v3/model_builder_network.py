from sagemaker.core.training.configs import Networking
from sagemaker.serve import ModelBuilder
from sagemaker.serve.configs import Network

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

ModelBuilder(
    image_uri=IMAGE, role_arn=ROLE, s3_model_data_url="s3://b/m.tar.gz", instance_type="ml.m5.xlarge",
    network=Networking(enable_network_isolation=True),
).build(model_name="a")
ModelBuilder(
    image_uri=IMAGE, role_arn=ROLE, s3_model_data_url="s3://b/m.tar.gz", instance_type="ml.m5.xlarge",
    network=Network(vpc_config={"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]}),
).build(model_name="b")
builder = ModelBuilder(image_uri=IMAGE, role_arn=ROLE, s3_model_data_url="s3://b/m.tar.gz", instance_type="ml.m5.xlarge")
builder.vpc_config = {"Subnets": ["subnet-0b"], "SecurityGroupIds": ["sg-0b"]}
builder.build(model_name="c")
