from sagemaker.model import FrameworkModel
from sagemaker.predictor import Predictor
from sagemaker.session import Session

role = "arn:aws:iam::111122223333:role/r"


class Mine(FrameworkModel):
    _framework_name = "mine"

    def __init__(self, model_data, role, **kwargs):
        super().__init__(model_data, "img", role, "inference.py", predictor_cls=Predictor, code_location="s3://b/c",
                         sagemaker_session=Session(), **kwargs)


m = Mine("s3://b/m.tar.gz", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
m.create(instance_type="ml.m5.large")
