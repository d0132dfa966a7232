from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.session import Session

role = "arn:aws:iam::111122223333:role/r"
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
est.fit(wait=False)
est.compile_model(target_instance_family="ml_m5", input_shape={"x": [1]}, output_path="s3://b/c", framework="mxnet", framework_version="1.8")
m = Model("img", "s3://b/m.tar.gz", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, sagemaker_session=Session())
m.compile("ml_c5", {"x": [1]}, "s3://b/c", role, framework="mxnet", framework_version="1.8", job_name="job")
m.deploy(1, "ml.c5.large", wait=False)
