from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"
network_config = NetworkConfig(True, ["sg-1"], ["subnet-1", "subnet-2"], True)
p = Processor(role, "img", 1, "ml.m5.xlarge", network_config=network_config, output_kms_key="kms-out")
p.run(wait=False, logs=False)
