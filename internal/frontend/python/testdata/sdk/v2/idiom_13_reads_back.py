from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.network import NetworkConfig

role = "arn:aws:iam::111122223333:role/r"
network_config = NetworkConfig(enable_network_isolation=False, security_group_ids=["sg-1"], subnets=["subnet-1"],
                               encrypt_inter_container_traffic=True)
est = Estimator("img", role, 2, "ml.m5.xlarge", output_path="s3://b/o", encrypt_inter_container_traffic=network_config.encrypt_inter_container_traffic,
                enable_network_isolation=network_config.enable_network_isolation, security_group_ids=network_config.security_group_ids,
                subnets=network_config.subnets)
est.fit(wait=False)
m = Model(image_uri="img", model_data="s3://b/m.tar.gz", role=role,
          vpc_config={"Subnets": network_config.subnets, "SecurityGroupIds": network_config.security_group_ids})
m.create(instance_type="ml.m5.large")
