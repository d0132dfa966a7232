from sagemaker.network import NetworkConfig
from sagemaker.processing import ScriptProcessor

role = "arn:aws:iam::111122223333:role/r"
p = ScriptProcessor(role, "img", ["python3"], 2, "ml.m5.xlarge", 30, "kms-vol", "kms-out", 3600, "base", None, None, None,
                    NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"]))
p.run(code="s3://b/x.py", wait=False)
