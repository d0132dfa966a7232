from sagemaker.session import Session

sess = Session()
sess.endpoint_from_production_variants(
    name="e", production_variants=[{"VariantName": "v", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}], wait=False,
    vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, enable_network_isolation=True,
    role="arn:aws:iam::111122223333:role/r")
