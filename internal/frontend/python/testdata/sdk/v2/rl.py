from sagemaker.rl import RLEstimator, RLFramework, RLToolkit

role = "arn:aws:iam::111122223333:role/r"
rl = RLEstimator("train.py", RLToolkit.RAY, "1.6.0", RLFramework.PYTORCH, role=role, instance_count=1, instance_type="ml.m5.xlarge",
                 output_path="s3://b/o", code_location="s3://b/c", subnets=["subnet-1"], security_group_ids=["sg-1"],
                 enable_network_isolation=False)
rl.fit(wait=False)
