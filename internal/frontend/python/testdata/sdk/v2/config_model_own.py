import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model import Model

# A model's vpc_config is one value: the file adds nothing to it.
Model(
    "img", "s3://b/m.tar.gz", "arn:aws:iam::111122223333:role/own", enable_network_isolation=False,
    vpc_config={"Subnets": ["subnet-own"], "SecurityGroupIds": ["sg-own"]},
).create(instance_type="ml.m5.xlarge")
Model("img", "s3://b/m.tar.gz", vpc_config=None, enable_network_isolation=None).create(instance_type="ml.m5.xlarge")
