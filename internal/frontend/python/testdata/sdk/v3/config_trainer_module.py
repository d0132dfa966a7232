import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.core.helper.session_helper import Session
from sagemaker.core.training.configs import Compute, OutputDataConfig
from sagemaker.train import ModelTrainer

ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/img:1", role="arn:aws:iam::111122223333:role/r",
    output_data_config=OutputDataConfig(s3_output_path="s3://b/o"), compute=Compute(instance_type="ml.m5.xlarge", instance_count=2),
    sagemaker_session=Session(),
).train(wait=False)
