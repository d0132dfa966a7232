from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=[], security_group_ids=[])
est.fit(wait=False)
