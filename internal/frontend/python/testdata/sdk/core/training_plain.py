import sagemaker_core.main.resources as resources
from sagemaker_core.main import shapes

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

resources.TrainingJob.create(
    training_job_name="j",
    role_arn=ROLE,
    algorithm_specification=shapes.AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
    output_data_config=shapes.OutputDataConfig(s3_output_path="s3://b/out"),
    resource_config=shapes.ResourceConfig(
        instance_groups=[
            shapes.InstanceGroup(instance_type="ml.m5.xlarge", instance_count=1, instance_group_name="head"),
            shapes.InstanceGroup(instance_type="ml.m5.xlarge", instance_count=3, instance_group_name="rest"),
        ],
        volume_size_in_gb=30,
    ),
    stopping_condition=shapes.StoppingCondition(max_runtime_in_seconds=3600),
)
