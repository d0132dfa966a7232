import json
import os

import boto3

with open("request.json") as f:
    request = json.load(f)
request["TrainingJobName"] = "j"
boto3.client("sagemaker").create_training_job(**request)
