from sagemaker.core.shapes import VpcConfig  # noqa: F401
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

config = {"training_image": IMAGE, "role": ROLE, "base_job_name": "j"}
config["networking"] = {"subnets": ["subnet-0a"], "security_group_ids": ["sg-0a"], "enable_network_isolation": True}
config["compute"] = {"instance_type": "ml.c5.xlarge", "instance_count": 3}
ModelTrainer(**config, output_data_config={"s3_output_path": "s3://b/out", "kms_key_id": "alias/out"}).train(wait=False, logs=False)
ModelTrainer(training_image=IMAGE, role=ROLE, networking=None).train(wait=False, logs=False)
