import boto3

sm = boto3.client("sagemaker")
ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"
RESOURCES = {
    "ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 20, "VolumeKmsKeyId": "alias/vol"}
}
NETWORK = {
    "EnableNetworkIsolation": True,
    "EnableInterContainerTrafficEncryption": True,
    "VpcConfig": {"SecurityGroupIds": ["sg-0a"], "Subnets": ["subnet-0a"]},
}
OUTPUT = {
    "MonitoringOutputs": [{"S3Output": {"S3Uri": "s3://b/o", "LocalPath": "/o"}}], "KmsKeyId": "alias/out"
}

definition = {
    "MonitoringInputs": [{"EndpointInput": {"EndpointName": "e", "LocalPath": "/i"}}],
    "MonitoringOutputConfig": OUTPUT,
    "MonitoringResources": RESOURCES,
    "MonitoringAppSpecification": {"ImageUri": IMAGE},
    "RoleArn": ROLE,
}
config = {"ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"}, "MonitoringJobDefinition": definition}
sm.create_monitoring_schedule(MonitoringScheduleName="a", MonitoringScheduleConfig=config)
config["MonitoringJobDefinition"] = dict(definition, NetworkConfig=NETWORK)
sm.create_monitoring_schedule(MonitoringScheduleName="b", MonitoringScheduleConfig=config)
sm.create_monitoring_schedule(
    MonitoringScheduleName="c",
    MonitoringScheduleConfig={"MonitoringJobDefinitionName": "d", "MonitoringType": "DataQuality"},
)
