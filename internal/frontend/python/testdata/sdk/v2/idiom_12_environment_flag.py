import os
from sagemaker.estimator import Estimator

ISOLATION = os.getenv("ENABLE_NETWORK_ISOLATION", "true").lower() == "true"
ENCRYPT = os.environ.get("ENABLE_ENCRYPTION", "False") in ("True", "1")
est = Estimator("img", "arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge", output_path="s3://b/o", enable_network_isolation=ISOLATION,
                encrypt_inter_container_traffic=ENCRYPT)
est.fit(wait=False)
