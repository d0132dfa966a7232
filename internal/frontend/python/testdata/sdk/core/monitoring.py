from sagemaker_core.resources import (
    DataQualityJobDefinition, ModelBiasJobDefinition, ModelExplainabilityJobDefinition, ModelQualityJobDefinition, MonitoringSchedule,
)
from sagemaker_core.main import shapes as s

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

resources = s.MonitoringResources(
    cluster_config=s.MonitoringClusterConfig(
        instance_count=1, instance_type="ml.m5.xlarge", volume_size_in_gb=20, volume_kms_key_id="alias/vol"
    )
)
network = s.MonitoringNetworkConfig(
    enable_network_isolation=True, enable_inter_container_traffic_encryption=True,
    vpc_config=s.VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
output = s.MonitoringOutputConfig(
    monitoring_outputs=[s.MonitoringOutput(s3_output=s.MonitoringS3Output(s3_uri="s3://b/o", local_path="/o"))], kms_key_id="alias/out"
)
endpoint = s.EndpointInput(endpoint_name="e", local_path="/i")
truth = s.MonitoringGroundTruthS3Input(s3_uri="s3://b/t")
DataQualityJobDefinition.create(
    job_definition_name="a", role_arn=ROLE, job_resources=resources, network_config=network,
    data_quality_app_specification=s.DataQualityAppSpecification(image_uri=IMAGE),
    data_quality_job_input=s.DataQualityJobInput(endpoint_input=endpoint), data_quality_job_output_config=output,
)
ModelQualityJobDefinition.create(
    job_definition_name="b", role_arn=ROLE, job_resources=resources, network_config=network,
    model_quality_app_specification=s.ModelQualityAppSpecification(image_uri=IMAGE),
    model_quality_job_input=s.ModelQualityJobInput(endpoint_input=endpoint, ground_truth_s3_input=truth),
    model_quality_job_output_config=output,
)
ModelBiasJobDefinition.create(
    job_definition_name="c", role_arn=ROLE, job_resources=resources, network_config=network,
    model_bias_app_specification=s.ModelBiasAppSpecification(image_uri=IMAGE, config_uri="s3://b/c"),
    model_bias_job_input=s.ModelBiasJobInput(endpoint_input=endpoint, ground_truth_s3_input=truth),
    model_bias_job_output_config=output,
)
ModelExplainabilityJobDefinition.create(
    job_definition_name="d", role_arn=ROLE, job_resources=resources,
    model_explainability_app_specification=s.ModelExplainabilityAppSpecification(image_uri=IMAGE, config_uri="s3://b/c"),
    model_explainability_job_input=s.ModelExplainabilityJobInput(endpoint_input=endpoint),
    model_explainability_job_output_config=output,
)
MonitoringSchedule.create(
    monitoring_schedule_name="e",
    monitoring_schedule_config=s.MonitoringScheduleConfig(
        schedule_config=s.ScheduleConfig(schedule_expression="cron(0 * ? * * *)"),
        monitoring_job_definition=s.MonitoringJobDefinition(
            monitoring_inputs=[s.MonitoringInput(endpoint_input=endpoint)], monitoring_output_config=output,
            monitoring_resources=resources, monitoring_app_specification=s.MonitoringAppSpecification(image_uri=IMAGE),
            role_arn=ROLE, network_config=s.NetworkConfig(
                enable_network_isolation=True, vpc_config=s.VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"])
            ),
        ),
    ),
)
