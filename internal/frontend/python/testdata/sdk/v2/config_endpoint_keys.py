import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.async_inference import AsyncInferenceConfig
from sagemaker.model import Model
from sagemaker.model_monitor import DataCaptureConfig
from sagemaker.transformer import Transformer

role = "arn:aws:iam::111122223333:role/r"
Model("img", "s3://b/m.tar.gz", role).deploy(1, "ml.m5.large", wait=False)
Model("img", "s3://b/m.tar.gz", role).deploy(2, "ml.m5.large", kms_key="alias/own", wait=False)
Transformer("m", 1, "ml.m5.large", output_path="s3://b/t").transform("s3://b/d", wait=False, logs=False)
Model("img", "s3://b/m.tar.gz", role).deploy(
    3, "ml.m5.large", wait=False, data_capture_config=DataCaptureConfig(True, destination_s3_uri="s3://b/c"),
    async_inference_config=AsyncInferenceConfig("s3://b/out"),
)
