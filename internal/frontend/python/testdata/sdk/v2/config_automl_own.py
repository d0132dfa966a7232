import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.automl.automl import AutoML

AutoML(
    role="arn:aws:iam::111122223333:role/own", target_attribute_name="y", output_path="s3://b/o", encrypt_inter_container_traffic=False,
    vpc_config={"Subnets": ["subnet-own"], "SecurityGroupIds": ["sg-own"]},
).fit("s3://b/d", wait=False)
