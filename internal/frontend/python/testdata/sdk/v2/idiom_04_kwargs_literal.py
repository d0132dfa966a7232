from sagemaker.pytorch import PyTorch

role = "arn:aws:iam::111122223333:role/r"
fsx_security_group_id, fsx_subnet = "sg-1", "subnet-1"
kwargs = {"security_group_ids": [fsx_security_group_id], "subnets": [fsx_subnet]}
base = dict(role=role, instance_count=2, instance_type="ml.p4d.24xlarge")
estimator = PyTorch(entry_point="train.py", framework_version="2.0", py_version="py310", output_path="s3://b/o", code_location="s3://b/c",
                    **base, **kwargs)
estimator.fit(wait=False)
