import sagemaker
from sagemaker.estimator import Estimator

image, role = "img", "arn:aws:iam::111122223333:role/r"
subnets = ["subnet-1"]
sec_groups = ["sg-1"]
estimator = Estimator(image, role, instance_count=1, instance_type="ml.m4.xlarge", output_path="s3://{}/o".format("b"),
                      sagemaker_session=sagemaker.Session(), volume_kms_key="kms-vol", output_kms_key="kms-out",
                      subnets=subnets, security_group_ids=sec_groups, encrypt_inter_container_traffic=False)
estimator.fit(wait=False)
