from sagemaker.chainer import Chainer

role = "arn:aws:iam::111122223333:role/r"
ch = Chainer("train.py", True, 2, framework_version="5.0.0", py_version="py3", role=role, instance_count=2,
             instance_type="ml.p3.2xlarge", output_path="s3://b/o", code_location="s3://b/c", subnets=["subnet-1"],
             security_group_ids=["sg-1"])
ch.fit(wait=False)
