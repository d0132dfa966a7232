from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o")
est.subnets = ["subnet-1"]
est.security_group_ids = ["sg-1"]
est.encrypt_inter_container_traffic = True
est.output_kms_key = "kms-out"
est.volume_kms_key = "kms-vol"
est.instance_count = 2
est.fit(wait=False)
