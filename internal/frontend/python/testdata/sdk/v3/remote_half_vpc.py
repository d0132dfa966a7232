from sagemaker.core.remote_function import remote


@remote(
    instance_type="ml.m5.xlarge", image_uri="img", role="arn:aws:iam::111122223333:role/r", subnets=["subnet-1"],
)
def f():
    return 1


f()
