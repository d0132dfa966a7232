from sagemaker.core.remote_function import remote


def score(x):
    return x


remote_score = remote(
    instance_type="ml.m5.large", image_uri="img", role="arn:aws:iam::111122223333:role/r", subnets=["subnet-1"],
    security_group_ids=["sg-1"],
)(score)
remote_score(1)
