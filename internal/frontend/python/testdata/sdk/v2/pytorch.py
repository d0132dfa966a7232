from sagemaker.pytorch import PyTorch as Torch

role = "arn:aws:iam::111122223333:role/r"
est = Torch(entry_point="train.py", role=role, framework_version="2.0", py_version="py310", instance_count=2,
            instance_type="ml.g4dn.xlarge", output_path="s3://b/o", code_location="s3://b/c",
            subnets=["subnet-1"], security_group_ids=["sg-1"], encrypt_inter_container_traffic=True)
est.fit(wait=False)
