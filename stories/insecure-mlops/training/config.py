"""Settings of the training jobs. The ids are outputs of infra/ (terraform output)."""

REGION = "eu-west-1"
ROLE_ARN = "arn:aws:iam::111122223333:role/retail-ml-sagemaker"
BUCKET = "northwind-retail-ml"

PRIVATE_SUBNETS = ["subnet-0d94b6f1c83a2e571", "subnet-03f8a5e7d216c9b04"]
SECURITY_GROUPS = ["sg-05d7c2e9b8a4f1603"]
