from sagemaker.model import Model
from sagemaker.multidatamodel import MultiDataModel

role = "arn:aws:iam::111122223333:role/r"
inner = Model("img", "s3://b/m.tar.gz", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, enable_network_isolation=True)
m = MultiDataModel("name", "s3://b/models/", inner)
m.deploy(1, "ml.m5.large", wait=False)
