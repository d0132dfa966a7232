import boto3

NETWORK = {"VpcConfig": {"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]}, "EnableNetworkIsolation": True}
BASE = {
    "AlgorithmSpecification": {"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::111122223333:role/sagemaker",
    "OutputDataConfig": {"S3OutputPath": "s3://b/out"},
    "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
}
sm = boto3.client("sagemaker")
sm.create_training_job(TrainingJobName="a", **{**BASE, **NETWORK})
sm.create_training_job(**(BASE | NETWORK | {"TrainingJobName": "b", "EnableNetworkIsolation": False}))
sm.create_training_job(TrainingJobName="c", **BASE, EnableInterContainerTrafficEncryption=True)
