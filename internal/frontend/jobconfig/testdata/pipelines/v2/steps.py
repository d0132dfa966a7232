import sagemaker
from sagemaker.automl.automl import AutoML, AutoMLInput
from sagemaker.clarify import BiasConfig, DataConfig
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.model_monitor import DatasetFormat
from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.transformer import Transformer
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner
from sagemaker.workflow.automl_step import AutoMLStep
from sagemaker.workflow.callback_step import CallbackStep
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan, ConditionLessThanOrEqualTo
from sagemaker.workflow.endpoint_step import EndpointConfigStep, EndpointStep
from sagemaker.workflow.emr_step import EMRStep, EMRStepConfig
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterBoolean, ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.steps import CacheConfig, ProcessingStep, TrainingStep, TransformStep, TuningStep

session = PipelineSession()
role = "arn:aws:iam::111122223333:role/r"
count = ParameterInteger(name="Count", default_value=2)
kind = ParameterString(name="Kind", default_value="ml.m5.xlarge", enum_values=["ml.m5.xlarge", "ml.m5.4xlarge"])
subnet = ParameterString(name="Subnet", default_value="subnet-1")
other = ParameterString(name="Other")
key = ParameterString(name="Key", default_value="arn:aws:kms:us-east-1:111122223333:key/k")
bucket = ParameterString(name="Bucket", default_value="northwind-ml")
encrypt = ParameterBoolean(name="Encrypt", default_value=True)
threshold = ParameterFloat(name="Threshold", default_value=0.5)
network = NetworkConfig(
    enable_network_isolation=False, encrypt_inter_container_traffic=encrypt, subnets=[subnet, other], security_group_ids=["sg-1"],
)
out = Join(on="/", values=["s3:/", bucket, ExecutionVariables.PIPELINE_EXECUTION_ID, "out"])

