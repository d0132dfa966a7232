from sagemaker.inputs import TrainingInput
from sagemaker.pytorch import PyTorch
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.step_collections import EstimatorTransformer, RegisterModel
from sagemaker.workflow.steps import TrainingStep

role = "arn:aws:iam::111122223333:role/r"
estimator = PyTorch(
    entry_point="train.py", role=role, instance_count=1, instance_type="ml.m5.xlarge", framework_version="1.13",
    py_version="py39", subnets=["subnet-1"], security_group_ids=["sg-1"], output_path="s3://b/o",
)
train = TrainingStep(name="train", estimator=estimator, inputs={"t": TrainingInput("s3://b/t")})
register = RegisterModel(
    name="register", estimator=estimator, model_data=train.properties.ModelArtifacts.S3ModelArtifacts,
    content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.large"],
    transform_instances=["ml.m5.large"], model_package_group_name="g", entry_point="inference.py",
)
Pipeline("p", steps=[train, register]).create(role)
