import sagemaker

sess = sagemaker.Session()
sess.sagemaker_client.create_model(
    ModelName="m", ExecutionRoleArn="arn:aws:iam::111122223333:role/r", PrimaryContainer={"Image": "img"},
    EnableNetworkIsolation=True)
