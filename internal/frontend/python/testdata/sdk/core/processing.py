from sagemaker_core.resources import ProcessingJob
from sagemaker_core.shapes import (
    AppSpecification, NetworkConfig, ProcessingClusterConfig, ProcessingOutput, ProcessingOutputConfig, ProcessingResources,
    ProcessingS3Output, VpcConfig,
)

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

resources = ProcessingResources(
    cluster_config=ProcessingClusterConfig(
        instance_count=2, instance_type="ml.m5.xlarge", volume_size_in_gb=30, volume_kms_key_id="alias/vol"
    )
)
ProcessingJob.create(
    processing_job_name="p", role_arn=ROLE, processing_resources=resources, app_specification=AppSpecification(image_uri=IMAGE),
    processing_output_config=ProcessingOutputConfig(
        outputs=[ProcessingOutput(output_name="o", s3_output=ProcessingS3Output(s3_uri="s3://b/o", s3_upload_mode="EndOfJob"))], kms_key_id="alias/out",
    ),
    network_config=NetworkConfig(
        enable_network_isolation=True, enable_inter_container_traffic_encryption=True,
        vpc_config=VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
    ),
)
ProcessingJob.create(
    processing_job_name="q", role_arn=ROLE, processing_resources=resources, app_specification=AppSpecification(image_uri=IMAGE),
)
