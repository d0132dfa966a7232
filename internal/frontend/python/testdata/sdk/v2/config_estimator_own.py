import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.estimator import Estimator

# What is given wins, False included; None is not given. 
Estimator(
    "img", role="arn:aws:iam::111122223333:role/own", instance_count=2, instance_type="ml.m5.xlarge", subnets=None, security_group_ids=None,
    enable_network_isolation=False, encrypt_inter_container_traffic=False, output_kms_key="own-key", output_path="s3://b/o",
).fit("s3://b/d", wait=False)
