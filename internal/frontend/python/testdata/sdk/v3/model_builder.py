from sagemaker.core.training.configs import Networking
from sagemaker.serve import ModelBuilder

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

builder = ModelBuilder(
    image_uri=IMAGE, role_arn=ROLE, s3_model_data_url="s3://b/m.tar.gz", instance_type="ml.m5.xlarge",
    network=Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"], enable_network_isolation=True),
)
model = builder.build(model_name="m")
