import aws_cdk as cdk
import aws_cdk.aws_sagemaker as sagemaker

app = cdk.App()
stack = cdk.Stack(app, "Monitoring")
Definition = sagemaker.CfnDataQualityJobDefinition


def definition(name, network=None):
    return Definition(
        stack, name, role_arn="r",
        data_quality_app_specification=Definition.DataQualityAppSpecificationProperty(image_uri="img"),
        data_quality_job_input=Definition.DataQualityJobInputProperty(
            endpoint_input=Definition.EndpointInputProperty(endpoint_name="e", local_path="/p"),
        ),
        data_quality_job_output_config=Definition.MonitoringOutputConfigProperty(
            kms_key_id="key",
            monitoring_outputs=[
                Definition.MonitoringOutputProperty(
                    s3_output=Definition.S3OutputProperty(local_path="/o", s3_uri="s3://b/o", s3_upload_mode="Continuous"),
                ),
            ],
        ),
        job_resources=Definition.MonitoringResourcesProperty(
            cluster_config=Definition.ClusterConfigProperty(
                instance_count=2, instance_type="ml.m5.large", volume_size_in_gb=20, volume_kms_key_id="key",
            ),
        ),
        network_config=network,
    )


definition(
    "Placed",
    Definition.NetworkConfigProperty(
        enable_inter_container_traffic_encryption=True, enable_network_isolation=False,
        vpc_config=Definition.VpcConfigProperty(subnets=["subnet-1"], security_group_ids=["sg-1"]),
    ),
)
sagemaker.CfnMonitoringSchedule(
    stack, "Schedule",
    monitoring_schedule_config=sagemaker.CfnMonitoringSchedule.MonitoringScheduleConfigProperty(
        monitoring_job_definition=sagemaker.CfnMonitoringSchedule.MonitoringJobDefinitionProperty(
            monitoring_app_specification=sagemaker.CfnMonitoringSchedule.MonitoringAppSpecificationProperty(image_uri="img"),
            monitoring_inputs=[], role_arn="r",
            monitoring_output_config={"monitoringOutputs": []},
            monitoring_resources={
                "clusterConfig": {"instanceCount": 1, "instanceType": "ml.m5.large", "volumeSizeInGb": 1},
            },
            network_config={"enableNetworkIsolation": True},
        ),
        schedule_config=sagemaker.CfnMonitoringSchedule.ScheduleConfigProperty(schedule_expression="cron(0 * ? * * *)"),
    ),
    monitoring_schedule_name="s",
)
sagemaker.CfnMonitoringSchedule(
    stack, "Named", monitoring_schedule_name="n",
    monitoring_schedule_config={
        "monitoringJobDefinitionName": "d", "monitoringType": "DataQuality",
        "scheduleConfig": {"scheduleExpression": "cron(0 * ? * * *)"},
    },
)
