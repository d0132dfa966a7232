import boto3

sm = boto3.client("sagemaker")
security = {
    "VolumeKmsKeyId": "alias/vol",
    "EnableInterContainerTrafficEncryption": True,
    "VpcConfig": {"SecurityGroupIds": ["sg-0a"], "Subnets": ["subnet-0a"]},
}
role = "arn:aws:iam::111122223333:role/sagemaker"
data = [{"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}, "TargetAttributeName": "y"}]
out = {"S3OutputPath": "s3://b/out", "KmsKeyId": "alias/out"}
sm.create_auto_ml_job(
    AutoMLJobName="a", InputDataConfig=data, OutputDataConfig=out, RoleArn=role, AutoMLJobConfig={"SecurityConfig": security}
)
sm.create_auto_ml_job(AutoMLJobName="b", InputDataConfig=data, OutputDataConfig=out, RoleArn=role)
sm.create_auto_ml_job_v2(
    AutoMLJobName="c",
    AutoMLJobInputDataConfig=[{"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}}],
    AutoMLProblemTypeConfig={"TabularJobConfig": {"TargetAttributeName": "y"}},
    OutputDataConfig=out,
    RoleArn=role,
    SecurityConfig=security,
)
