from sagemaker.core.network import NetworkConfig
from sagemaker.core.processing import FrameworkProcessor

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

network = NetworkConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"], enable_network_isolation=True)
FrameworkProcessor(IMAGE, ROLE, 2, "ml.m5.xlarge", network_config=network).run(code="train.py", wait=False, logs=False)
FrameworkProcessor(
    IMAGE, ROLE, 1, "ml.m5.xlarge", ["python3"], 30, "alias/vol", "alias/out", None, None, "j", None, None, None, network,
).run(code="train.py", wait=False, logs=False)
