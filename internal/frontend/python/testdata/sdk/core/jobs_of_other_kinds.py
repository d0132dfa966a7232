from sagemaker_core.resources import CompilationJob, InferenceRecommendationsJob, LabelingJob, OptimizationJob
from sagemaker_core.shapes import (
    HumanTaskConfig, InputConfig, LabelingJobAlgorithmsConfig, LabelingJobDataSource, LabelingJobInputConfig,
    LabelingJobOutputConfig, LabelingJobResourceConfig, LabelingJobS3DataSource, ModelQuantizationConfig, NeoVpcConfig,
    OptimizationConfig, OptimizationJobModelSource, OptimizationJobModelSourceS3, OptimizationJobOutputConfig,
    OptimizationVpcConfig, OutputConfig, RecommendationJobInputConfig, RecommendationJobVpcConfig, StoppingCondition,
    UiConfig, VpcConfig,
)

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
stop = StoppingCondition(max_runtime_in_seconds=900)
CompilationJob.create(
    compilation_job_name="c", role_arn=ROLE, stopping_condition=stop,
    input_config=InputConfig(s3_uri="s3://b/m", framework="PYTORCH", data_input_config="{}"),
    output_config=OutputConfig(s3_output_location="s3://b/o", target_device="ml_c5", kms_key_id="alias/out"),
    vpc_config=NeoVpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
OptimizationJob.create(
    optimization_job_name="o", role_arn=ROLE, stopping_condition=stop, deployment_instance_type="ml.g5.xlarge",
    model_source=OptimizationJobModelSource(s3=OptimizationJobModelSourceS3(s3_uri="s3://b/m")),
    optimization_configs=[OptimizationConfig(model_quantization_config=ModelQuantizationConfig(image="i"))],
    output_config=OptimizationJobOutputConfig(s3_output_location="s3://b/o"),
    vpc_config=OptimizationVpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
)
InferenceRecommendationsJob.create(
    job_name="r", job_type="Default", role_arn=ROLE,
    input_config=RecommendationJobInputConfig(
        model_name="m", volume_kms_key_id="alias/vol",
        vpc_config=RecommendationJobVpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"]),
    ),
)
LabelingJob.create(
    labeling_job_name="l", label_attribute_name="y", role_arn=ROLE,
    input_config=LabelingJobInputConfig(
        data_source=LabelingJobDataSource(s3_data_source=LabelingJobS3DataSource(manifest_s3_uri="s3://b/i"))
    ),
    output_config=LabelingJobOutputConfig(s3_output_path="s3://b/o"),
    human_task_config=HumanTaskConfig(
        workteam_arn="arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/w",
        ui_config=UiConfig(ui_template_s3_uri="s3://b/u"), task_title="t", task_description="d",
        number_of_human_workers_per_data_object=1, task_time_limit_in_seconds=60,
    ),
    labeling_job_algorithms_config=LabelingJobAlgorithmsConfig(
        labeling_job_algorithm_specification_arn="arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/x",
        labeling_job_resource_config=LabelingJobResourceConfig(
            volume_kms_key_id="alias/vol", vpc_config=VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"])
        ),
    ),
)
