from sagemaker.session import Session

session = Session()
network = {"EnableNetworkIsolation": True, "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}}
session.process(inputs=[], output_config={"Outputs": []}, job_name="job", stopping_condition=None, app_specification={"ImageUri": "img"},
                resources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}},
                network_config=network, role_arn="arn:aws:iam::111122223333:role/r")
