import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct


class Models(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str, subnets=None, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        vpc = ec2.Vpc(self, "Vpc", max_azs=2)
        group = ec2.SecurityGroup(self, "Group", vpc=vpc)
        container = sagemaker.CfnModel.ContainerDefinitionProperty(image="img", model_data_url="s3://b/m")
        sagemaker.CfnModel(self, "Bare", execution_role_arn="r", primary_container=container)
        placed = sagemaker.CfnModel(
            self, "Placed", execution_role_arn="r", primary_container=container, enable_network_isolation=True,
            vpc_config=sagemaker.CfnModel.VpcConfigProperty(
                subnets=vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS).subnet_ids,
                security_group_ids=[group.security_group_id],
            ),
        )
        sagemaker.CfnModel(
            self, "Listed", execution_role_arn="r", containers=[container, {"image": "other"}],
            vpc_config={"subnets": [s.subnet_id for s in vpc.private_subnets], "securityGroupIds": ["sg-1", "sg-2"]},
        )
        sagemaker.CfnModel(
            self, "Literal", execution_role_arn="r", primary_container=container,
            vpc_config={"subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]},
        )
        vpc_config = None
        if subnets:
            vpc_config = sagemaker.CfnModel.VpcConfigProperty(subnets=subnets, security_group_ids=["sg-1"])
        sagemaker.CfnModel(self, "Maybe", execution_role_arn="r", vpc_config=vpc_config)
        sagemaker.CfnEndpointConfig(
            self, "Configuration", kms_key_id="key",
            production_variants=[
                sagemaker.CfnEndpointConfig.ProductionVariantProperty(
                    variant_name="v", model_name=placed.attr_model_name, initial_instance_count=1,
                    instance_type="ml.m5.large", initial_variant_weight=1.0,
                ),
            ],
        )


app = cdk.App()
Models(app, "Models", subnets=["subnet-9"])
