from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
m = Model("img", "s3://b/m.tar.gz", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
m.deploy(1, "ml.m5.large", wait=False)
m.deploy(1, "ml.c5.large", wait=False)
