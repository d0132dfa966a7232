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

ENDPOINT = {"EndpointInput": {"EndpointName": "e", "LocalPath": "/i"}}
TRUTH = {"EndpointInput": {"EndpointName": "e", "LocalPath": "/i"}, "GroundTruthS3Input": {"S3Uri": "s3://b/t"}}
sm.create_data_quality_job_definition(
    JobDefinitionName="a", DataQualityAppSpecification={"ImageUri": IMAGE}, DataQualityJobInput=ENDPOINT,
    DataQualityJobOutputConfig=OUTPUT, JobResources=RESOURCES, NetworkConfig=NETWORK, RoleArn=ROLE,
)
sm.create_model_quality_job_definition(
    JobDefinitionName="b", ModelQualityAppSpecification={"ImageUri": IMAGE}, ModelQualityJobInput=TRUTH,
    ModelQualityJobOutputConfig=OUTPUT, JobResources=RESOURCES, NetworkConfig=NETWORK, RoleArn=ROLE,
)
sm.create_model_bias_job_definition(
    JobDefinitionName="c", ModelBiasAppSpecification={"ImageUri": IMAGE, "ConfigUri": "s3://b/c"}, ModelBiasJobInput=TRUTH,
    ModelBiasJobOutputConfig=OUTPUT, JobResources=RESOURCES, NetworkConfig=NETWORK, RoleArn=ROLE,
)
sm.create_model_explainability_job_definition(
    JobDefinitionName="d", ModelExplainabilityAppSpecification={"ImageUri": IMAGE, "ConfigUri": "s3://b/c"},
    ModelExplainabilityJobInput=ENDPOINT, ModelExplainabilityJobOutputConfig=OUTPUT, JobResources=RESOURCES, RoleArn=ROLE,
)
