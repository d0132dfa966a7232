from sagemaker.clarify import SHAPConfig
from sagemaker.model_monitor import ExplainabilityAnalysisConfig, ModelExplainabilityMonitor
from sagemaker.clarify import ModelConfig

m = ModelExplainabilityMonitor(role="arn:aws:iam::111122223333:role/r", instance_count=1, instance_type="ml.m5.xlarge")
config = ExplainabilityAnalysisConfig(SHAPConfig([[1]], 1, "mean_abs"), ModelConfig("m", 1, "ml.m5.large"), headers=["x"])
m.create_monitoring_schedule(endpoint_input="endpoint", analysis_config=config, output_s3_uri="s3://b/o",
                             schedule_cron_expression="cron(0 * ? * * *)")
