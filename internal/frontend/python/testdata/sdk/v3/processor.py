from sagemaker.core.network import NetworkConfig
from sagemaker.core.processing import Processor, ScriptProcessor

ROLE = "arn:aws:iam::111122223333:role/sagemaker"
IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1"

network = NetworkConfig(
    enable_network_isolation=True, security_group_ids=["sg-0a"], subnets=["subnet-0a"], encrypt_inter_container_traffic=True
)
Processor(
    role=ROLE, image_uri=IMAGE, instance_count=2, instance_type="ml.m5.xlarge", volume_kms_key="alias/vol",
    output_kms_key="alias/out", network_config=network,
).run(wait=False, logs=False)
script = ScriptProcessor(
    ROLE, IMAGE, ["python3"], 1, "ml.m5.xlarge", 30, None, None, None, None, None, None, None,
    NetworkConfig(False, ["sg-0b"], ["subnet-0b"]),
)
script.run(code="train.py", wait=False, logs=False)
Processor(role=ROLE, image_uri=IMAGE, instance_count=1, instance_type="ml.m5.xlarge").run(wait=False, logs=False)
