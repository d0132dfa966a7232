from sagemaker import ModelPackage, Session

role = "arn:aws:iam::111122223333:role/r"
arn = "arn:aws:sagemaker:us-east-1:111122223333:model-package/p/1"
m = ModelPackage(role, model_package_arn=arn, sagemaker_session=Session(), vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
m.create(instance_type="ml.m5.large")
n = ModelPackage(role=role, model_package_arn=arn, sagemaker_session=Session())
n.deploy(1, "ml.m5.large", wait=False)