processor = ScriptProcessor(
    role=role, image_uri="img", command=["python3"], instance_count=count, instance_type=kind, volume_kms_key=key, output_kms_key=key,
    sagemaker_session=session, network_config=network, env={"BUCKET": bucket},
)
report = PropertyFile(name="Report", output_name="report", path="report.json")
prepare = ProcessingStep(
    name="Prepare", property_files=[report], cache_config=CacheConfig(enable_caching=True, expire_after="P30d"),
    step_args=processor.run(
        code="s3://northwind-ml/code/train.py", arguments=["--rows", count, "--bucket", Join(on="", values=[bucket, "-x"])],
        inputs=[ProcessingInput(source=Join(on="/", values=["s3:/", bucket, "raw"]), destination="/opt/ml/processing/input")],
        outputs=[ProcessingOutput(output_name="report", source="/opt/ml/processing/report", destination=out)],
    ),
)
train_key = Join(on=":", values=["arn:aws:kms", "us-east-1", "111122223333", "key/k"])
estimator = Estimator(
    "img", role, count, kind, subnets=[subnet], security_group_ids=["sg-1"], sagemaker_session=session, output_path="s3://b/o",
    volume_kms_key=train_key, output_kms_key=key, encrypt_inter_container_traffic=True, enable_network_isolation=True,
)
train = TrainingStep(
    name="Train", depends_on=[prepare],
    step_args=estimator.fit({"train": TrainingInput(prepare.properties.ProcessingOutputConfig.Outputs["report"].S3Output.S3Uri)}),
)
bare = Estimator("img", role, 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o")
train_bare = TrainingStep(name="TrainBare", step_args=bare.fit({"train": TrainingInput("s3://b/t")}))
tuner = HyperparameterTuner(
    estimator, "loss", {"lr": ContinuousParameter(0.1, 1)}, metric_definitions=[{"Name": "loss", "Regex": "x"}], max_jobs=2,
)
tune = TuningStep(name="Tune", step_args=tuner.fit({"train": TrainingInput("s3://b/t")}))
model = Model(
    "img", train.properties.ModelArtifacts.S3ModelArtifacts, role, sagemaker_session=session,
    vpc_config={"Subnets": [subnet], "SecurityGroupIds": ["sg-m"]}, enable_network_isolation=True,
)
create = ModelStep(name="Create", step_args=model.create(instance_type="ml.m5.large"))
register = ModelStep(
    name="Register",
    step_args=model.register(
        content_types=["text/csv"], response_types=["text/csv"], inference_instances=["ml.m5.large"],
        transform_instances=["ml.m5.large"], model_package_group_name="churn",
    ),
)
transformer = Transformer(create.properties.ModelName, 1, "ml.m5.xlarge", output_path=out, output_kms_key=key, sagemaker_session=session)
transform = TransformStep(name="Transform", step_args=transformer.transform("s3://b/t"))
auto_ml = AutoML(
    role=role, target_attribute_name="y", sagemaker_session=session, mode="ENSEMBLING", output_kms_key=key, output_path="s3://b/a",
    vpc_config={"Subnets": [subnet], "SecurityGroupIds": ["sg-1"]}, encrypt_inter_container_traffic=True,
)
auto = AutoMLStep(
    name="Auto", step_args=auto_ml.fit(inputs=[AutoMLInput(inputs="s3://b/t", target_attribute_name="y", channel_type="training")]),
)
checks = CheckJobConfig(role, 1, "ml.c5.xlarge", 20, key, key, sagemaker_session=session, network_config=network)
quality = QualityCheckStep(
    name="Quality", skip_check=False, register_new_baseline=False, check_job_config=checks, model_package_group_name="g",
    quality_check_config=DataQualityCheckConfig("s3://b/d", dataset_format=DatasetFormat.csv(header=True), output_s3_uri="s3://b/o"),
)
bias = ClarifyCheckStep(
    name="Bias", skip_check=False, register_new_baseline=False, check_job_config=CheckJobConfig(role, sagemaker_session=session),
    clarify_check_config=DataBiasCheckConfig(
        data_config=DataConfig(
            s3_data_input_path="s3://b/d", s3_output_path="s3://b/o", label=0, dataset_type="text/csv",
            s3_analysis_config_output_path="s3://b/c",
        ),
        data_bias_config=BiasConfig(label_values_or_threshold=[1], facet_name=[1], facet_values_or_threshold=[[1]]),
    ),
    model_package_group_name="g",
)
served = EndpointConfigStep(
    name="Served",
    step_args=session.create_endpoint_config(
        name="churn", model_name=create.properties.ModelName, initial_instance_count=1, instance_type=kind, kms_key=key,
    ),
)
endpoint = EndpointStep(
    name="Endpoint", step_args=session.create_endpoint(endpoint_name="churn", config_name=served.properties.EndpointConfigName),
)
score = JsonGet(step_name="Prepare", property_file=report, json_path="metrics.auc.value")
nested = ConditionStep(
    name="Nested", conditions=[ConditionLessThanOrEqualTo(left=score, right=0.9)], if_steps=[tune],
    else_steps=[FailStep(name="Fail", error_message=Join(on=" ", values=["auc is above", threshold]))],
)
choose = ConditionStep(
    name="Choose", conditions=[ConditionGreaterThan(left=score, right=threshold)], if_steps=[create, register, transform, served, endpoint],
    else_steps=[nested],
)
call = LambdaStep(
    name="Call", lambda_func=Lambda(function_arn="arn:aws:lambda:us-east-1:111122223333:function:f"), inputs={"bucket": bucket},
    outputs=[LambdaOutput(output_name="subnet", output_type=LambdaOutputTypeEnum.String)],
)
wait = CallbackStep(name="Wait", sqs_queue_url="https://sqs.us-east-1.amazonaws.com/111122223333/q", inputs={}, outputs=[])
emr = EMRStep(
    name="Emr", display_name="Emr", description="spark", cluster_id="j-1", step_config=EMRStepConfig(jar="s3://b/a.jar", args=["x"]),
)
looked_up = Estimator(
    "img", role, 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o", security_group_ids=["sg-1"],
    subnets=[call.properties.Outputs["subnet"]],
)
train_there = TrainingStep(name="TrainThere", step_args=looked_up.fit({"train": TrainingInput("s3://b/t")}))

pipeline = Pipeline(
    name="churn", parameters=[count, kind, subnet, other, key, bucket, encrypt, threshold], sagemaker_session=session,
    steps=[prepare, train, train_bare, auto, quality, bias, choose, call, wait, emr, train_there],
)
