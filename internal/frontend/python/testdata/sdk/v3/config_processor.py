import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.core.network import NetworkConfig
from sagemaker.core.processing import Processor

Processor(image_uri="img", instance_count=1, instance_type="ml.m5.xlarge").run(wait=False, logs=False)
Processor(
    image_uri="img", instance_count=2, instance_type="ml.m5.xlarge", network_config=NetworkConfig(enable_network_isolation=False),
).run(wait=False, logs=False)
