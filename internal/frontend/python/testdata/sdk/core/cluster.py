from sagemaker_core.resources import Cluster, Workforce
from sagemaker_core.shapes import (
    ClusterInstanceGroupSpecification, ClusterLifeCycleConfig, CognitoConfig, VpcConfig, WorkforceVpcConfigRequest,
)

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
life = ClusterLifeCycleConfig(source_s3_uri="s3://sagemaker-x/l", on_create="on_create.sh")
Cluster.create(
    cluster_name="c",
    instance_groups=[
        ClusterInstanceGroupSpecification(
            instance_group_name="head", instance_type="ml.m5.xlarge", instance_count=1, life_cycle_config=life, execution_role=ROLE,
        ),
        ClusterInstanceGroupSpecification(
            instance_group_name="workers", instance_type="ml.m5.xlarge", instance_count=4, life_cycle_config=life,
            execution_role=ROLE, override_vpc_config=VpcConfig(security_group_ids=["sg-0b"], subnets=["subnet-0b"]),
        ),
    ],
    vpc_config=VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
Workforce.create(
    workforce_name="w", cognito_config=CognitoConfig(user_pool="p", client_id="c"),
    workforce_vpc_config=WorkforceVpcConfigRequest(vpc_id="vpc-0a", security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
