from sagemaker.async_inference import AsyncInferenceConfig
from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.model_monitor import DataCaptureConfig
from sagemaker.multidatamodel import MultiDataModel
from sagemaker.pipeline import PipelineModel
from sagemaker.serverless import ServerlessInferenceConfig
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

role = "arn:aws:iam::111122223333:role/r"
data = "s3://b/m.tar.gz"
Model("img", data, role).deploy(1, "ml.m5.large", None, None, None, "a", None, "alias/volumes", False)
Model("img", data, role).deploy(
    initial_instance_count=2, instance_type="ml.m5.xlarge", kms_key=None, wait=False,
    data_capture_config=DataCaptureConfig(True, 50, "s3://b/captured", "alias/captured"),
    async_inference_config=AsyncInferenceConfig("s3://b/out", kms_key_id="alias/async"),
)
Model("img", data, role).deploy(
    1, "ml.m5.large", wait=False, data_capture_config=DataCaptureConfig(enable_capture=False, destination_s3_uri="s3://b/c"),
)
Model("img", data, role).deploy(serverless_inference_config=ServerlessInferenceConfig(2048, 5), wait=False)
PipelineModel([Model("img", data, role)], role).deploy(1, "ml.m5.large", kms_key="alias/pipeline", wait=False)
MultiDataModel("multi", "s3://b/models/", model=Model("img", data, role)).deploy(1, "ml.c5.large", kms_key="alias/multi", wait=False)
estimator = Estimator("img", role, 1, "ml.m5.xlarge", output_path="s3://b/o", output_kms_key="alias/out", volume_kms_key="alias/vol")
estimator.fit(wait=False)
estimator.deploy(1, "ml.m5.large", kms_key="alias/volumes", wait=False)
estimator.deploy(3, "ml.m5.large", None, None, None, "e", False, False, "m", "alias/positional")
tuner = HyperparameterTuner(
    estimator, "loss", {"rate": ContinuousParameter(0, 1)}, [{"Name": "loss", "Regex": "loss=(.*)"}],
)
tuner.fit(wait=False)
