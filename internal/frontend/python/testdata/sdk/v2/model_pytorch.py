import sagemaker
from sagemaker.pytorch import PyTorchModel

role = "arn:aws:iam::111122223333:role/r"
settings = {"vpc_config": None}
settings["vpc_config"] = dict(Subnets=["subnet-1"], SecurityGroupIds=["sg-1"])
m = PyTorchModel(model_data="s3://b/m.tar.gz", role=role, image_uri="img", framework_version="2.0",
                 py_version="py310", sagemaker_session=sagemaker.Session(), **settings)
m.create(instance_type="ml.m5.xlarge")
