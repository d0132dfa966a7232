from sagemaker.network import NetworkConfig
from sagemaker.spark.processing import PySparkProcessor

role = "arn:aws:iam::111122223333:role/r"
p = PySparkProcessor(base_job_name="b", framework_version="3.1", role=role, instance_count=2, instance_type="ml.m5.xlarge",
                     network_config=NetworkConfig(encrypt_inter_container_traffic=True))
p.run(submit_app="s3://b/x.py", wait=False)
