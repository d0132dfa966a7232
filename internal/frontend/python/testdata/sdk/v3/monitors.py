from sagemaker.core.model_monitor import ModelBiasMonitor, ModelExplainabilityMonitor, ModelMonitor, ModelQualityMonitor
from sagemaker.core.network import NetworkConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

network = NetworkConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"])
network.enable_network_isolation = True
ModelQualityMonitor(
    ROLE, 2, "ml.m5.xlarge", 30, "alias/vol", "alias/out", None, None, None, None, None, network
).create_monitoring_schedule(
    endpoint_input="e", ground_truth_input="s3://b/t", problem_type="Regression", output_s3_uri="s3://b/out", monitor_schedule_name="a"
)
ModelQualityMonitor(role=ROLE, instance_count=1, instance_type="ml.m5.large").create_monitoring_schedule(
    endpoint_input="e", ground_truth_input="s3://b/t", problem_type="Regression", output_s3_uri="s3://b/out", monitor_schedule_name="b"
)
