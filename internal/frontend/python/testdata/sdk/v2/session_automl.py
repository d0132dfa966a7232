import sagemaker

sess = sagemaker.Session()
security = {"VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, "EnableInterContainerTrafficEncryption": True}
role = "arn:aws:iam::111122223333:role/r"
sess.create_auto_ml_v2([], "job", {"TabularJobConfig": {"TargetAttributeName": "y"}}, {"S3OutputPath": "s3://b/o"}, None, None, None, role,
                       dict(security, VolumeKmsKeyId="kms-vol"))
sess.auto_ml([], {"S3OutputPath": "s3://b/o"}, {"SecurityConfig": security}, role, "job")
