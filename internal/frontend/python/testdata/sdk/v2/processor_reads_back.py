from sagemaker.estimator import Estimator
from sagemaker.network import NetworkConfig

role = "arn:aws:iam::111122223333:role/r"
network = NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"])
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=network.subnets,
                security_group_ids=network.security_group_ids, enable_network_isolation=network.enable_network_isolation)
est.fit(wait=False)
