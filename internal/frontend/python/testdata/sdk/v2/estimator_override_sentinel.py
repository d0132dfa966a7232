from sagemaker import vpc_utils
from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"],
                enable_network_isolation=True)
est.fit(wait=False)
est.deploy(1, "ml.m5.large", wait=False, vpc_config_override=vpc_utils.VPC_CONFIG_DEFAULT)
