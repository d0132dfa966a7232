from sagemaker.mlops.workflow.notebook_job_step import NotebookJobStep
from sagemaker.mlops.workflow.pipeline import Pipeline

open("a.ipynb", "w").close()
plain = NotebookJobStep(
    input_notebook="a.ipynb", image_uri="111122223333.dkr.ecr.us-east-1.amazonaws.com/i", kernel_name="python3",
    role="arn:aws:iam::111122223333:role/r", name="plain",
)
placed = NotebookJobStep(
    "a.ipynb", "111122223333.dkr.ecr.us-east-1.amazonaws.com/i", "python3", "placed",
    role="arn:aws:iam::111122223333:role/r", instance_type="ml.m5.xlarge", subnets=["subnet-1"],
    security_group_ids=["sg-1"], encrypt_inter_container_traffic=False, volume_kms_key="k", s3_kms_key="s",
)
Pipeline("p", steps=[plain, placed]).create("arn:aws:iam::111122223333:role/r")
