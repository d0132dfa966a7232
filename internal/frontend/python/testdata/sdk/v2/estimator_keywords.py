from sagemaker import estimator

role = "arn:aws:iam::111122223333:role/r"
vpc = {"subnets": ["subnet-1"], "security_group_ids": ["sg-1", "sg-2"]}
est = estimator.Estimator(
    image_uri="img", role=role, instance_count=3, instance_type="ml.p3.2xlarge", output_path="s3://b/o",
    enable_network_isolation=True, encrypt_inter_container_traffic=True, **vpc)
est.fit(wait=False)
