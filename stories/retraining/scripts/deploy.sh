#!/usr/bin/env bash
set -euo pipefail

ROLE=arn:aws:iam::111122223333:role/retraining

aws sagemaker create-training-job --cli-input-json file://jobs/backfill.json

aws sagemaker create-model \
  --model-name churn \
  --execution-role-arn "$ROLE" \
  --primary-container Image=111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:7 \
  --vpc-config "Subnets=$SUBNETS,SecurityGroupIds=$GROUPS_"
