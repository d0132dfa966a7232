from sagemaker import AutoML

candidate = {"CandidateName": "c", "CandidateSteps": [], "InferenceContainers": [{"Image": "img", "ModelDataUrl": "s3://b/m", "Environment": {}}]}
job = AutoML("arn:aws:iam::111122223333:role/r", "y", output_path="s3://b/o")
job.fit("s3://b/d", wait=False, logs=False)
job.deploy(1, "ml.m5.large", candidate=candidate, name="m", wait=False, vpc_config={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
           enable_network_isolation=True)
