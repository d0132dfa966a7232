from sagemaker_core.resources import TrainingJob
from sagemaker_core.shapes import AlgorithmSpecification, OutputDataConfig, ResourceConfig, StoppingCondition, VpcConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

TrainingJob.create(
    training_job_name="j", role_arn=ROLE, algorithm_specification=AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
    output_data_config=OutputDataConfig(s3_output_path="s3://b/out"),
    resource_config=ResourceConfig(instance_type="ml.m5.xlarge", instance_count=2, volume_size_in_gb=30),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=3600),
    vpc_config=VpcConfig(subnets=["subnet-0a"], security_group_ids=["sg-0a"]),
)
