import functools

from sagemaker.remote_function import remote


def logged(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)

    return inner


def make(instances):
    @logged
    @remote(
        instance_type="ml.m5.xlarge", instance_count=instances, use_mpirun=instances > 1, image_uri="img",
        role="arn:aws:iam::111122223333:role/r",
    )
    def train():
        return 1

    return train


make(2)()
