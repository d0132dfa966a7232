from sagemaker.modules.configs import Compute, Networking, OutputDataConfig
from sagemaker.modules.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

networking = Networking(
    subnets=["subnet-0a"], security_group_ids=["sg-0a"], enable_network_isolation=True,
    enable_inter_container_traffic_encryption=True,
)
ModelTrainer(
    training_image=IMAGE, role=ROLE, compute=Compute(instance_type="ml.m5.xlarge", instance_count=2, volume_kms_key_id="alias/vol"),
    networking=networking, output_data_config=OutputDataConfig(s3_output_path="s3://b/out", kms_key_id="alias/out"),
).train(wait=False, logs=False)
plain = ModelTrainer(training_image=IMAGE, role=ROLE)
plain.train(wait=False, logs=False)
late = ModelTrainer(training_image=IMAGE, role=ROLE, compute=Compute(instance_type="ml.c5.xlarge", instance_count=3))
late.networking = Networking(subnets=["subnet-0b"], security_group_ids=["sg-0b"])
late.train(wait=False, logs=False)
