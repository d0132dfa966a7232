from sagemaker.model_monitor import DatasetFormat, DefaultModelMonitor
from sagemaker.network import NetworkConfig

m = DefaultModelMonitor(role="arn:aws:iam::111122223333:role/r", instance_count=1, instance_type="ml.m5.xlarge",
                        network_config=NetworkConfig(enable_network_isolation=True, subnets=["subnet-1"], security_group_ids=["sg-1"]))
m.suggest_baseline(baseline_dataset="s3://b/d.csv", dataset_format=DatasetFormat.csv(header=True), output_s3_uri="s3://b/o", wait=False, logs=False)
m.create_monitoring_schedule(endpoint_input="endpoint", output_s3_uri="s3://b/o", schedule_cron_expression="cron(0 * ? * * *)")
