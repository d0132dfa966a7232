import json
import os

from sagemaker.core.training.configs import Compute, Networking
from sagemaker.train import ModelTrainer

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "network.json")) as f:
    config = json.load(f)
ModelTrainer(
    training_image=IMAGE, role=ROLE, networking=Networking(**config["networking"]), compute=Compute(**config["compute"]),
).train(wait=False, logs=False)
