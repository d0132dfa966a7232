import sagemaker
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.model import Model
from sagemaker.network import NetworkConfig
from sagemaker.processing import ScriptProcessor
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.steps import ProcessingStep, TrainingStep, TuningStep

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
count = ParameterInteger(name="Count", default_value=2)
subnet = ParameterString(name="Subnet", default_value="subnet-1")
threshold = ParameterFloat(name="Threshold", default_value=0.5)

processor = ScriptProcessor(
    role=role, image_uri="img", command=["python3"], instance_count=count, instance_type="ml.m5.xlarge",
    sagemaker_session=session, network_config=NetworkConfig(subnets=[subnet], security_group_ids=["sg-1"]),
)
prepare = ProcessingStep(name="prepare", step_args=processor.run(code="train.py"))
estimator = Estimator(
    "img", role, count, "ml.m5.xlarge", subnets=[subnet], security_group_ids=["sg-1"], sagemaker_session=session,
    output_path="s3://b/o",
)
train = TrainingStep(name="train", step_args=estimator.fit({"train": TrainingInput("s3://b/t")}))
tuned = Estimator(
    image_uri="img", role=role, instance_count=1, instance_type="ml.m5.xlarge", sagemaker_session=session,
    output_path="s3://b/o", enable_network_isolation=True,
)
tuner = HyperparameterTuner(
    tuned, "loss", {"lr": ContinuousParameter(0.1, 1)}, metric_definitions=[{"Name": "loss", "Regex": "x"}],
)
tune = TuningStep(name="tune", step_args=tuner.fit({"train": TrainingInput("s3://b/t")}))
model = Model(
    "img", train.properties.ModelArtifacts.S3ModelArtifacts, role, sagemaker_session=session,
    vpc_config={"Subnets": ["subnet-m"], "SecurityGroupIds": ["sg-m"]},
)
create = ModelStep(name="create", step_args=model.create(instance_type="ml.m5.large"))
condition = ConditionStep(
    name="c", conditions=[ConditionGreaterThan(left=threshold, right=0.1)], if_steps=[create], else_steps=[tune],
)
Pipeline(
    name="p", parameters=[count, subnet, threshold], steps=[prepare, train, condition], sagemaker_session=session,
).upsert(role_arn=role)
