from sagemaker.estimator import Estimator

try:
    subnets = ["subnet-1"]
except KeyError:
    subnets = ["subnet-2"]
groups = []
for name in ("sg-1", "sg-2"):
    groups.append("sg-9")
    break
while True:
    kind = "ml.m5.xlarge"
    break
est = Estimator("img", "arn:aws:iam::111122223333:role/r", 1, kind, output_path="s3://b/o", subnets=subnets if groups else None,
                security_group_ids=["sg-1"])
est.fit(wait=False)
