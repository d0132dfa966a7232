from sagemaker.clarify import BiasConfig
from sagemaker.model_monitor import BiasAnalysisConfig, ModelBiasMonitor
from sagemaker.network import NetworkConfig

m = ModelBiasMonitor("arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge", 30, None, "kms-out", None, None, None, None, None,
                     NetworkConfig(True, None, None, True))
config = BiasAnalysisConfig(BiasConfig(label_values_or_threshold=[1], facet_name="x"), headers=["y", "x"], label="y")
m.create_monitoring_schedule(endpoint_input="endpoint", ground_truth_input="s3://b/g", analysis_config=config, output_s3_uri="s3://b/o",
                             schedule_cron_expression="cron(0 * ? * * *)")
