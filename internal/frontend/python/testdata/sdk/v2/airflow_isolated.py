import boto3
from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.workflow.airflow import model_config, training_config

client = boto3.client("sagemaker")
role = "arn:aws:iam::111122223333:role/r"
estimator = Estimator(
    "img", role, 1, "ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"], output_path="s3://b/o",
    enable_network_isolation=True, encrypt_inter_container_traffic=True,
)
exported = training_config(estimator=estimator, inputs="s3://b/t", job_name="j")
client.create_training_job(**exported)
estimator.fit("s3://b/t")
model = Model("img", "s3://b/m", role, name="m", enable_network_isolation=True)
client.create_model(**model_config(model))
model.create()
