from sagemaker.train.configs import Compute, Networking, InstanceGroup, OutputDataConfig
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

groups = [
    InstanceGroup(instance_group_name="head", instance_type="ml.m5.xlarge", instance_count=1),
    InstanceGroup(instance_group_name="workers", instance_type="ml.m5.xlarge", instance_count=4),
]
net = Networking(enable_network_isolation=False, enable_inter_container_traffic_encryption=True)
net.subnets = ["subnet-0a"]
net.security_group_ids = ["sg-0a"]
ModelTrainer(training_image=IMAGE, role=ROLE, compute=Compute(instance_groups=groups), networking=net).train(wait=False, logs=False)
