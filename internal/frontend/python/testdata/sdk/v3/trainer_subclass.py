from sagemaker.core.training.configs import Compute, Networking
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"


class PrivateTrainer(ModelTrainer):
    pass


NETWORKING = Networking(subnets=["subnet-0a"], security_group_ids=["sg-0a"])
NETWORKING.enable_inter_container_traffic_encryption = True
if len(NETWORKING.subnets) == 1:
    NETWORKING = Networking(**{"subnets": NETWORKING.subnets + ["subnet-0b"], "security_group_ids": NETWORKING.security_group_ids})
trainers = {
    name: PrivateTrainer(training_image=IMAGE, role=ROLE, networking=NETWORKING, compute=Compute(instance_type="ml.m5.xlarge"))
    for name in ["a"]
}
trainers["a"].train(wait=False, logs=False)
