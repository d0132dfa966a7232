from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
try:
    one = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
    one.fit(wait=False)
except RuntimeError:
    pass
