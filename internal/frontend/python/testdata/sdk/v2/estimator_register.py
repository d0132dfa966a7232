from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
est.register(content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.large"],
             transform_instances=["ml.m5.large"], model_package_group_name="g")
