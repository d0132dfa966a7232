import aws_cdk as cdk
from aws_cdk import Aws, CfnCondition, Fn, aws_sagemaker as sagemaker

app = cdk.App()
stack = cdk.Stack(app, "Conditions")
private = CfnCondition(stack, "Private", expression=Fn.condition_equals("a", "a"))
settings = {"execution_role_arn": "r", "primary_container": {"image": "img"}}
unset = sagemaker.CfnModel(stack, "Unset", vpc_config=Aws.NO_VALUE and None, **settings)
placed = sagemaker.CfnModel(
    stack, "Placed",
    vpc_config=Fn.condition_if(
        private.logical_id, {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, Aws.NO_VALUE,
    ),
    **settings,
)
