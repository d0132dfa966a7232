"""The nightly training of the churn model."""

import boto3
from sagemaker.xgboost import XGBoost

ssm = boto3.client("ssm")


def parameter(name):
    return ssm.get_parameter(Name=f"/ml-platform/{name}")["Parameter"]["Value"]


def main():
    churn = XGBoost(
        entry_point="churn.py",
        role="arn:aws:iam::123456789012:role/ml-platform",
        framework_version="1.7-1",
        instance_count=2,
        instance_type="ml.m5.2xlarge",
        encrypt_inter_container_traffic=True,
        enable_network_isolation=False,
        subnets=parameter("subnet-ids").split(","),
        security_group_ids=[parameter("security-group-id")],
    )
    churn.fit({"train": "s3://northwind-churn/train/"})


if __name__ == "__main__":
    main()
