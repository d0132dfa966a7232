from sagemaker_core.resources import Endpoint, Experiment, ModelPackageGroup, TrainingJob, TransformJob
from sagemaker_core.shapes import (
    TransformDataSource, TransformInput, TransformOutput, TransformResources, TransformS3DataSource, VpcConfig,
)

vpc = VpcConfig(security_group_ids=["sg-0a"], subnets=["subnet-0a"])
ModelPackageGroup.create(model_package_group_name="g")
Experiment.create(experiment_name="x")
TransformJob.create(
    transform_job_name="t", model_name="m",
    transform_input=TransformInput(
        data_source=TransformDataSource(s3_data_source=TransformS3DataSource(s3_data_type="S3Prefix", s3_uri="s3://b/in"))
    ),
    transform_output=TransformOutput(s3_output_path="s3://b/out", kms_key_id="alias/out"),
    transform_resources=TransformResources(instance_type="ml.m5.xlarge", instance_count=1),
)
Endpoint.create(endpoint_name="e", endpoint_config_name="c")
list(TrainingJob.get_all())
TrainingJob.get(training_job_name="j")
