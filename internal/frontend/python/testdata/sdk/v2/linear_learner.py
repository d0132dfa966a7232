from sagemaker import LinearLearner
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
network = {"subnets": ["subnet-1"], "security_group_ids": ["sg-1"]}
ll = LinearLearner(role, 1, "ml.c5.xlarge", predictor_type="regressor", output_path="s3://b/o", output_kms_key="kms-out", **network)
ll.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
ll.create_model({"Subnets": ["subnet-2"], "SecurityGroupIds": ["sg-2"]}).create(instance_type="ml.m5.large")
