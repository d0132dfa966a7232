import sagemaker
from sagemaker.estimator import Estimator
from sagemaker.workflow.pipeline_context import PipelineSession

config = {
    "SchemaVersion": "1.0",
    "SageMaker": {"TrainingJob": {"VpcConfig": {"Subnets": ["subnet-l"], "SecurityGroupIds": ["sg-l"]}}},
}
config["SageMaker"]["TrainingJob"]["EnableNetworkIsolation"] = True
session = sagemaker.Session(sagemaker_config=config)
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o").fit("s3://b/d", wait=False)
# Another session has none of it.
Estimator("img", "arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge", sagemaker_session=sagemaker.Session(), output_path="s3://b/o").fit("s3://b/d", wait=False)
