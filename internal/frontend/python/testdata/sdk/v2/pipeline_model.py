from sagemaker.model import Model
from sagemaker.pipeline import PipelineModel

role = "arn:aws:iam::111122223333:role/r"
inner = Model("img", "s3://b/m.tar.gz", role)
m = PipelineModel([inner], role, None, "name", {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, None, True)
m._create_sagemaker_pipeline_model("ml.m5.xlarge")
