from sagemaker.network import NetworkConfig
from sagemaker.spark.processing import PySparkProcessor, SparkJarProcessor

role = "arn:aws:iam::111122223333:role/r"
net = NetworkConfig(enable_network_isolation=False, subnets=["subnet-1"], security_group_ids=["sg-1"])
a = PySparkProcessor(role, "ml.m5.xlarge", 2, "3.1", None, None, None, 30, "kms-vol", "kms-out", None, None, None, None, None, None, None, net)
a.run(submit_app="s3://b/x.py", wait=False, logs=False)
b = SparkJarProcessor(role=role, instance_type="ml.m5.xlarge", instance_count=1, framework_version="3.1", network_config=net)
b.run(submit_app="s3://b/x.jar", submit_class="x.Y", wait=False, logs=False)
