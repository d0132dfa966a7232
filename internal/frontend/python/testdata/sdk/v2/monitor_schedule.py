from sagemaker.model_monitor import ModelMonitor, MonitoringOutput
from sagemaker.network import NetworkConfig

role = "arn:aws:iam::111122223333:role/r"
m = ModelMonitor(role, "img", 1, "ml.m5.xlarge", None, 30, "kms-vol", "kms-out", 3600, "base", None, None, None,
                 NetworkConfig(True, ["sg-1"], ["subnet-1"]))
m.create_monitoring_schedule(endpoint_input="endpoint", output=MonitoringOutput(source="/opt/ml/processing/output", destination="s3://b/o"),
                             schedule_cron_expression="cron(0 * ? * * *)")
