import boto3

SUBNETS = "subnet-0a,subnet-0b"
session = boto3.Session(region_name="us-east-1")
sm = session.client("sagemaker")
for isolated in (True,):
    sm.create_processing_job(
        ProcessingJobName="p",
        ProcessingResources={
            "ClusterConfig": {"InstanceCount": 2, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30, "VolumeKmsKeyId": "alias/vol"}
        },
        AppSpecification={"ImageUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
        RoleArn="arn:aws:iam::111122223333:role/sagemaker",
        ProcessingOutputConfig={"Outputs": [], "KmsKeyId": "alias/out"},
        NetworkConfig={
            "EnableInterContainerTrafficEncryption": True,
            "EnableNetworkIsolation": isolated,
            "VpcConfig": {"SecurityGroupIds": ["sg-0a"], "Subnets": SUBNETS.split(",")},
        },
    )
sm.create_processing_job(
    ProcessingJobName="q",
    ProcessingResources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}},
    AppSpecification={"ImageUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    NetworkConfig={"EnableNetworkIsolation": False},
)
