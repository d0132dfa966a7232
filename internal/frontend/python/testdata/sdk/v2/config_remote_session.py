import sagemaker
from sagemaker.remote_function import RemoteExecutor

config = {
    "SchemaVersion": "1.0",
    "SageMaker": {"PythonSDK": {"Modules": {"RemoteFunction": {"InstanceType": "ml.m5.xlarge"}}}},
}


def square(x):
    return x * x


with RemoteExecutor(
    image_uri="img", role="arn:aws:iam::111122223333:role/r", sagemaker_session=sagemaker.Session(sagemaker_config=config),
) as e:
    e.submit(square, 2)
