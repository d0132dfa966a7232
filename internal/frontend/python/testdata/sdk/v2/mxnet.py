from sagemaker.mxnet.estimator import MXNet

role = "arn:aws:iam::111122223333:role/r"
mx = MXNet("train.py", "1.9.0", "py38", None, None, None, None, role=role, instance_count=2, instance_type="ml.m5.xlarge",
           output_path="s3://b/o", code_location="s3://b/c", encrypt_inter_container_traffic=True, output_kms_key="kms-out")
mx.fit(wait=False)
