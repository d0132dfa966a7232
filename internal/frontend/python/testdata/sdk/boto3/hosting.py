import boto3

sm = boto3.client("sagemaker")
sm.create_endpoint_config(
    EndpointConfigName="a",
    ProductionVariants=[{"VariantName": "v", "ModelName": "m", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 2}],
    KmsKeyId="alias/vol",
)
sm.create_endpoint_config(
    EndpointConfigName="b",
    ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
    ProductionVariants=[{"VariantName": "v", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 1}],
    VpcConfig={"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]},
    EnableNetworkIsolation=True,
)
sm.create_endpoint_config(
    EndpointConfigName="c",
    ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
    ProductionVariants=[{"VariantName": "v", "InstanceType": "ml.m5.xlarge", "InitialInstanceCount": 1}],
)
