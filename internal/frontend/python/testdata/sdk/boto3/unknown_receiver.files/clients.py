import boto3

REQUEST = dict(
    TrainingJobName="j",
    AlgorithmSpecification={"AlgorithmName": "a", "TrainingInputMode": "Pipe"},
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    OutputDataConfig={"S3OutputPath": "s3://b/out"},
    ResourceConfig={"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    StoppingCondition={"MaxRuntimeInSeconds": 3600},
)


def sagemaker():
    return boto3.client("sagemaker")
