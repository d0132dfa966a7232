from sagemaker.tensorflow import TensorFlow

ENV = {"region": "us-east-1", "net": {"subnets": ["subnet-1"], "groups": ("sg-1",)}}
env = ENV.copy()
net = env.get("net")
name = "{}-{}".format(env["region"], "job")
est = TensorFlow(
    "py39", "2.11", entry_point="train.py", role="arn:aws:iam::111122223333:role/r", instance_count=len(net["subnets"]),
    instance_type="ml.%s.%s" % ("m5", "xlarge"), output_path=f"s3://{name}/o", code_location="s3://b/c",
    subnets=net.get("subnets", []), security_group_ids=list(net["groups"]) or None, volume_kms_key=env.get("kms"),
    output_kms_key=env.get("kms", "kms-default"))
est.fit(wait=False)
