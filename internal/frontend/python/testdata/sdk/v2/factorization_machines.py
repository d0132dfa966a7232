import sagemaker
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
fm = sagemaker.FactorizationMachines(role, 1, "ml.c5.xlarge", 10, "regressor", output_path="s3://b/o", enable_network_isolation=True,
                                     subnets=["subnet-1"], security_group_ids=["sg-1"])
fm.fit(RecordSet("s3://b/d", 10, 5, channel="train"), mini_batch_size=5, wait=False)
fm.deploy(1, "ml.m5.large", wait=False)
