from sagemaker.tensorflow import TensorFlow

role = "arn:aws:iam::111122223333:role/r"
est = TensorFlow(entry_point="train.py", role=role, framework_version="2.11", py_version="py39", train_instance_count=2,
                 train_instance_type="ml.m5.xlarge", train_volume_kms_key="kms-vol", output_path="s3://b/o",
                 code_location="s3://b/c", output_kms_key="kms-out")
est.fit(wait=False)
