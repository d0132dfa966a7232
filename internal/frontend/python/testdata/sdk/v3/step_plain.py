from sagemaker.mlops.workflow.function_step import step
from sagemaker.mlops.workflow.pipeline import Pipeline

common = {"image_uri": "img", "role": "arn:aws:iam::111122223333:role/r"}


@step(name="prepare", instance_type="ml.m5.large", **common)
def prepare():
    return 1


@step(
    name="fit", instance_type="ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"],
    encrypt_inter_container_traffic=True, volume_kms_key="k", **common,
)
def fit(x):
    return x


pipeline = Pipeline("p", steps=[fit(prepare())])
pipeline.create("arn:aws:iam::111122223333:role/r")
