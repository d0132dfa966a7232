from sagemaker.jumpstart.model import JumpStartModel

role = "arn:aws:iam::111122223333:role/r"
a = JumpStartModel("m", role=role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
a.deploy(wait=False)
b = JumpStartModel(model_id="m", model_version="1.0.0", role=role, enable_network_isolation=False)
b.deploy(initial_instance_count=1, instance_type="ml.g5.xlarge", wait=False)
