from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"
a = Processor(role, "img", 1, "ml.m5.xlarge", network_config=NetworkConfig(subnets=["subnet-1"]))
a.run(wait=False, logs=False)
b = Processor(role, "img", 1, "ml.c5.xlarge", network_config=NetworkConfig(security_group_ids=["sg-1"]))
b.run(wait=False, logs=False)
