from sagemaker.djl_inference import DJLModel

role = "arn:aws:iam::111122223333:role/r"
m = DJLModel("s3://b/model/", "Python", role=role, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
             enable_network_isolation=True, djl_version="0.27.0", djl_framework="djl-lmi", image_uri="img")
m.create(instance_type="ml.g5.xlarge")
