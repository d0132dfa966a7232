import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.automl.automl import AutoML

AutoML(target_attribute_name="y", output_path="s3://b/o").fit("s3://b/d", wait=False)
