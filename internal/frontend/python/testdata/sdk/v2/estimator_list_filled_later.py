from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
subnets, groups = [], []
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=subnets, security_group_ids=groups)
subnets.append("subnet-1")
groups += ["sg-1"]
est.fit(wait=False)
subnets.clear()
