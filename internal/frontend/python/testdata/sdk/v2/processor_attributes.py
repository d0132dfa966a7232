from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"
network = NetworkConfig(enable_network_isolation=True)
p = Processor(role, "img", 1, "ml.m5.xlarge")
p.network_config = network
p.volume_kms_key = "kms-vol"
network.security_group_ids = ["sg-1"]
network.subnets = ["subnet-1"]
p.run(wait=False, logs=False)
