from airflow.providers.amazon.aws.operators.sagemaker import SageMakerAutoMLOperator

settings = {
    "job_name": "j", "s3_input": "s3://b/i", "target_attribute": "y", "role_arn": "arn:aws:iam::111122223333:role/r",
    "aws_conn_id": None, "wait_for_completion": False,
}
plain = SageMakerAutoMLOperator(task_id="plain", s3_output="s3://b/o", **settings)
placed = SageMakerAutoMLOperator(
    task_id="placed", s3_output="s3://b/o", time_limit=60,
    extras={
        "AutoMLJobConfig": {
            "SecurityConfig": {
                "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
                "EnableInterContainerTrafficEncryption": True, "VolumeKmsKeyId": "key-v",
            },
        },
        "OutputDataConfig": {"S3OutputPath": "s3://b/other", "KmsKeyId": "key-o"},
    },
    **settings,
)
