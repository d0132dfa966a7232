from sagemaker.jumpstart.estimator import JumpStartEstimator

role = "arn:aws:iam::111122223333:role/r"
a = JumpStartEstimator("m", "1.0.0", role=role, output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
a.fit(wait=False)
b = JumpStartEstimator(model_id="m", role=role, instance_count=2, instance_type="ml.g5.2xlarge", output_path="s3://b/o",
                       encrypt_inter_container_traffic=False, enable_network_isolation=False, volume_kms_key="kms-vol")
b.fit(wait=False)
