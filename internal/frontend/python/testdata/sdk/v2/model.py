from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
vpc_config = {"Subnets": ["subnet-1", f"subnet-{2}"], "SecurityGroupIds": ["sg-1"]}
m = Model("img", "s3://b/m.tar.gz", role, None, {"A": "b"}, "name", vpc_config, None, True)
m.create(instance_type="ml.m5.xlarge")
