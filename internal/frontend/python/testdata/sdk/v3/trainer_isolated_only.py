from sagemaker.core.training.configs import Networking
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

ModelTrainer(
    training_image=IMAGE, role=ROLE, networking=Networking(enable_network_isolation=True),
).train(wait=False, logs=False)
ModelTrainer(algorithm_name="arn:aws:sagemaker:us-east-1:111122223333:algorithm/a", role=ROLE).train(wait=False, logs=False)
