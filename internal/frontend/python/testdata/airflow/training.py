from airflow.providers.amazon.aws.operators.sagemaker import SageMakerTrainingOperator

TRAINING_JOB = {
    "AlgorithmSpecification": {"TrainingImage": "img", "TrainingInputMode": "File"},
    "InputDataConfig": [
        {"ChannelName": "train", "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/t"}}},
    ],
    "OutputDataConfig": {"S3OutputPath": "s3://b/o", "KmsKeyId": "key-o"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1, "VolumeKmsKeyId": "key-v"},
    "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    "RoleArn": "arn:aws:iam::111122223333:role/r",
    "TrainingJobName": "plain",
}

plain = SageMakerTrainingOperator(
    task_id="plain", config=TRAINING_JOB, wait_for_completion=False, print_log=False, aws_conn_id=None,
    check_if_job_exists=False,
)
placed = SageMakerTrainingOperator(
    task_id="placed",
    config={
        **TRAINING_JOB,
        "TrainingJobName": "placed",
        "VpcConfig": {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]},
        "EnableNetworkIsolation": True,
        "EnableInterContainerTrafficEncryption": True,
    },
    wait_for_completion=False, print_log=False, aws_conn_id=None, check_if_job_exists=False,
)
