import aws_cdk
from aws_cdk import Fn, aws_ec2, aws_sagemaker as sm

app = aws_cdk.App()
stack = aws_cdk.Stack(app, "Studio")
vpc = aws_ec2.Vpc(stack, "Vpc")
key = aws_cdk.CfnParameter(stack, "Key", type="String")
bare = sm.CfnNotebookInstance(stack, "Bare", instance_type="ml.t3.medium", role_arn="r")
placed = sm.CfnNotebookInstance(
    stack, "Placed", instance_type="ml.t3.medium", role_arn="r", subnet_id=vpc.private_subnets[0].subnet_id,
    security_group_ids=[Fn.import_value("group")], direct_internet_access="Disabled", root_access="Disabled",
    kms_key_id=key.value_as_string, volume_size_in_gb=20,
)
domain = sm.CfnDomain(
    stack, "Domain", auth_mode="IAM", domain_name="d", vpc_id=vpc.vpc_id, app_network_access_type="VpcOnly",
    subnet_ids=[subnet.subnet_id for subnet in vpc.private_subnets], kms_key_id="key",
    default_user_settings=sm.CfnDomain.UserSettingsProperty(
        execution_role="r", security_groups=["sg-1"],
        jupyter_server_app_settings=sm.CfnDomain.JupyterServerAppSettingsProperty(
            default_resource_spec=sm.CfnDomain.ResourceSpecProperty(instance_type="system"),
        ),
    ),
    domain_settings={"securityGroupIds": ["sg-2"]},
)
profile = sm.CfnUserProfile(
    stack, "Profile", domain_id=domain.attr_domain_id, user_profile_name="p",
    user_settings={"executionRole": "r", "securityGroups": ["sg-3"]},
)
indexed = sm.CfnNotebookInstance(
    stack, "Indexed", instance_type="ml.t3.medium", role_arn="r",
    subnet_id=vpc.select_subnets(subnet_type=aws_ec2.SubnetType.PUBLIC).subnet_ids[0],
)
