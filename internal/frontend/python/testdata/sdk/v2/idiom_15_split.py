from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

settings = "subnet-1, subnet-2 ;sg-1"
subnets, groups = settings.split(";")
network = NetworkConfig(subnets=[x.strip() for x in subnets.split(",")], security_group_ids=groups.split(","))
p = Processor("arn:aws:iam::111122223333:role/r", "img", 1, "ml.m5.xlarge", network_config=network)
p.run(wait=False, logs=False)
