from sagemaker_core.resources import Endpoint, EndpointConfig, Model
from sagemaker_core.shapes import ContainerDefinition, ProductionVariant, VpcConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

vpc = VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a", "subnet-0b"])
Model.create(
    model_name="m", primary_container=ContainerDefinition(image=IMAGE, model_data_url="s3://b/m.tar.gz"), execution_role_arn=ROLE,
    vpc_config=vpc, enable_network_isolation=True,
)
Model.create(model_name="n", containers=[ContainerDefinition(image=IMAGE)], execution_role_arn=ROLE)
EndpointConfig.create(
    endpoint_config_name="c", kms_key_id="alias/vol",
    production_variants=[ProductionVariant(variant_name="v", model_name="m", instance_type="ml.m5.xlarge", initial_instance_count=2)],
)
EndpointConfig.create(
    endpoint_config_name="d", execution_role_arn=ROLE, vpc_config=vpc,
    production_variants=[ProductionVariant(variant_name="v", instance_type="ml.m5.xlarge", initial_instance_count=1)],
)
Endpoint.create(endpoint_name="e", endpoint_config_name="c")
