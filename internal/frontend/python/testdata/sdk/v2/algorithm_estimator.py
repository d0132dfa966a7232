import sagemaker

role = "arn:aws:iam::111122223333:role/r"
arn = "arn:aws:sagemaker:us-east-1:111122223333:algorithm/a"
est = sagemaker.AlgorithmEstimator(arn, role, 1, "ml.m5.xlarge", 30, "kms-vol", 3600, "File", "s3://b/o", "kms-out", "base", None, None,
                                   None, ["subnet-1"], ["sg-1"], None, "model", None, True)
est.fit({"training": "s3://b/d"}, wait=False)
