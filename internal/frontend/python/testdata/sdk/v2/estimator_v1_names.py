from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator(image_uri="img", role=role, train_instance_count=2, train_instance_type="ml.m5.xlarge", train_volume_size=10,
                train_volume_kms_key="kms-vol", train_max_run=60, output_path="s3://b/o", train_use_spot_instances=True,
                train_max_wait=120, subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
