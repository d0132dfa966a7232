import boto3
from sagemaker.aws_batch.training_queue import TrainingQueue
from sagemaker.estimator import Estimator

estimator = Estimator(
    "img", "arn:aws:iam::111122223333:role/r", 1, "ml.m5.xlarge", subnets=["subnet-1"], security_group_ids=["sg-1"],
    output_path="s3://b/o",
)
queue = TrainingQueue("q")
queue.submit(training_job=estimator, inputs="s3://b/t")
queue.map(training_job=estimator, inputs=["s3://b/t", "s3://b/u"])
