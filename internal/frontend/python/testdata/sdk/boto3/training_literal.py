import boto3

sm = boto3.client("sagemaker", region_name="eu-west-1")
sm.create_training_job(
    TrainingJobName="j",
    AlgorithmSpecification={"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    OutputDataConfig={"S3OutputPath": "s3://b/out", "KmsKeyId": "alias/out"},
    ResourceConfig={"InstanceType": "ml.m5.xlarge", "InstanceCount": 3, "VolumeSizeInGB": 30, "VolumeKmsKeyId": "alias/vol"},
    StoppingCondition={"MaxRuntimeInSeconds": 3600},
    VpcConfig={"Subnets": ["subnet-0a", "subnet-0b"], "SecurityGroupIds": ["sg-0a"]},
    EnableNetworkIsolation=True,
    EnableInterContainerTrafficEncryption=True,
)
