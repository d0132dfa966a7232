import copy
import boto3

common = {
    "AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::111122223333:role/r",
    "OutputDataConfig": {"S3OutputPath": "s3://b/o"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 5},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}
single = copy.deepcopy(common)
single["TrainingJobName"] = "single"
distributed = copy.deepcopy(common)
distributed["TrainingJobName"] = "distributed"
distributed["ResourceConfig"]["InstanceCount"] = 2
distributed["VpcConfig"] = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
sm = boto3.Session().client(service_name="sagemaker", region_name="us-east-1")
sm.create_training_job(**single)
sm.create_training_job(**{**distributed, "EnableInterContainerTrafficEncryption": True})
