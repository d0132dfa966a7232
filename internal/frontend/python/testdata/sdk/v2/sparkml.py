from sagemaker.sparkml.model import SparkMLModel

role = "arn:aws:iam::111122223333:role/r"
m = SparkMLModel("s3://b/m.tar.gz", role, "3.3", env={"SAGEMAKER_SPARKML_SCHEMA": "{}"}, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
m.create(instance_type="ml.m5.large")
