from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig, ModelPredictedLabelConfig, SageMakerClarifyProcessor, SHAPConfig
from sagemaker.network import NetworkConfig
from sagemaker.session import Session

role = "arn:aws:iam::111122223333:role/r"
p = SageMakerClarifyProcessor(role, 1, "ml.c5.xlarge", 30, "kms-vol", "kms-out", 3600, Session(), None, None,
                              NetworkConfig(True, ["sg-1"], ["subnet-1"]))
data = DataConfig(s3_data_input_path="s3://b/d.csv", s3_output_path="s3://b/o", label="y", headers=["y", "x"], dataset_type="text/csv")
bias = BiasConfig(label_values_or_threshold=[1], facet_name="x")
model = ModelConfig(model_name="m", instance_type="ml.m5.large", instance_count=1)
p.run_bias(data, bias, model, ModelPredictedLabelConfig(probability_threshold=0.5), wait=False, logs=False)
p.run_post_training_bias(data, bias, model, ModelPredictedLabelConfig(probability_threshold=0.5), wait=False, logs=False)
p.run_explainability(data, model, SHAPConfig(baseline=[[1]], num_samples=1, agg_method="mean_abs"), wait=False, logs=False)
