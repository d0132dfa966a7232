"""The nightly training of the churn model."""

import boto3
from sagemaker.xgboost import XGBoost

ssm = boto3.client("ssm")


def parameter(name):
    return ssm.get_parameter(Name=f"/ml-platform/{name}")["Parameter"]["Value"]


KEY = "arn:aws:kms:eu-west-1:123456789012:key/6b1f8f0e-2a55-4a0e-9d53-0c1be6f2d7a4"


def main():
    churn = XGBoost(
        entry_point="churn.py",
        role="arn:aws:iam::123456789012:role/ml-platform",
        framework_version="1.7-1",
        instance_count=2,
        instance_type="ml.m5.2xlarge",
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        volume_kms_key=KEY,
        output_kms_key=KEY,
        subnets=parameter("subnet-ids").split(","),
        security_group_ids=[parameter("security-group-id")],
    )
    churn.fit({"train": "s3://northwind-churn/train/"})


if __name__ == "__main__":
    main()
