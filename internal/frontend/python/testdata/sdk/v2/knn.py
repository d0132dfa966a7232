from sagemaker import KNN
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
knn = KNN(role, 1, "ml.c5.xlarge", 5, 100, "classifier", output_path="s3://b/o", subnets=None, security_group_ids=None)
knn.fit(RecordSet("s3://b/d", 10, 5, channel="train"), wait=False)
model = knn.create_model()
model.deploy(initial_instance_count=1, instance_type="ml.m5.large", wait=False)
