import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model_monitor import DefaultModelMonitor

monitor = DefaultModelMonitor(instance_count=1, instance_type="ml.m5.xlarge")
monitor.create_monitoring_schedule(endpoint_input="endpoint", output_s3_uri="s3://b/o")
