import boto3
from sagemaker.core.helper.session_helper import Session, get_execution_role  # noqa: F401
from sagemaker.core.training.configs import CheckpointConfig, Compute, InputData, Networking, StoppingCondition
from sagemaker.train import ModelTrainer

session = Session(boto_session=boto3.Session(region_name="us-east-1"), default_bucket="b")
trainer = ModelTrainer(
    sagemaker_session=session,
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1",
    role="arn:aws:iam::111122223333:role/sagemaker",
    compute=Compute(instance_type="ml.g5.xlarge", instance_count=1, keep_alive_period_in_seconds=600, volume_size_in_gb=100),
    stopping_condition=StoppingCondition(max_runtime_in_seconds=600),
    networking=Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"]),
    hyperparameters={"epochs": 1},
    environment={"A": "b"},
    input_data_config=[InputData(channel_name="train", data_source="s3://b/train")],
).with_checkpoint_config(CheckpointConfig(s3_uri="s3://b/c"))
trainer.train(wait=False, logs=False)
sm = session.sagemaker_client
sm.create_model(
    ModelName="m", ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
    PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
    VpcConfig={"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]},
)
session.boto_session.client("sagemaker").create_model(
    ModelName="n", ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
    PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
)
