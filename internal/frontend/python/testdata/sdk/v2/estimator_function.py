from sagemaker.estimator import Estimator


def network(private, subnet="subnet-default"):
    if not private:
        return {}
    return {"subnets": [subnet], "security_group_ids": ["sg-1"]}


def make(count, **extra):
    return Estimator("img", "arn:aws:iam::111122223333:role/r", count, "ml.m5.xlarge", output_path="s3://b/o", **extra)


est = make(4, **network(True))
est.fit(wait=False)
