from sagemaker.amazon.lda import LDA
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
lda = LDA(role, "ml.c5.xlarge", 10, output_path="s3://b/o", subnets=["subnet-1"], security_group_ids=["sg-1"])
lda.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
lda.transformer(1, "ml.m5.large", vpc_config_override=None)
