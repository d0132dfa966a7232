from sagemaker.processing import FrameworkProcessor
from sagemaker.pytorch import PyTorch
from sagemaker.network import NetworkConfig

p = FrameworkProcessor(PyTorch, "2.0", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", "py310", None, None, 30,
                       "kms-vol", "kms-out", "s3://b/c", None, None, None, None, None, NetworkConfig(None, ["sg-1"], ["subnet-1"]))
p.run(code="train.py", wait=False, logs=False)
