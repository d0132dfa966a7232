from sagemaker.multidatamodel import MultiDataModel

role = "arn:aws:iam::111122223333:role/r"
m = MultiDataModel("name", "s3://b/models/", None, "img", role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
                   enable_network_isolation=True)
m.deploy(initial_instance_count=1, instance_type="ml.m5.large", wait=False)
