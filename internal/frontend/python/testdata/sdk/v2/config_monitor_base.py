import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.model_monitor import ModelMonitor
from sagemaker.processing import ProcessingOutput

monitor = ModelMonitor(image_uri="img", instance_count=1, instance_type="ml.m5.xlarge")

monitor.run_baseline(baseline_inputs=[], output=ProcessingOutput(source="/o", destination="s3://b/o"), wait=False, logs=False)
