from sagemaker.estimator import Estimator
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.steps import TrainingStep

role = "arn:aws:iam::111122223333:role/r"
session = PipelineSession()
instance_type = ParameterString(name="TrainingInstanceType", default_value="ml.m5.xlarge")
count = ParameterInteger("Count", 2)
est = Estimator(image_uri="img", role=role, instance_count=count, instance_type=instance_type, output_path="s3://b/o",
                sagemaker_session=session, subnets=["subnet-1"], security_group_ids=["sg-1"], encrypt_inter_container_traffic=True)
step = TrainingStep(name="Train", step_args=est.fit())
pipeline = Pipeline(name="p", parameters=[instance_type, count], steps=[step], sagemaker_session=session)
pipeline.create(role_arn=role)
