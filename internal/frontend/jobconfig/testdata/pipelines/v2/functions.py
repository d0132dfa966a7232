from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.function_step import step
from sagemaker.workflow.functions import Join
from sagemaker.workflow.notebook_job_step import NotebookJobStep
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession

role = "arn:aws:iam::111122223333:role/r"
kind = ParameterString("Kind", default_value="ml.m5.xlarge")
subnet = ParameterString("Subnet", default_value="subnet-1")


@step(name="fit", instance_type=kind, image_uri="img", role=role, subnets=[subnet], security_group_ids=["sg-1"])
def fit(x):
    return x


@step(name="score", instance_type="ml.m5.xlarge", image_uri="img", role=role, volume_kms_key="key-v", keep_alive_period_in_seconds=60)
def score(x):
    return x


notebook = NotebookJobStep(
    "a.ipynb", "111122223333.dkr.ecr.us-east-1.amazonaws.com/i", "python3", "report", role=role, instance_type="ml.m5.xlarge",
    subnets=[subnet], security_group_ids=["sg-1"], encrypt_inter_container_traffic=False, volume_kms_key="k", s3_kms_key="s",
    parameters={"run": Join(on="-", values=["run", ExecutionVariables.PIPELINE_EXECUTION_ID])},
)
plain = NotebookJobStep("a.ipynb", "111122223333.dkr.ecr.us-east-1.amazonaws.com/i", "python3", "plain", role=role)

pipeline = Pipeline(
    name="functions", parameters=[kind, subnet], steps=[score(fit(1)), notebook, plain], sagemaker_session=PipelineSession(),
)
