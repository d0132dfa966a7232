import sagemaker.amazon.pca
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
pca = sagemaker.amazon.pca.PCA(role=role, train_instance_count=2, train_instance_type="ml.c5.xlarge", num_components=3,
                               output_path="s3://b/o")
pca.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
