import boto3
import botocore.session
from botocore.config import Config


class Trainer:
    def __init__(self, region):
        self.session = boto3.session.Session(region_name=region)
        self.sm = self.session.client("sagemaker", config=Config(retries={"max_attempts": 3}))

    def model(self, name, subnets):
        return self.sm.create_model(
            ModelName=name,
            ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
            PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
            VpcConfig={"Subnets": subnets, "SecurityGroupIds": ["sg-0a"]},
            EnableNetworkIsolation=True,
        )


trainer = Trainer("us-east-1")
trainer.model("a", ["subnet-0a"])

CLIENTS = {"sm": boto3.client("sagemaker"), "s3": boto3.client("s3")}
CLIENTS["sm"].create_model(
    ModelName="b",
    ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
    Containers=[{"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"}],
)

low = botocore.session.get_session().create_client("sagemaker")
getattr(low, "create_model")(
    ModelName="c",
    ExecutionRoleArn="arn:aws:iam::111122223333:role/other",
    PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
    VpcConfig={"Subnets": ["subnet-0c"], "SecurityGroupIds": ["sg-0c"]},
)
