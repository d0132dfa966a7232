import boto3

sm = boto3.client("sagemaker")
VPC = {"Subnets": ["subnet-0a"], "SecurityGroupIds": ["sg-0a"]}
ROLE = "arn:aws:iam::111122223333:role/sagemaker"
sm.create_compilation_job(
    CompilationJobName="c", RoleArn=ROLE, VpcConfig=VPC, StoppingCondition={"MaxRuntimeInSeconds": 900},
    InputConfig={"S3Uri": "s3://b/m", "Framework": "PYTORCH", "DataInputConfig": "{}"},
    OutputConfig={"S3OutputLocation": "s3://b/o", "TargetDevice": "ml_c5", "KmsKeyId": "alias/out"},
)
sm.create_optimization_job(
    OptimizationJobName="o", RoleArn=ROLE, VpcConfig=VPC, StoppingCondition={"MaxRuntimeInSeconds": 900},
    ModelSource={"S3": {"S3Uri": "s3://b/m"}}, DeploymentInstanceType="ml.g5.xlarge",
    OptimizationConfigs=[{"ModelQuantizationConfig": {}}], OutputConfig={"S3OutputLocation": "s3://b/o"},
)
sm.create_inference_recommendations_job(
    JobName="r", JobType="Default", RoleArn=ROLE,
    InputConfig={"ModelPackageVersionArn": "arn:aws:sagemaker:us-east-1:111122223333:model-package/m/1",
                 "VpcConfig": VPC, "VolumeKmsKeyId": "alias/vol"},
)
sm.create_inference_recommendations_job(
    JobName="s", JobType="Default", RoleArn=ROLE, InputConfig={"ModelName": "m"},
)
sm.create_labeling_job(
    LabelingJobName="l", LabelAttributeName="y", RoleArn=ROLE,
    InputConfig={"DataSource": {"S3DataSource": {"ManifestS3Uri": "s3://b/i"}}}, OutputConfig={"S3OutputPath": "s3://b/o"},
    LabelingJobAlgorithmsConfig={
        "LabelingJobAlgorithmSpecificationArn": "arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/x",
        "LabelingJobResourceConfig": {"VolumeKmsKeyId": "alias/vol", "VpcConfig": VPC},
    },
    HumanTaskConfig={
        "WorkteamArn": "arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/w", "UiConfig": {"UiTemplateS3Uri": "s3://b/u"},
        "TaskTitle": "t", "TaskDescription": "d", "NumberOfHumanWorkersPerDataObject": 1, "TaskTimeLimitInSeconds": 60,
    },
)
