from sagemaker import KMeans

role = "arn:aws:iam::111122223333:role/r"
est = KMeans(role, 2, "ml.c5.xlarge", 10, output_path="s3://b/o", data_location="s3://b/d",
             subnets=["subnet-1"], security_group_ids=["sg-1"])
from sagemaker.amazon.amazon_estimator import RecordSet

est.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
