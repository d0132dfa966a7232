from sagemaker.huggingface import HuggingFace

role = "arn:aws:iam::111122223333:role/r"
hf = HuggingFace("py310", "train.py", "4.28", None, "2.0", role=role, instance_count=1, instance_type="ml.g5.xlarge",
                 output_path="s3://b/o", code_location="s3://b/c", subnets=["subnet-1"], security_group_ids=["sg-1"],
                 enable_network_isolation=True, hyperparameters={"epochs": 1})
hf.fit(wait=False)
