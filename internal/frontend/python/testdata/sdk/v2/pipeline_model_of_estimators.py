from sagemaker.estimator import Estimator
from sagemaker.pipeline import PipelineModel

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
m = PipelineModel([est.create_model()], role, vpc_config=est.get_vpc_config(), enable_network_isolation=True)
m.deploy(1, "ml.m5.large", wait=False)
