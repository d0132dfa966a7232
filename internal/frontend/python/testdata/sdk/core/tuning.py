from sagemaker_core.resources import HyperParameterTuningJob
from sagemaker_core.shapes import (
    HyperParameterAlgorithmSpecification, HyperParameterTrainingJobDefinition, HyperParameterTuningJobConfig, OutputDataConfig,
    ResourceConfig, ResourceLimits, StoppingCondition, VpcConfig,
)

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"


def definition(name, count, vpc=None):
    d = HyperParameterTrainingJobDefinition(
        definition_name=name,
        algorithm_specification=HyperParameterAlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
        role_arn=ROLE, output_data_config=OutputDataConfig(s3_output_path="s3://b/out"),
        resource_config=ResourceConfig(instance_type="ml.m5.xlarge", instance_count=count, volume_size_in_gb=30),
        stopping_condition=StoppingCondition(max_runtime_in_seconds=3600), enable_network_isolation=True,
    )
    if vpc:
        d.vpc_config = vpc
    return d


config = HyperParameterTuningJobConfig(
    strategy="Bayesian", resource_limits=ResourceLimits(max_number_of_training_jobs=2, max_parallel_training_jobs=1)
)
HyperParameterTuningJob.create(
    hyper_parameter_tuning_job_name="t", hyper_parameter_tuning_job_config=config,
    training_job_definitions=[
        definition("one", 1, VpcConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"])),
        definition("two", 3),
    ],
)
