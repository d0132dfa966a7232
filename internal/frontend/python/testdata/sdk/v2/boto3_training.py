import boto3
from copy import deepcopy

sm = boto3.Session(region_name="us-east-1").client("sagemaker")
common = {
    "AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::111122223333:role/r",
    "OutputDataConfig": {"S3OutputPath": "s3://b/o"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 10},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}
request = deepcopy(common)
request["ResourceConfig"]["InstanceCount"] = 2
request["VpcConfig"] = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
common["EnableNetworkIsolation"] = True
sm.create_training_job(TrainingJobName="j", **request)
