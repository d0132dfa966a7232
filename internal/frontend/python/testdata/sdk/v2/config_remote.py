import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.remote_function import remote


@remote(image_uri="img")
def bare():
    return 1


@remote(
    instance_type="ml.m5.large", image_uri="img", role="arn:aws:iam::111122223333:role/own", subnets=["subnet-own"],
    security_group_ids=["sg-own"], encrypt_inter_container_traffic=False,
)
def own():
    return 1


def run(f):
    try:
        f()
    except Exception:
        pass


run(bare)
run(own)
