import boto3

definition = {
    "AlgorithmSpecification": {"TrainingImage": "111122223333.dkr.ecr.us-east-1.amazonaws.com/t:1", "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::111122223333:role/sagemaker",
    "OutputDataConfig": {"S3OutputPath": "s3://b/out", "KmsKeyId": "alias/out"},
    "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30},
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    "VpcConfig": {"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]},
    "EnableNetworkIsolation": True,
}
config = {"Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 1}}
smclient = boto3.client("sagemaker")
smclient.create_hyper_parameter_tuning_job(
    HyperParameterTuningJobName="t", HyperParameterTuningJobConfig=config, TrainingJobDefinition=definition
)
plain = {k: v for k, v in definition.items() if k != "VpcConfig"}
definition["DefinitionName"] = "one"
second = dict(definition, DefinitionName="two", ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeSizeInGB": 5})
del second["VpcConfig"]
smclient.create_hyper_parameter_tuning_job(
    HyperParameterTuningJobName="u", HyperParameterTuningJobConfig=config, TrainingJobDefinitions=[definition, second]
)
