from functools import lru_cache

import boto3

_client = None


def client():
    global _client
    if _client is None:
        _client = boto3.client("sagemaker")
    return _client


@lru_cache(maxsize=None)
def service(name, region="us-east-1"):
    return boto3.client(name, region_name=region)


def make(sm, name, **more):
    create = sm.create_model
    return create(
        ModelName=name,
        ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
        PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
        **more,
    )


make(client(), "a")
make(service("sagemaker"), "b", VpcConfig={"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]})
