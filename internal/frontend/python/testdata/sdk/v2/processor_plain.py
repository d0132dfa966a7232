from sagemaker.sklearn.processing import SKLearnProcessor

role = "arn:aws:iam::111122223333:role/r"
p = SKLearnProcessor("1.2-1", role, "ml.m5.xlarge", 1) if False else SKLearnProcessor("1.2-1", role, "ml.m5.xlarge", instance_count=1) if False else SKLearnProcessor("1.2-1", role, instance_count=1, instance_type="ml.m5.xlarge")
p.run(code="s3://b/x.py", wait=False)
