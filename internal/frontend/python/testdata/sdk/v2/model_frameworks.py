import sagemaker
from sagemaker.chainer import ChainerModel
from sagemaker.huggingface import HuggingFaceModel
from sagemaker.mxnet import MXNetModel
from sagemaker.pytorch.model import PyTorchModel
from sagemaker.sklearn.model import SKLearnModel
from sagemaker.tensorflow import TensorFlowModel
from sagemaker.xgboost.model import XGBoostModel

role = "arn:aws:iam::111122223333:role/r"
data = "s3://b/m.tar.gz"
sess = sagemaker.Session()
vpc = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
a = PyTorchModel(data, role, "inference.py", "2.0", "py310", vpc_config=vpc, code_location="s3://b/c", sagemaker_session=sess)
b = TensorFlowModel(data, role, framework_version="2.11", sagemaker_session=sess, enable_network_isolation=True)
c = HuggingFaceModel(role, data, None, "4.28", None, "2.0", "py310", sagemaker_session=sess, vpc_config={"Subnets": ["subnet-3"], "SecurityGroupIds": ["sg-1"]})
d = MXNetModel(data, role, "inference.py", "1.9.0", "py38", code_location="s3://b/c", sagemaker_session=sess, vpc_config=None)
e = SKLearnModel(data, role, "inference.py", framework_version="1.2-1", code_location="s3://b/c", sagemaker_session=sess, enable_network_isolation=False)
f = XGBoostModel(data, role, "inference.py", "1.7-1", code_location="s3://b/c", sagemaker_session=sess, vpc_config=dict(vpc, Subnets=["subnet-6"]))
g = ChainerModel(data, role, "inference.py", framework_version="5.0.0", py_version="py3", code_location="s3://b/c", sagemaker_session=sess)
a.create(instance_type="ml.m5.large")
b.create(instance_type="ml.m5.large")
c.deploy(1, "ml.m5.large", wait=False)
d.create(instance_type="ml.m5.large")
e.deploy(initial_instance_count=1, instance_type="ml.m5.large", wait=False)
f.create(instance_type="ml.m5.large")
g.create(instance_type="ml.m5.large")
