from sagemaker import Object2Vec
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
o2v = Object2Vec(role, 2, "ml.c5.xlarge", 3, 10, 100, output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
o2v.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
