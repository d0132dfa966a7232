from sagemaker.core.processing import ScriptProcessor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.workflow.execution_variables import ExecutionVariables
from sagemaker.core.workflow.functions import Join
from sagemaker.core.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.core.network import NetworkConfig
from sagemaker.mlops.workflow.emr_serverless_step import EMRServerlessJobConfig, EMRServerlessStep
from sagemaker.mlops.workflow.for_each_step import CurrentItem, ForEachStep
from sagemaker.mlops.workflow.fail_step import FailStep
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import ProcessingStep, TrainingStep
from sagemaker.train import ModelTrainer
from sagemaker.train.configs import Compute, InputData, Networking

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
count = ParameterInteger(name="Count", default_value=2)
subnet = ParameterString(name="Subnet", default_value="subnet-1")
out = Join(on="/", values=["s3:/", "northwind-ml", ExecutionVariables.PIPELINE_EXECUTION_ID, "out"])

trainer = ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/i", role=role, sagemaker_session=session,
    compute=Compute(instance_type="ml.m5.xlarge", instance_count=count, volume_size_in_gb=30),
    networking=Networking(subnets=[subnet], security_group_ids=["sg-1"], enable_network_isolation=True),
)
train = TrainingStep(name="Train", step_args=trainer.train(input_data_config=[InputData(channel_name="train", data_source="s3://b/t")]))

processor = ScriptProcessor(
    image_uri="img", role=role, command=["python3"], instance_count=count, instance_type="ml.m5.xlarge", sagemaker_session=session,
    network_config=NetworkConfig(enable_network_isolation=False, subnets=[subnet], security_group_ids=["sg-1"]),
)
item = CurrentItem()
score = ProcessingStep(
    name="Score",
    step_args=processor.run(
        code="s3://northwind-ml/code/train.py", arguments=["--item", item],
        outputs=[ProcessingOutput(
            output_name="o", s3_output=ProcessingS3Output(s3_uri=out, s3_upload_mode="EndOfJob", local_path="/opt/ml/processing/o"),
        )],
    ),
)
loop = ForEachStep(name="Loop", iterable_items=["a", "b"], max_concurrency=2, for_each_body=[score])
emr = EMRServerlessStep(
    name="Emr", display_name="Emr", description="spark", application_id="a",
    job_config=EMRServerlessJobConfig(job_driver={"sparkSubmit": {"entryPoint": "s3://b/a.py"}}, execution_role_arn=role),
)
fail = FailStep(name="Fail", error_message="no")

pipeline = Pipeline(name="churn", parameters=[count, subnet], steps=[train, loop, emr, fail], sagemaker_session=session)
