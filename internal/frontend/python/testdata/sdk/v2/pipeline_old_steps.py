from sagemaker.estimator import Estimator
from sagemaker.inputs import CreateModelInput, TrainingInput, TransformInput
from sagemaker.model import Model
from sagemaker.processing import Processor
from sagemaker.transformer import Transformer
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.steps import CreateModelStep, ProcessingStep, TrainingStep, TransformStep

role = "arn:aws:iam::111122223333:role/r"
processor = Processor(role, "img", 1, "ml.m5.large")
prepare = ProcessingStep("prepare", processor=processor)
estimator = Estimator(
    image_uri="img", role=role, instance_count=1, instance_type="ml.m5.large", output_path="s3://b/o", subnets=["subnet-1"],
    security_group_ids=["sg-1"],
)
train = TrainingStep("train", estimator=estimator, inputs={"t": TrainingInput("s3://b/t")})
model = Model("img", train.properties.ModelArtifacts.S3ModelArtifacts, role, name="m")
create = CreateModelStep("create", model=model, inputs=CreateModelInput(instance_type="ml.m5.large"))
transformer = Transformer("m", 1, "ml.m5.large")
transform = TransformStep("transform", transformer=transformer, inputs=TransformInput("s3://b/x"))
Pipeline("p", steps=[prepare, train, create, transform]).create(role)
