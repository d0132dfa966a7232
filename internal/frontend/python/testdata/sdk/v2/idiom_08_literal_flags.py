from sagemaker.tensorflow import TensorFlow

role = "arn:aws:iam::111122223333:role/r"
est = TensorFlow(entry_point="train.py", role=role, instance_count=2, instance_type="ml.m5.xlarge", framework_version="2.11",
                 py_version="py39", output_path="s3://b/o", code_location="s3://b/c", enable_network_isolation=False,
                 encrypt_inter_container_traffic=True)
est.fit(wait=False)
