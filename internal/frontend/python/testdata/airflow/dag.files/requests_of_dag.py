NETWORK = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
TRAINING = {
    "AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://b/o"},
    "ResourceConfig": {"InstanceCount": 3, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1},
    "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    "RoleArn": "arn:aws:iam::111122223333:role/r",
    "TrainingJobName": "job",
}
TRAINING["VpcConfig"] = NETWORK
