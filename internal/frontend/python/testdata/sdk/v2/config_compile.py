import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

import sagemaker

sagemaker.Session().compile_model(
    input_model_config={"S3Uri": "s3://b/m", "DataInputConfig": "{}", "Framework": "PYTORCH"},
    output_model_config={"S3OutputLocation": "s3://b/o", "TargetDevice": "ml_m5"}, role=None, job_name="j", stop_condition={}, tags=None,
)
