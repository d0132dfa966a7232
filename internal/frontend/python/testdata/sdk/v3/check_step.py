from sagemaker.core.model_monitor import DatasetFormat
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.mlops.workflow.check_job_config import CheckJobConfig
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
quality = QualityCheckStep(
    name="quality", skip_check=False, register_new_baseline=False,
    check_job_config=CheckJobConfig(role, 2, "ml.c5.xlarge", volume_kms_key="key-v", sagemaker_session=session),
    quality_check_config=DataQualityCheckConfig(
        baseline_dataset="s3://b/d", dataset_format=DatasetFormat.csv(header=True), output_s3_uri="s3://b/o",
    ),
    model_package_group_name="g",
)
Pipeline("p", steps=[quality], sagemaker_session=session).create(role)
