from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"
network = NetworkConfig()
network.subnets = ["subnet-1"]
network.security_group_ids = ["sg-%s" % 1]
p = Processor(role, "img", 1, "ml.m5.xlarge", network_config=network)
p.run(wait=False, logs=False)
