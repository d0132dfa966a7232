import datetime

from airflow import DAG
from airflow.providers.amazon.aws.operators.sagemaker import SageMakerTrainingOperator
import requests_of_dag as requests_of

with DAG("d", start_date=datetime.datetime(2025, 1, 1), schedule=None) as dag:
    train = SageMakerTrainingOperator(
        task_id="train", config=requests_of.TRAINING, wait_for_completion=False, print_log=False, aws_conn_id=None,
        check_if_job_exists=False,
    )
