from airflow.providers.amazon.aws.operators.sagemaker import SageMakerProcessingOperator

common = dict(aws_conn_id=None, wait_for_completion=False, print_log=False)


def processing(name, network=None):
    config = {
        "ProcessingJobName": name,
        "ProcessingResources": {
            "ClusterConfig": {"InstanceCount": 2, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1},
        },
        "AppSpecification": {"ImageUri": "img"},
        "RoleArn": "arn:aws:iam::111122223333:role/r",
    }
    if network:
        config["NetworkConfig"] = network
    return config


first = SageMakerProcessingOperator(task_id="first", config=processing("first"), **common)
second = SageMakerProcessingOperator(
    task_id="second",
    config=processing(
        "second",
        {
            "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
            "EnableNetworkIsolation": False,
            "EnableInterContainerTrafficEncryption": True,
        },
    ),
    **common,
)
