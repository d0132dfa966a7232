import sagemaker

sess = sagemaker.Session()
sess.train("File", [], "arn:aws:iam::111122223333:role/r", "job", {"S3OutputPath": "s3://b/o", "KmsKeyId": "kms-out"},
           {"InstanceCount": 2, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}, {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
           {}, {"MaxRuntimeInSeconds": 60}, None, None, True, "img", encrypt_inter_container_traffic=True)
