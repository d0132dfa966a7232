from sagemaker.model_monitor import DatasetFormat, DefaultModelMonitor
from sagemaker.network import NetworkConfig

m = DefaultModelMonitor("arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", 30, "kms-vol", "kms-out", None, None, None, None, None,
                        NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"]))
m.suggest_baseline(baseline_dataset="s3://b/d.csv", dataset_format=DatasetFormat.csv(header=True), output_s3_uri="s3://b/o", wait=False, logs=False)
