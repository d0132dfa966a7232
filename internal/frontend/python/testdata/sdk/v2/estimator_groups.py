from sagemaker.estimator import Estimator
from sagemaker.instance_group import InstanceGroup

role = "arn:aws:iam::111122223333:role/r"
groups = [InstanceGroup("a", "ml.c5.xlarge", 2), InstanceGroup(instance_group_name="b", instance_type="ml.m5.xlarge", instance_count=1)]
est = Estimator("img", role, instance_groups=groups, output_path="s3://b/o", volume_kms_key="kms-vol")
est.fit(wait=False)
