from sagemaker.estimator import Estimator
from sagemaker.network import NetworkConfig
from sagemaker.processing import FrameworkProcessor, Processor
from sagemaker.pytorch import PyTorch
from sagemaker.spark.processing import PySparkProcessor
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

role = "arn:aws:iam::111122223333:role/r"
isolated = NetworkConfig(enable_network_isolation=True)
encrypted = NetworkConfig(encrypt_inter_container_traffic=True)
both = NetworkConfig(True, None, None, True)
changed = NetworkConfig()
changed.enable_network_isolation = True

Processor(role, "image", 2, "ml.m5.xlarge", network_config=isolated).run(wait=False, logs=False)
Processor(role, "image", 3, "ml.m5.xlarge", network_config=encrypted).run(wait=False, logs=False)
Processor(role, "image", 4, "ml.m5.xlarge", network_config=both).run(wait=False, logs=False)
Processor(role, "image", 5, "ml.m5.xlarge", network_config=changed).run(wait=False, logs=False)
Processor(role, "image", 6, "ml.m5.xlarge").run(wait=False, logs=False)
FrameworkProcessor(PyTorch, "2.3", role, 7, "ml.m5.xlarge", py_version="py311", network_config=both).run("s3://b/code.py", wait=False, logs=False)
PySparkProcessor(role, "ml.m5.xlarge", 8, "3.3", network_config=isolated).run("s3://b/code.py", wait=False, logs=False)

estimator = Estimator(
    "image", role, 9, "ml.m5.xlarge", output_path="s3://b/o", enable_network_isolation=True, encrypt_inter_container_traffic=True,
)
HyperparameterTuner(estimator, "loss", {"rate": ContinuousParameter(0, 1)}, [{"Name": "loss", "Regex": "."}]).fit("s3://b/d", wait=False)
