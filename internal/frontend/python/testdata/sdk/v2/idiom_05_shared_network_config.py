from sagemaker.network import NetworkConfig
from sagemaker.processing import ScriptProcessor
from sagemaker.sklearn.processing import SKLearnProcessor

role = "arn:aws:iam::111122223333:role/r"
network_config = NetworkConfig(enable_network_isolation=False, security_group_ids="sg-1".split(","), subnets="subnet-1,subnet-2".split(","),
                               encrypt_inter_container_traffic=True)
a = SKLearnProcessor(framework_version="1.2-1", role=role, instance_type="ml.m5.xlarge", instance_count=1, network_config=network_config)
b = ScriptProcessor(image_uri="img", command=["python3"], role=role, instance_count=1, instance_type="ml.m5.2xlarge", network_config=network_config)
a.run(code="s3://b/x.py", wait=False, logs=False)
b.run(code="s3://b/y.py", wait=False, logs=False)
