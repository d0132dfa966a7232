from sagemaker.train.remote_function import RemoteExecutor


def square(x):
    return x * x


with RemoteExecutor(
    max_parallel_jobs=2, instance_type="ml.m5.large", image_uri="img", role="arn:aws:iam::111122223333:role/r",
    subnets=["subnet-1"], security_group_ids=["sg-1"], volume_kms_key="k",
) as e:
    futures = [e.submit(square, x) for x in range(2)]
    e.map(square, [1])
