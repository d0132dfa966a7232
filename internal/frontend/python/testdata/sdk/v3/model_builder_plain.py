from sagemaker.serve.mode.function_pointers import Mode
from sagemaker.serve.model_builder import ModelBuilder

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

ModelBuilder(
    image_uri=IMAGE, role_arn=ROLE, s3_model_data_url="s3://b/m.tar.gz", instance_type="ml.m5.xlarge",
    mode=Mode.SAGEMAKER_ENDPOINT,
).build(model_name="m")
