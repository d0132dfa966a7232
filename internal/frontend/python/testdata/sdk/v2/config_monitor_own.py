import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model_monitor import DefaultModelMonitor
from sagemaker.network import NetworkConfig

monitor = DefaultModelMonitor(
    "arn:aws:iam::111122223333:role/own", 1, "ml.m5.xlarge", network_config=NetworkConfig(security_group_ids=["sg-own"], encrypt_inter_container_traffic=False),
)
monitor.create_monitoring_schedule(endpoint_input="endpoint", output_s3_uri="s3://b/o")
