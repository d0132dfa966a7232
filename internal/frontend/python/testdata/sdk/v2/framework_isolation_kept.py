from sagemaker.xgboost import XGBoost

role = "arn:aws:iam::111122223333:role/r"
est = XGBoost("train.py", "1.7-1", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
              code_location="s3://b/c", subnets=["subnet-1"], security_group_ids=["sg-1"], enable_network_isolation=True)
est.fit(wait=False)
est.deploy(1, "ml.m5.large", wait=False, enable_network_isolation=True)
est.transformer(1, "ml.m5.large")
