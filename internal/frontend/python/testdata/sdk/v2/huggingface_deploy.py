from sagemaker.huggingface.estimator import HuggingFace

role = "arn:aws:iam::111122223333:role/r"
hf = HuggingFace(py_version="py310", entry_point="train.py", transformers_version="4.28", pytorch_version="2.0", role=role,
                 instance_count=1, instance_type="ml.g5.xlarge", output_path="s3://b/o", code_location="s3://b/c",
                 enable_network_isolation=True, subnets=["subnet-1"], security_group_ids=["sg-1"])
hf.fit(wait=False)
predictor = hf.deploy(1, "ml.g5.xlarge", wait=False, vpc_config_override=None)
