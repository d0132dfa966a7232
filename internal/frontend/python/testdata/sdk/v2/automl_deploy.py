from sagemaker.automl.automl import AutoML

role = "arn:aws:iam::111122223333:role/r"
vpc = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
candidate = {"CandidateName": "c", "CandidateSteps": [], "InferenceContainers": [{"Image": "img", "ModelDataUrl": "s3://b/m", "Environment": {}}]}
job = AutoML(role=role, target_attribute_name="y", output_path="s3://b/o", vpc_config=vpc, encrypt_inter_container_traffic=True)
job.fit("s3://b/d", wait=False, logs=False)
job.deploy(1, "ml.m5.large", candidate=candidate, name="m", wait=False)
job.deploy(1, "ml.m5.large", None, None, candidate, None, "m", None, None, False, vpc, True)
job.create_model("m", None, candidate, {"Subnets": ["subnet-2"], "SecurityGroupIds": ["sg-2"]})._create_sagemaker_pipeline_model("ml.m5.large")
