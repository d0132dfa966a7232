import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.network import NetworkConfig
from sagemaker.sklearn.processing import SKLearnProcessor

network = NetworkConfig(enable_network_isolation=False, subnets=["subnet-own"])
SKLearnProcessor(
    framework_version="1.2-1", role="arn:aws:iam::111122223333:role/own", instance_type="ml.m5.xlarge", instance_count=1, network_config=network,
    volume_kms_key="own-key",
).run(code="train.py", wait=False, logs=False)
