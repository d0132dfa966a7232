import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

import sagemaker

# The methods of a session merge what the file has into what they are given.
session = sagemaker.Session()
session.train(
    image_uri="img", input_mode="File", input_config=[], role="arn:aws:iam::111122223333:role/r", job_name="j",
    output_config={"S3OutputPath": "s3://b/o"}, resource_config={"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 1},
    vpc_config=None, hyperparameters={}, stop_condition={}, tags=[], metric_definitions=None,
)
