from sagemaker.amazon.ntm import NTM
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
ntm = NTM(role, instance_count=1, instance_type="ml.c5.xlarge", num_topics=5, output_path="s3://b/o", enable_network_isolation=True)
ntm.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
ntm.transformer(1, "ml.m5.large")
