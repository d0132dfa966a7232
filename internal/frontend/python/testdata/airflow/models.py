from airflow.providers.amazon.aws.operators.sagemaker import (
    SageMakerEndpointConfigOperator,
    SageMakerEndpointOperator,
    SageMakerModelOperator,
    SageMakerTransformOperator,
)

ROLE = "arn:aws:iam::111122223333:role/r"
VPC = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}


def model(name, **more):
    return {"ModelName": name, "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": "img"}, **more}


create = SageMakerModelOperator(task_id="create", config=model("create", VpcConfig=VPC), aws_conn_id=None)
configuration = SageMakerEndpointConfigOperator(
    task_id="configuration",
    config={
        "EndpointConfigName": "c",
        "ProductionVariants": [{
            "VariantName": "v", "ModelName": "create", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large",
        }],
        "KmsKeyId": "key",
    },
    aws_conn_id=None,
)
transform = SageMakerTransformOperator(
    task_id="transform",
    config={
        "Model": model("transformed", EnableNetworkIsolation=True),
        "Transform": {
            "TransformJobName": "t", "ModelName": "transformed",
            "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/x"}}},
            "TransformOutput": {"S3OutputPath": "s3://b/y"},
            "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.large"},
        },
    },
    aws_conn_id=None, wait_for_completion=False, check_if_job_exists=False, check_if_model_exists=False,
)
endpoint = SageMakerEndpointOperator(
    task_id="endpoint",
    config={
        "Model": model("served", VpcConfig={"Subnets": ["subnet-2"], "SecurityGroupIds": ["sg-2"]}),
        "EndpointConfig": {
            "EndpointConfigName": "e",
            "ProductionVariants": [{
                "VariantName": "v", "ModelName": "served", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large",
            }],
        },
        "Endpoint": {"EndpointName": "e", "EndpointConfigName": "e"},
    },
    aws_conn_id=None, wait_for_completion=False,
)
