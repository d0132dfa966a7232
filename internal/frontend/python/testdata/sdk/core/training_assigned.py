from sagemaker_core.main.resources import TrainingJob
from sagemaker_core.main.shapes import AlgorithmSpecification, OutputDataConfig, ResourceConfig, StoppingCondition, VpcConfig

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"


def network(subnets, groups):
    return VpcConfig(subnets=subnets, security_group_ids=groups)


resource_config = ResourceConfig(instance_type="ml.m5.xlarge", instance_count=1, volume_size_in_gb=30)
resource_config.instance_count = 4
resource_config.volume_kms_key_id = "alias/vol"
job = dict(
    training_job_name="j", role_arn=ROLE, output_data_config=OutputDataConfig(s3_output_path="s3://b/out"),
    algorithm_specification=AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
    resource_config=resource_config, stopping_condition=StoppingCondition(max_runtime_in_seconds=3600),
)
job["vpc_config"] = network(["subnet-0a"], ["sg-0a"])
job.update({"enable_inter_container_traffic_encryption": True})
TrainingJob.create(**job)
