import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.core.remote_function import remote  # noqa: E402


@remote
def bare():
    return 1


@remote(subnets=["subnet-own"])
def own_subnets():
    return 1


for function in (bare, own_subnets):
    try:
        function()
    except Exception:
        pass  # there is no result to read
