from sagemaker.network import NetworkConfig
from sagemaker.wrangler.processing import DataWranglerProcessor

role = "arn:aws:iam::111122223333:role/r"
p = DataWranglerProcessor(role, "s3://b/x.flow", 2, "ml.m5.4xlarge", 30, "kms-vol", "kms-out", None, None, None, None, None,
                          NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"], encrypt_inter_container_traffic=True))
p.run(wait=False, logs=False)
