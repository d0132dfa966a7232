from sagemaker.core.network import NetworkConfig
from sagemaker.core.processing import ProcessingInput, ScriptProcessor  # noqa: F401

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"


class Jobs:
    network = NetworkConfig(enable_network_isolation=False, subnets=["subnet-0a"], security_group_ids=["sg-0a"])

    def __init__(self, count):
        self.options = {"role": ROLE, "image_uri": IMAGE, "instance_type": "ml.m5.xlarge", "instance_count": count}

    def processor(self, private=True):
        return ScriptProcessor(command=["python3"], network_config=self.network if private else None, **self.options)


jobs = Jobs(2)
for step in ["a", "b"]:
    jobs.processor().run(code="train.py", arguments=[step], wait=False, logs=False)
jobs.processor(private=False).run(code="train.py", wait=False, logs=False)
