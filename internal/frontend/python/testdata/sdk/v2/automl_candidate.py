from sagemaker import CandidateEstimator

candidate = {"CandidateName": "c", "InferenceContainers": [],
             "CandidateSteps": [{"CandidateStepName": "s", "CandidateStepType": "AWS::SageMaker::TrainingJob"}]}
est = CandidateEstimator(candidate)
est.fit("s3://b/d", None, "kms-vol", True, {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, False, False)
