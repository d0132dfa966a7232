from sagemaker.pytorch import PyTorchModel
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
placed = PyTorchModel(
    "s3://b/m.tar.gz", role, "inference.py", framework_version="1.13", py_version="py39", sagemaker_session=session,
    vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
)
plain = PyTorchModel(
    "s3://b/m.tar.gz", role, "inference.py", framework_version="1.13", py_version="py39", sagemaker_session=session,
)
first = ModelStep(name="first", step_args=placed.create(instance_type="ml.m5.large"))
second = ModelStep(name="second", step_args=plain.create(instance_type="ml.m5.large"))
third = ModelStep(
    name="third",
    step_args=plain.register(
        content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.large"],
        transform_instances=["ml.m5.large"], model_package_group_name="g",
    ),
)
Pipeline("p", steps=[first, second, third], sagemaker_session=session).create(role)
