from sagemaker.amazon.amazon_estimator import RecordSet
from sagemaker.amazon.ipinsights import IPInsights

role = "arn:aws:iam::111122223333:role/r"
ip = IPInsights(role=role, instance_count=2, instance_type="ml.c5.xlarge", num_entity_vectors=20, vector_dim=4, output_path="s3://b/o",
                encrypt_inter_container_traffic=True, volume_kms_key="kms-vol")
ip.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
