from sagemaker.instance_group import InstanceGroup
from sagemaker.pytorch import PyTorch

role = "arn:aws:iam::111122223333:role/r"
heterogeneous = dict(instance_groups=[InstanceGroup("data", "ml.c5.xlarge", 1), InstanceGroup("dnn", "ml.g5.xlarge", 2)])
est = PyTorch("train.py", "2.0", "py310", role=role, output_path="s3://b/o", code_location="s3://b/c",
              encrypt_inter_container_traffic=True, **heterogeneous)
est.fit(wait=False)
