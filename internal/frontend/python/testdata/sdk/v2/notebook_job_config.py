import os

os.environ["SAGEMAKER_USER_CONFIG_OVERRIDE"] = os.getcwd()

from sagemaker.workflow.notebook_job_step import NotebookJobStep  # noqa: E402
from sagemaker.workflow.pipeline import Pipeline  # noqa: E402

open("a.ipynb", "w").close()
step = NotebookJobStep(
    input_notebook="a.ipynb", image_uri="111122223333.dkr.ecr.us-east-1.amazonaws.com/i", kernel_name="python3", name="n",
)
Pipeline("p", steps=[step]).create("arn:aws:iam::111122223333:role/r")
