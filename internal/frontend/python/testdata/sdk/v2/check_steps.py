from sagemaker.drift_check_baselines import DriftCheckBaselines  # noqa: F401
from sagemaker.model_monitor import DatasetFormat
from sagemaker.clarify import BiasConfig, DataConfig
from sagemaker.network import NetworkConfig
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
plain = CheckJobConfig(role=role, sagemaker_session=session)
placed = CheckJobConfig(
    role, 1, "ml.c5.xlarge", 20, "key-v", "key-o", sagemaker_session=session,
    network_config=NetworkConfig(True, ["sg-1"], ["subnet-1"], True),
)
quality = QualityCheckStep(
    name="quality", skip_check=False, register_new_baseline=False, check_job_config=plain,
    quality_check_config=DataQualityCheckConfig(
        baseline_dataset="s3://b/d", dataset_format=DatasetFormat.csv(header=True), output_s3_uri="s3://b/o",
    ),
    model_package_group_name="g",
)
bias = ClarifyCheckStep(
    name="bias", skip_check=False, register_new_baseline=False, check_job_config=placed,
    clarify_check_config=DataBiasCheckConfig(
        data_config=DataConfig(
            s3_data_input_path="s3://b/d", s3_output_path="s3://b/o", label=0, dataset_type="text/csv",
            s3_analysis_config_output_path="s3://b/c",
        ),
        data_bias_config=BiasConfig(label_values_or_threshold=[1], facet_name=[1], facet_values_or_threshold=[[1]]),
    ),
    model_package_group_name="g",
)
Pipeline("p", steps=[quality, bias], sagemaker_session=session).create(role)
