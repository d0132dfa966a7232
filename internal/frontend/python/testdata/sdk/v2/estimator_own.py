from sagemaker.estimator import Estimator
from sagemaker.processing import ScriptProcessor
from sagemaker.model import Model
from sagemaker.network import NetworkConfig

role = "arn:aws:iam::111122223333:role/r"


class Plain(Estimator):
    pass


class Isolated(Estimator):
    def __init__(self, *args, **kwargs):
        Estimator.__init__(self, *args, enable_network_isolation=True, **kwargs)


class Step(ScriptProcessor):
    def __init__(self, subnets):
        super().__init__(role=role, image_uri="img", command=["python3"], instance_count=1, instance_type="ml.m5.xlarge",
                         network_config=NetworkConfig(subnets=subnets, security_group_ids=["sg-1"]))


class Served(Model):
    vpc = {"Subnets": ["subnet-3"], "SecurityGroupIds": ["sg-3"]}

    def __init__(self, data):
        super().__init__("img", data, role, vpc_config=self.vpc)


Plain("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"]).fit(wait=False)
Isolated("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o").fit(wait=False)
Step(["subnet-2"]).run(code="s3://b/x.py", wait=False, logs=False)
Served("s3://b/m.tar.gz").create(instance_type="ml.m5.large")
