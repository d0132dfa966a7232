from sagemaker.estimator import Estimator


class Trainer:
    groups = ["sg-1"]

    def __init__(self, subnets, isolated=True):
        self.subnets = subnets
        self.isolated = isolated

    def build(self):
        return Estimator(
            image_uri="img", role="arn:aws:iam::111122223333:role/r", instance_count=1, instance_type="ml.m5.xlarge",
            output_path="s3://b/o", subnets=self.subnets, security_group_ids=self.groups,
            enable_network_isolation=self.isolated)


Trainer(["subnet-1"]).build().fit(wait=False)
