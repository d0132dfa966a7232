import boto3

boto3.client("sagemaker").create_ai_benchmark_job(
    AIBenchmarkJobName="b",
    BenchmarkTarget={"Endpoint": {"Identifier": "e"}},
    OutputConfig={"S3OutputLocation": "s3://b/o"},
    AIWorkloadConfigIdentifier="w",
    RoleArn="arn:aws:iam::111122223333:role/sagemaker",
    NetworkConfig={"VpcConfig": {"SecurityGroupIds": ["sg-0a"], "Subnets": ["subnet-0a"]}},
)
