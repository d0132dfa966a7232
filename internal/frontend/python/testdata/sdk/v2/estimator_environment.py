import sagemaker

role = "arn:aws:iam::111122223333:role/r"
est = sagemaker.estimator.Estimator(image_uri="img", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o",
                                    environment={"A": "b"}, hyperparameters={"x": "1"}, checkpoint_s3_uri="s3://b/ck",
                                    security_group_ids=["sg-1"], subnets=("subnet-1", "subnet-2"))
est.set_hyperparameters(y=2)
est.fit(wait=False)
