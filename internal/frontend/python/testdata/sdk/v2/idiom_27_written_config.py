import json
import yaml
from sagemaker.estimator import Estimator

with open("settings.json") as f:
    settings = json.load(f)
with open("network.yaml") as f:
    network = yaml.safe_load(f)
est = Estimator("img", "arn:aws:iam::111122223333:role/r", settings["count"], "ml.m5.xlarge", output_path="s3://b/o",
                subnets=network["private"]["subnets"], security_group_ids=settings.get("groups"))
est.fit(wait=False)
