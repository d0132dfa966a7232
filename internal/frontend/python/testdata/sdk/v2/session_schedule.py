import sagemaker

sess = sagemaker.Session()
sess.create_monitoring_schedule(
    "s", "cron(0 * ? * * *)", None, None, [], {"MonitoringOutputs": [], "KmsKeyId": "kms-out"}, 1, "ml.m5.xlarge", 30, "kms-vol", "img",
    network_config={"EnableNetworkIsolation": True, "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}},
    role_arn="arn:aws:iam::111122223333:role/r")
