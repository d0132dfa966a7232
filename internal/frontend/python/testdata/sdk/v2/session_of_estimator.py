import boto3
import sagemaker
from sagemaker.estimator import Estimator

role = "arn:aws:iam::111122223333:role/r"
session = sagemaker.Session(boto_session=boto3.Session(region_name="us-east-1"), sagemaker_client=boto3.client("sagemaker"))
est = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", sagemaker_session=session)
session.sagemaker_client.create_endpoint_config(
    EndpointConfigName="e", ProductionVariants=[{"VariantName": "v", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}])
est.fit(wait=False)
