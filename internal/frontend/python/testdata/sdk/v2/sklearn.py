from sagemaker.sklearn import SKLearn

role = "arn:aws:iam::111122223333:role/r"
sk = SKLearn("train.py", "1.2-1", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
             code_location="s3://b/c", enable_network_isolation=True, subnets=["subnet-1"], security_group_ids=["sg-1"])
sk.fit(wait=False)
sk.deploy(1, "ml.m5.large", wait=False)
