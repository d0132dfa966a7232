from sagemaker.automl.automl import AutoML

role = "arn:aws:iam::111122223333:role/r"
job = AutoML(role, "target", "kms-out", "s3://b/o", None, None, None, "kms-vol", True,
             {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]})
job.fit("s3://b/d", wait=False)
