from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"],
                enable_network_isolation=True)
est.fit(wait=False)
est.create_model(role, None, None, None).create(instance_type="ml.m5.large")
