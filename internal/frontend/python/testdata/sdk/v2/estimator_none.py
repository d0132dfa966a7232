from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
subnets = None
est = Estimator("img", role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
                subnets=subnets, security_group_ids=None, enable_network_isolation=False)
est.fit(wait=False)
