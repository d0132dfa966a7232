from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
use_vpc = True
kwargs = dict(image_uri="img", role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o")
if use_vpc:
    kwargs["subnets"] = "subnet-1,subnet-2".split(",")
    kwargs.update({"security_group_ids": ["sg-" + str(n) for n in [1, 2]]})
else:
    kwargs["enable_network_isolation"] = True
kwargs.setdefault("encrypt_inter_container_traffic", True)
est = Estimator(**kwargs)
est.fit(wait=False)
