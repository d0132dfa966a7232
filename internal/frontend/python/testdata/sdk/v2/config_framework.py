import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.pytorch import PyTorch

PyTorch(
    "train.py", output_path="s3://b/o", framework_version="2.0", py_version="py310", instance_count=1, instance_type="ml.m5.xlarge",
).fit("s3://b/d", wait=False)
