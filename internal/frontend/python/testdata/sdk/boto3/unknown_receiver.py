import importlib

import clients


class Base:
    def __init__(self, sm=None):
        self.sm = sm or clients.sagemaker()


class Deployer(Base):
    def run(self):
        self.sm.create_model(
            ModelName="m",
            PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"},
            ExecutionRoleArn="arn:aws:iam::111122223333:role/sagemaker",
        )


Deployer().run()
config = importlib.import_module("clients").REQUEST
clients.sagemaker().create_training_job(**config)
