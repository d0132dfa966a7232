import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.estimator import Estimator
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner

estimator = Estimator("img", "arn:aws:iam::111122223333:role/r", 2, "ml.m5.xlarge", output_path="s3://b/o")
HyperparameterTuner(
    estimator, "m", {"x": ContinuousParameter(0, 1)}, [{"Name": "m", "Regex": "m"}],
).fit("s3://b/d", wait=False)
