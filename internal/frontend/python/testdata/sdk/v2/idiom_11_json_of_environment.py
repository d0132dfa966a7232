import json
import os
from sagemaker.estimator import Estimator

SUBNET_IDS = json.loads(os.getenv("SUBNET_IDS", "[]"))
GROUPS = json.loads(os.environ.get("GROUPS", '["sg-1"]'))
est = Estimator("img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", output_path="s3://b/o",
                subnets=SUBNET_IDS if SUBNET_IDS else None, security_group_ids=(GROUPS if SUBNET_IDS else None))
est.fit(wait=False)
