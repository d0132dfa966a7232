import boto3

client = boto3.client(service_name="sagemaker")
client.create_training_job(
    TrainingJobName="j",
    AlgorithmSpecification={"AlgorithmName": "a", "TrainingInputMode": "Pipe"},
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    OutputDataConfig={"S3OutputPath": "s3://b/out"},
    ResourceConfig={"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    StoppingCondition={"MaxRuntimeInSeconds": 3600},
)
waiter = client.get_waiter("training_job_completed_or_stopped")
list(client.get_paginator("list_training_jobs").paginate())
