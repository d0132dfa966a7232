from sagemaker.core.resources import Model, ProcessingJob, TrainingJob
from sagemaker.core.shapes import (
    AlgorithmSpecification, AppSpecification, ContainerDefinition, NetworkConfig, OutputDataConfig, ProcessingClusterConfig,
    ProcessingResources, ResourceConfig, StoppingCondition, VpcConfig,
)

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

vpc = VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"])
TrainingJob.create(
    training_job_name="j", role_arn=ROLE, algorithm_specification=AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
    output_data_config=OutputDataConfig(s3_output_path="s3://b/out", kms_key_id="alias/out"),
    resource_config=ResourceConfig(instance_type="ml.m5.xlarge", instance_count=2, volume_size_in_gb=30, volume_kms_key_id="alias/vol"),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=3600), vpc_config=vpc, enable_network_isolation=True,
    enable_inter_container_traffic_encryption=True,
)
ProcessingJob.create(
    processing_job_name="p", role_arn=ROLE, app_specification=AppSpecification(image_uri=IMAGE),
    processing_resources=ProcessingResources(
        cluster_config=ProcessingClusterConfig(instance_count=1, instance_type="ml.m5.xlarge", volume_size_in_gb=30)
    ),
    network_config=NetworkConfig(enable_network_isolation=True, vpc_config=vpc),
)
Model.create(model_name="m", primary_container=ContainerDefinition(image=IMAGE), execution_role_arn=ROLE)
