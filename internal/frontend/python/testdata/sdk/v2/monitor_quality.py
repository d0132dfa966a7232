from sagemaker.model_monitor import EndpointInput, ModelQualityMonitor
from sagemaker.network import NetworkConfig

m = ModelQualityMonitor("arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", volume_kms_key="kms-vol", output_kms_key="kms-out",
                        network_config=NetworkConfig(False, ["sg-1"], ["subnet-1"], True))
m.create_monitoring_schedule(
    endpoint_input=EndpointInput("endpoint", "/opt/ml/processing/input", probability_attribute="0"), ground_truth_input="s3://b/g",
    problem_type="BinaryClassification", output_s3_uri="s3://b/o", constraints="s3://b/c", schedule_cron_expression="cron(0 * ? * * *)")
