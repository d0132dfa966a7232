from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
vpc_config = {"SecurityGroupIds": ["sg-1"]}
m = Model("img", "s3://b/m.tar.gz", role, vpc_config=vpc_config)
vpc_config.update(Subnets=["subnet-1"])
m.create(instance_type="ml.m5.large")
