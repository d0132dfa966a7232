from sagemaker.mlops.workflow.function_step import step
from sagemaker.core.workflow.parameters import ParameterString
from sagemaker.mlops.workflow.pipeline import Pipeline

kind = ParameterString("Kind", default_value="ml.m5.xlarge")
subnet = ParameterString("Subnet", default_value="subnet-1")


def fit(x):
    return x


fit_step = step(
    fit, name="fit", instance_type=kind, image_uri="img", role="arn:aws:iam::111122223333:role/r", subnets=[subnet],
    security_group_ids=["sg-1"],
)
Pipeline("p", parameters=[kind, subnet], steps=[fit_step(1)]).upsert("arn:aws:iam::111122223333:role/r")
