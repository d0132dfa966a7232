from sagemaker.huggingface.processing import HuggingFaceProcessor
from sagemaker.mxnet.processing import MXNetProcessor
from sagemaker.network import NetworkConfig
from sagemaker.pytorch.processing import PyTorchProcessor
from sagemaker.tensorflow.processing import TensorFlowProcessor
from sagemaker.xgboost.processing import XGBoostProcessor

role = "arn:aws:iam::111122223333:role/r"
net = NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"], enable_network_isolation=True)
a = PyTorchProcessor("2.0", role, 1, "ml.m5.xlarge", "py310", None, None, 30, "kms-vol", "kms-out", "s3://b/c", None, None, None, None,
                     None, net)
b = TensorFlowProcessor("2.11", role, 2, "ml.m5.xlarge", "py39", code_location="s3://b/c", network_config=net)
c = MXNetProcessor(framework_version="1.9.0", role=role, instance_count=1, instance_type="ml.m5.xlarge", py_version="py38",
                   code_location="s3://b/c", network_config=None)
d = XGBoostProcessor("1.7-1", role, 1, "ml.c5.xlarge", code_location="s3://b/c",
                     network_config=NetworkConfig(encrypt_inter_container_traffic=True, security_group_ids=["sg-2"], subnets=["subnet-2"]))
e = HuggingFaceProcessor(role, 1, "ml.g5.xlarge", "4.28", None, "2.0", "py310", code_location="s3://b/c", network_config=NetworkConfig())
for p in (a, b, c, d, e):
    p.run(code="train.py", wait=False, logs=False)
