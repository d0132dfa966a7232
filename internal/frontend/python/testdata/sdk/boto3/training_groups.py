import boto3

groups = []
for name, count in [("head", 1), ("workers", 4)]:
    groups.append({"InstanceGroupName": name, "InstanceCount": count, "InstanceType": "ml.m5.xlarge"})
boto3.client("sagemaker").create_training_job(
    TrainingJobName="j",
    AlgorithmSpecification={"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    OutputDataConfig={"S3OutputPath": "s3://b/out"},
    ResourceConfig={"InstanceGroups": groups, "VolumeSizeInGB": 30},
    StoppingCondition={"MaxRuntimeInSeconds": 3600},
)
