import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.automl.automlv2 import AutoMLDataChannel, AutoMLImageClassificationConfig, AutoMLV2

AutoMLV2(output_path="s3://b/o", problem_config=AutoMLImageClassificationConfig(), role="arn:aws:iam::111122223333:role/own").fit(
    inputs=[AutoMLDataChannel(s3_data_type="S3Prefix", s3_uri="s3://b/d", channel_type="training")], wait=False,
)
