from sagemaker.tensorflow import TensorFlow

role = "arn:aws:iam::111122223333:role/r"
est = TensorFlow("py39", "2.11", entry_point="train.py", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
                 code_location="s3://b/c", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
est.transformer(1, "ml.m5.large", None, None, None, None, None, None, None, None, None, None, None, None, None, False)
est.create_model(None, {"Subnets": ["subnet-7"], "SecurityGroupIds": ["sg-7"]}).create(instance_type="ml.m5.large")
