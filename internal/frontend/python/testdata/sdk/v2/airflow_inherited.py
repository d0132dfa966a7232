import boto3
from sagemaker.estimator import Estimator
from sagemaker.workflow.airflow import model_config_from_estimator, training_config, transform_config_from_estimator

client = boto3.client("sagemaker")
role = "arn:aws:iam::111122223333:role/r"
estimator = Estimator(
    "img", role, 1, "ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"], output_path="s3://b/o",
)
client.create_training_job(**training_config(estimator=estimator, inputs="s3://b/t", job_name="j"))
client.create_model(**model_config_from_estimator(estimator, "t", "training", role=role, name="n"))
transform = transform_config_from_estimator(
    estimator, "t", "training", 1, "ml.m5.large", "s3://b/x", job_name="tj", model_name="tm",
    vpc_config_override="VPC_CONFIG_DEFAULT",
)
client.create_model(**transform["Model"])
