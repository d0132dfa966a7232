from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o")
est.fit(wait=False)
est.subnets, est.security_group_ids = ["subnet-1"], ["sg-1"]
est.fit(wait=False)
