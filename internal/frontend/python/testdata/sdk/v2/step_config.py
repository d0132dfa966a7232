import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.path.join(os.getcwd(), "config.yaml")

from sagemaker.workflow.function_step import step  # noqa: E402
from sagemaker.workflow.pipeline import Pipeline  # noqa: E402


@step(name="fit")
def fit():
    return 1


Pipeline("p", steps=[fit()]).create("arn:aws:iam::111122223333:role/r")
