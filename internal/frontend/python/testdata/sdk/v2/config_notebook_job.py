import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.workflow.notebook_job_step import NotebookJobStep
from sagemaker.workflow.pipeline import Pipeline

step = NotebookJobStep(
    name="n", input_notebook="n.ipynb", image_uri="111122223333.dkr.ecr.us-east-1.amazonaws.com/img:1", kernel_name="python3", instance_type="ml.m5.xlarge",
)
Pipeline(name="p", steps=[step]).create("arn:aws:iam::111122223333:role/r")
