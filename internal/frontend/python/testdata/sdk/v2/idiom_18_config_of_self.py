from sagemaker.estimator import Estimator
from sagemaker.network import NetworkConfig
from sagemaker.processing import Processor

role = "arn:aws:iam::111122223333:role/r"


class Service:
    def __init__(self, config, estimator_config):
        self.config = config
        self.estimator_config = estimator_config

    def _network(self, network_config):
        return NetworkConfig(**network_config)

    def process(self):
        args = self.config.copy()
        network_config = self._network(args.pop("network_config"))
        return Processor(network_config=network_config, **args)

    def train(self):
        return Estimator(**self.estimator_config)


service = Service(
    {"role": role, "image_uri": "img", "instance_count": 1, "instance_type": "ml.m5.xlarge",
     "network_config": {"enable_network_isolation": True, "subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}},
    {"image_uri": "img", "role": role, "instance_count": 1, "instance_type": "ml.m5.xlarge", "output_path": "s3://b/o"})
service.process().run(wait=False, logs=False)
service.train().fit(wait=False)
