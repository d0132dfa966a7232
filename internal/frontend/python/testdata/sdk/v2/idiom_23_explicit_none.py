from sagemaker.estimator import Estimator
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=None, security_group_ids=None,
                encrypt_inter_container_traffic=None, enable_network_isolation=None, volume_kms_key=None)
est.fit(wait=False)
p = Processor(role, "img", 1, "ml.m5.xlarge", network_config=None, volume_kms_key=None, env=None)
p.run(wait=False, logs=False)
