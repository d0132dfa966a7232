SAGEMAKER_ROLE_ARN = "arn:aws:iam::111122223333:role/r"
SAGEMAKER_SUBNETS = "subnet-1,subnet-2".split(",")
SAGEMAKER_KMS_KEY_ID = "kms-vol"
