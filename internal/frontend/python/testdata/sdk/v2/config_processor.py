import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.processing import Processor

Processor(image_uri="img", instance_count=1, instance_type="ml.m5.xlarge").run(wait=False, logs=False)
