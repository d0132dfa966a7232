from sagemaker.model import Model

role = "arn:aws:iam::111122223333:role/r"
subnets, groups = ["subnet-1"], ["sg-1"]
vpc_config = {"SecurityGroupIds": groups, "Subnets": subnets}
arguments = {}
arguments.update({"image_uri": "img", "model_data": "s3://b/m.tar.gz"})
arguments.update({"vpc_config": vpc_config} if subnets else {})
m = Model(role=role, **arguments)
m.deploy(initial_instance_count=1, instance_type="ml.g5.xlarge", wait=False)
