import sagemaker
from sagemaker.vpc_utils import VPC_CONFIG_DEFAULT

role = "arn:aws:iam::111122223333:role/r"
sess = sagemaker.Session()
container = sagemaker.container_def("img", "s3://b/m.tar.gz")
vpc = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
sess.create_model("a", role, container, vpc, True)
sess.create_model(name="b", role=role, container_defs=[container, container])
sess.create_model_from_job("job", "c", role, "img", None, None, None, {"Subnets": ["subnet-2"], "SecurityGroupIds": ["sg-2"]})
sess.create_model_from_job("job", name="d", vpc_config_override=None)
sess.create_model_from_job("job", name="e", enable_network_isolation=True, vpc_config_override=VPC_CONFIG_DEFAULT)
sess.endpoint_from_job("job", 1, "ml.m5.large", "img", "f", role, False, None, {"Subnets": ["subnet-3"], "SecurityGroupIds": ["sg-3"]})
sess.endpoint_from_model_data("s3://b/m", "img", 1, "ml.m5.large", "g", role, False, None, vpc)
