from sagemaker.network import NetworkConfig
from sagemaker.processing import ScriptProcessor

role = "arn:aws:iam::111122223333:role/r"
p = ScriptProcessor(role, "img", ["python3"], 1, "ml.m5.xlarge", network_config=NetworkConfig(subnets=["subnet-1"], security_group_ids=["sg-1"]))
for name in ("a", "b"):
    p.run(code=f"s3://b/{name}.py", wait=False, logs=False)
