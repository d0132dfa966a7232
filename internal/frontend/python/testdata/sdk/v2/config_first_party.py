import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker import KNN
from sagemaker.amazon.amazon_estimator import RecordSet

# Their enable_network_isolation is False where it isn't given, not None: the file has no say.

model = KNN(role="arn:aws:iam::111122223333:role/r", instance_count=1, instance_type="ml.m5.xlarge", k=3, output_path="s3://b/o", sample_size=10, predictor_type="classifier")
model.fit(RecordSet("s3://b/d", num_records=1, feature_dim=1), mini_batch_size=1, wait=False)
