from sagemaker.core.remote_function import remote

SUBNETS = ["subnet-1", "subnet-2"]
settings = dict(
    sagemaker_session=None, image_uri="img", role="arn:aws:iam::111122223333:role/r", s3_root_uri="s3://b/p",
    subnets=SUBNETS, security_group_ids=["sg-1"],
)


@remote(
    instance_type="ml.m5.xlarge", instance_count=2, use_torchrun=True, encrypt_inter_container_traffic=True,
    volume_kms_key="key-v", s3_kms_key="key-s", **settings,
)
def train(epochs):
    return epochs


train(3)
