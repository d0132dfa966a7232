from sagemaker.model import Model
from sagemaker.pipeline import PipelineModel

role = "arn:aws:iam::111122223333:role/r"
private = Model("registry.example.com/a", "s3://b/m.tar.gz", image_config={"RepositoryAccessMode": "Vpc"})
public = Model("registry.example.com/b", "s3://b/m.tar.gz")
PipelineModel([private, public], role).create("ml.m5.xlarge")
