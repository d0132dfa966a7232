import boto3
from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.processing import Processor
from sagemaker.workflow.airflow import model_config, processing_config, training_config

client = boto3.client("sagemaker")
role = "arn:aws:iam::111122223333:role/r"
estimator = Estimator(
    "img", role, 1, "ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"], output_path="s3://b/o",
)
client.create_training_job(**training_config(estimator=estimator, inputs="s3://b/t", job_name="j"))
model = Model("img", "s3://b/m", role, name="m", vpc_config={"Subnets": ["subnet-2"], "SecurityGroupIds": ["sg-2"]})
client.create_model(**model_config(model))
processor = Processor(role, "img", 1, "ml.m5.large")
processing = processing_config(processor, job_name="p", inputs=[], outputs=[])
client.create_processing_job(**processing)
