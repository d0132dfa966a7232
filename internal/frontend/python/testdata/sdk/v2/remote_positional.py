import sagemaker.remote_function


def score(x):
    return x


away = sagemaker.remote_function.remote(
    score, instance_type="ml.m5.large", image_uri="img", role="arn:aws:iam::111122223333:role/r", volume_kms_key="k",
)
away(1)
