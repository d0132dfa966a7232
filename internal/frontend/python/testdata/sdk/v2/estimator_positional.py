import sagemaker

role = "arn:aws:iam::111122223333:role/r"
est = sagemaker.estimator.Estimator(
    "img", role, 2, "ml.m5.xlarge", None, 30, "kms-vol", 3600, "File", "s3://b/o", "kms-out", "base", None, None, None,
    ["subnet-1", "subnet-2"], ["sg-1"],
)
est.fit(wait=False)
