from sagemaker.model_monitor import ModelMonitor
from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingOutput

role = "arn:aws:iam::111122223333:role/r"
m = ModelMonitor(role, "img", 1, "ml.m5.xlarge", network_config=NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"]))
m.run_baseline(baseline_inputs=[], output=ProcessingOutput(source="/opt/ml/processing/output", destination="s3://b/o"), wait=False, logs=False)
