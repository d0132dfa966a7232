from sagemaker.model_monitor import DatasetFormat, DefaultModelMonitor
from sagemaker.network import NetworkConfig

m = DefaultModelMonitor("arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge",
                        network_config=NetworkConfig(True, encrypt_inter_container_traffic=False))
m.create_monitoring_schedule(endpoint_input="endpoint", output_s3_uri="s3://b/o", schedule_cron_expression="cron(0 * ? * * *)")
