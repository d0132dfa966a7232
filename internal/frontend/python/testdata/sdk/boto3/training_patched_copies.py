from copy import deepcopy

import boto3

common = {
    "RoleArn": "arn:aws:iam::111122223333:role/sagemaker",
    "AlgorithmSpecification": {"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://b/out"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m4.xlarge", "VolumeSizeInGB": 5},
    "StoppingCondition": {"MaxRuntimeInSeconds": 86400},
}

single = deepcopy(common)
single["TrainingJobName"] = "single"

distributed = deepcopy(common)
distributed["TrainingJobName"] = "distributed"
distributed["ResourceConfig"]["InstanceCount"] = 2
distributed["ResourceConfig"]["VolumeKmsKeyId"] = "alias/vol"
distributed["VpcConfig"] = {"Subnets": ["subnet-0a"]}
distributed["VpcConfig"]["SecurityGroupIds"] = ["sg-0a"]
distributed.update(EnableNetworkIsolation=True, EnableInterContainerTrafficEncryption=True)

region = boto3.Session().region_name
sm = boto3.Session().client("sagemaker")
sm.create_training_job(**single)
sm.create_training_job(**distributed)
