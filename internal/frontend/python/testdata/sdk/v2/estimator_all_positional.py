from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 2, "ml.m5.xlarge", None, 30, None, 3600, "File", "s3://b/o", None, None, None, None, None,
                ["subnet-1"], ["sg-1"], None, "model", None, True, False, None, None, None, True)
est.fit(wait=False)
