from sagemaker.pytorch import PyTorch

role = "arn:aws:iam::111122223333:role/r"
est = PyTorch("train.py", "2.0", "py310", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
              code_location="s3://b/c", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
est.transformer(1, "ml.m5.large", None, None, None, None, None, None, None, None, None, None, None, None, None, None, True)
