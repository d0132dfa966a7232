from sagemaker.core.network import NetworkConfig
from sagemaker.core.spark.processing import PySparkProcessor, SparkJarProcessor

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

vpc = dict(subnets=["subnet-0a"], security_group_ids=["sg-0a"])
PySparkProcessor(
    base_job_name="j", framework_version="3.3", role=ROLE, instance_count=2, instance_type="ml.m5.xlarge", image_uri=IMAGE,
    network_config=NetworkConfig(encrypt_inter_container_traffic=True, **vpc),
).run(submit_app="train.py", wait=False, logs=False)
SparkJarProcessor(role=ROLE, instance_count=1, instance_type="ml.m5.xlarge", image_uri=IMAGE).run(
    submit_app="s3://b/a.jar", submit_class="A", wait=False, logs=False
)
