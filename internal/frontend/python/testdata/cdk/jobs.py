import aws_cdk as cdk
from aws_cdk import aws_sagemaker as sagemaker

app = cdk.App()
stack = cdk.Stack(app, "Jobs")
settings = {"role_arn": "r", "app_specification": {"imageUri": "img"}}
Job = sagemaker.CfnProcessingJob
plain = Job(
    stack, "Plain",
    processing_resources=Job.ProcessingResourcesProperty(
        cluster_config=Job.ClusterConfigProperty(instance_count=1, instance_type="ml.m5.large", volume_size_in_gb=1),
    ),
    **settings,
)
placed = Job(
    stack, "Placed",
    processing_resources={
        "clusterConfig": {
            "instanceCount": 3, "instanceType": "ml.m5.large", "volumeSizeInGb": 1, "volumeKmsKeyId": "key",
        },
    },
    network_config=Job.NetworkConfigProperty(
        enable_network_isolation=True,
        vpc_config=Job.VpcConfigProperty(subnets=["subnet-1", "subnet-2"], security_group_ids=["sg-1"]),
    ),
    **settings,
)
cluster = sagemaker.CfnCluster(
    stack, "Cluster",
    vpc_config=sagemaker.CfnCluster.VpcConfigProperty(subnets=["subnet-1"], security_group_ids=["sg-1"]),
    instance_groups=[
        sagemaker.CfnCluster.ClusterInstanceGroupProperty(
            instance_group_name="g", instance_type="ml.m5.large", instance_count=1, execution_role="r",
            life_cycle_config=sagemaker.CfnCluster.ClusterLifeCycleConfigProperty(on_create="o", source_s3_uri="s3://b"),
            override_vpc_config=sagemaker.CfnCluster.VpcConfigProperty(subnets=["subnet-2"], security_group_ids=["sg-2"]),
        ),
    ],
)
