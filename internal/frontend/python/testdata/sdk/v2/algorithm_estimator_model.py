from sagemaker.algorithm import AlgorithmEstimator

role = "arn:aws:iam::111122223333:role/r"
est = AlgorithmEstimator(algorithm_arn="arn:aws:sagemaker:us-east-1:111122223333:algorithm/a", role=role, instance_count=1,
                         instance_type="ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit({"training": "s3://b/d"}, wait=False)
est.create_model(vpc_config_override=None).create(instance_type="ml.m5.large")
