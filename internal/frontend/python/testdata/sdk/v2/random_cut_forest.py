from sagemaker import RandomCutForest
from sagemaker.amazon.amazon_estimator import RecordSet

role = "arn:aws:iam::111122223333:role/r"
rcf = RandomCutForest(role=role, instance_count=1, instance_type="ml.m5.xlarge", output_path="s3://b/o", num_samples_per_tree=512,
                      subnets=["subnet-1"], security_group_ids=["sg-1"], encrypt_inter_container_traffic=False)
rcf.fit(RecordSet("s3://b/d", 10, 5, channel="train"), wait=False)
rcf.deploy(initial_instance_count=1, instance_type="ml.m5.large", wait=False)
