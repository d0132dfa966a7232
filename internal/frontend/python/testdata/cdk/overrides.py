import aws_cdk as cdk
from aws_cdk import aws_sagemaker as sagemaker

app = cdk.App()
stack = cdk.Stack(app, "Overrides")
settings = {"execution_role_arn": "r", "primary_container": {"image": "img"}}
assigned = sagemaker.CfnModel(stack, "Assigned", **settings)
assigned.vpc_config = sagemaker.CfnModel.VpcConfigProperty(subnets=["subnet-1"], security_group_ids=["sg-1"])
assigned.enable_network_isolation = True
hatched = sagemaker.CfnModel(stack, "Hatched", **settings)
hatched.add_property_override("VpcConfig.Subnets", ["subnet-2"])
hatched.add_override("Metadata.Checked", "yes")
whole = sagemaker.CfnModel(stack, "Whole", enable_network_isolation=True, **settings)
whole.add_override("Properties.EnableNetworkIsolation", False)
whole.add_property_deletion_override("EnableNetworkIsolation")
