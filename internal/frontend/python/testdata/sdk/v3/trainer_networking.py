from sagemaker.core.training.configs import Compute, Networking, OutputDataConfig, SourceCode
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
trainer = ModelTrainer(
    training_image="111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1",
    role=ROLE,
    base_job_name="j",
    compute=Compute(instance_type="ml.m5.xlarge", instance_count=2, volume_kms_key_id="alias/vol"),
    networking=Networking(
        subnets=["subnet-0a", "subnet-0b"], security_group_ids=["sg-0a"],
        enable_network_isolation=True, enable_inter_container_traffic_encryption=True,
    ),
    output_data_config=OutputDataConfig(s3_output_path="s3://b/out", kms_key_id="alias/out"),
)
trainer.train(wait=False, logs=False)
