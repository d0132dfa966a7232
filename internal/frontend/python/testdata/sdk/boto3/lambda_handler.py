import json
import os

import boto3

sagemaker = boto3.client("sagemaker")


def handler(event, context):
    params = {
        "TrainingJobName": "j",
        "AlgorithmSpecification": {"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
        "RoleArn": "arn:aws:iam::111122223333:role/sagemaker",
        "OutputDataConfig": {"S3OutputPath": "s3://b/out"},
        "ResourceConfig": {
            "InstanceType": os.environ.get("INSTANCE_TYPE", "ml.m5.xlarge"),
            "InstanceCount": int(os.environ.get("INSTANCE_COUNT", "2")),
            "VolumeSizeInGB": 30,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    }
    if event.get("vpc"):
        params["VpcConfig"] = {
            "SecurityGroupIds": event["vpc"]["groups"],
            "Subnets": event["vpc"]["subnets"],
        }
    try:
        response = sagemaker.create_training_job(**params)
    except Exception as e:
        print(e)
        raise
    return json.dumps(response)


if __name__ == "__main__":
    handler({"vpc": {"groups": ["sg-0a"], "subnets": ["subnet-0a"]}}, None)
