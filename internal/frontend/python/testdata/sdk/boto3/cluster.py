import boto3

hyperpod = boto3.client("sagemaker")
ROLE = "arn:aws:iam::111122223333:role/sagemaker"
life = {"SourceS3Uri": "s3://sagemaker-x/l", "OnCreate": "on_create.sh"}
hyperpod.create_cluster(
    ClusterName="c",
    InstanceGroups=[
        {"InstanceGroupName": "head", "InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "LifeCycleConfig": life, "ExecutionRole": ROLE},
        {
            "InstanceGroupName": "workers", "InstanceType": "ml.m5.xlarge", "InstanceCount": 4, "LifeCycleConfig": life,
            "ExecutionRole": ROLE, "OverrideVpcConfig": {"SecurityGroupIds": ["sg-0b"], "Subnets": ["subnet-0b"]},
        },
    ],
    VpcConfig={"SecurityGroupIds": ["sg-0a"], "Subnets": ["subnet-0a"]},
)
hyperpod.create_workforce(
    WorkforceName="w", CognitoConfig={"UserPool": "p", "ClientId": "c"},
    WorkforceVpcConfig={"VpcId": "vpc-0a", "SecurityGroupIds": ["sg-0a"], "Subnets": ["subnet-0a"]},
)
hyperpod.create_workforce(WorkforceName="v", CognitoConfig={"UserPool": "p", "ClientId": "c"})
