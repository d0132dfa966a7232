from sagemaker.core.model_monitor import DefaultModelMonitor, ModelMonitor
from sagemaker.core.model_monitor.dataset_format import DatasetFormat
from sagemaker.core.network import NetworkConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

network = NetworkConfig(True, ["sg-0a"], ["subnet-0a"], True)
DefaultModelMonitor(
    role=ROLE, instance_count=1, instance_type="ml.m5.xlarge", volume_kms_key="alias/vol", output_kms_key="alias/out",
    network_config=network,
).create_monitoring_schedule(endpoint_input="e", output_s3_uri="s3://b/out", monitor_schedule_name="a")
