from sagemaker.estimator import Estimator
from sagemaker.pytorch import PyTorch

role = "arn:aws:iam::111122223333:role/r"
NETWORK = {"subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}


def create(kind, **kwargs):
    common = dict(role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o", **NETWORK)
    common.update(kwargs)
    if kind == "torch":
        return PyTorch(entry_point="train.py", framework_version="2.0", py_version="py310", code_location="s3://b/c", **common)
    return Estimator(image_uri="img", **common)


for est in [create("torch", instance_count=2), create("plain", enable_network_isolation=True)]:
    est.fit(wait=False)
