import sagemaker
from sagemaker.model import FrameworkModel, Model
from sagemaker.pytorch import PyTorchModel

role = "arn:aws:iam::111122223333:role/r"
private = {"RepositoryAccessMode": "Vpc"}

Model("registry.example.com/a", "s3://b/m.tar.gz", role, image_config=private).create("ml.m5.xlarge")
Model("registry.example.com/b", "s3://b/m.tar.gz", role, None, None, None, None, None, None, None, private).create("ml.m5.xlarge")
Model("registry.example.com/c", "s3://b/m.tar.gz", role).create("ml.m5.xlarge")
FrameworkModel("s3://b/m.tar.gz", "registry.example.com/d", role, image_config=private).create("ml.m5.xlarge")
PyTorchModel(
    "s3://b/m.tar.gz", role, "inference.py", framework_version="2.3", py_version="py311", source_dir="s3://b/s.tar.gz",
    image_config=private, sagemaker_session=sagemaker.Session(),
).create("ml.m5.xlarge")
