from sagemaker.pytorch import PyTorch

role = "arn:aws:iam::111122223333:role/r"
use_fsx = False
encrypt = True
kwargs = {}
if use_fsx:
    kwargs["subnets"] = ["subnet-1"]
    kwargs["security_group_ids"] = ["sg-1"]
if encrypt and not use_fsx:
    kwargs["encrypt_inter_container_traffic"] = encrypt
kwargs.pop("none", None)
est = PyTorch(entry_point="train.py", role=role, instance_count=2, instance_type="ml.m5.xlarge", framework_version="2.0",
              py_version="py310", output_path="s3://b/o", code_location="s3://b/c", **kwargs)
est.fit(wait=False)
