import boto3
from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
notebook = boto3.client("sagemaker").describe_notebook_instance(NotebookInstanceName="n")
ssm = boto3.client("ssm")
subnets = [notebook["SubnetId"]]
security_group_ids = ssm.get_parameter(Name="/groups")["Parameter"]["Value"].split(",")
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", subnets=subnets, security_group_ids=security_group_ids)
est.fit(wait=False)
