from airflow.providers.amazon.aws.operators.sagemaker import SageMakerCreateNotebookOperator

role = "arn:aws:iam::111122223333:role/r"
bare = SageMakerCreateNotebookOperator(
    task_id="bare", instance_name="bare", instance_type="ml.t3.medium", role_arn=role, wait_for_completion=False,
    aws_conn_id=None,
)
placed = SageMakerCreateNotebookOperator(
    task_id="placed", instance_name="placed", instance_type="ml.t3.medium", role_arn=role, volume_kms_key_id="key",
    direct_internet_access="Disabled", root_access="Disabled", wait_for_completion=False, aws_conn_id=None,
    create_instance_kwargs={"SubnetId": "subnet-1", "SecurityGroupIds": ["sg-1"]},
)
