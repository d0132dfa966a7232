from sagemaker.core.training.configs import Compute, Networking
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"


def build(private):
    trainer = ModelTrainer(training_image=IMAGE, role=ROLE)
    if private:
        trainer.networking = Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"])
        trainer.networking.enable_network_isolation = True
    trainer.compute = Compute(instance_type="ml.m5.xlarge", instance_count=2)
    return trainer


build(True).train(wait=False, logs=False)
plain = ModelTrainer(training_image=IMAGE, role=ROLE)
plain.train(wait=False, logs=False)
late = ModelTrainer(training_image=IMAGE, role=ROLE)
late.networking = Networking(subnets=["subnet-0b"], security_group_ids=["sg-0b"], enable_inter_container_traffic_encryption=True)
late.compute.instance_count = 4
late.compute.volume_kms_key_id = "alias/vol"
late.train(wait=False, logs=False)
