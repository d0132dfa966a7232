import sagemaker
from sagemaker.estimator import Estimator

# Only the type of the instance makes the mode local: what an ordinary session is told of it doesn't.
session = sagemaker.Session()
session.config = {"local": {"local_code": True}}
Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", sagemaker_session=session, output_path="s3://b/o").fit("s3://b/d", wait=False)
