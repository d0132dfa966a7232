from sagemaker.core.helper.session_helper import Session

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

session = Session()
session.create_model(
    "a", ROLE, {"Image": IMAGE}, {"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]}, True
)
session.create_model(name="b", role=ROLE, container_defs=[{"Image": IMAGE}])
