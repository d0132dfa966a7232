from sagemaker.estimator import Estimator

subnets = ["<SUBNET_ID>"]  # "subnet-xxxxxxxx"
security_group_ids = ["sg-xxxxxxxx"]
est = Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=subnets,
                security_group_ids=security_group_ids)
est.fit(wait=False)
