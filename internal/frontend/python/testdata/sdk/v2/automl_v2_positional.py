from sagemaker import AutoMLV2
from sagemaker.automl.automlv2 import AutoMLDataChannel, AutoMLTextClassificationConfig

config = AutoMLTextClassificationConfig(content_column="x", target_label_column="y")
job = AutoMLV2(config, "base", "s3://b/o", None, None, None, None, "kms-out", "arn:aws:iam::111122223333:role/r", "kms-vol", True,
               {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
job.fit(AutoMLDataChannel(s3_data_type="S3Prefix", s3_uri="s3://b/d"), wait=False)
