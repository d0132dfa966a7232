import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

import boto3

# A request is what it says, whatever the file has.
boto3.client("sagemaker").create_model(ModelName="m", ExecutionRoleArn="arn:aws:iam::111122223333:role/r", PrimaryContainer={"Image": "img"})
