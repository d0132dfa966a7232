import boto3

runtime = boto3.client("sagemaker-runtime")
runtime.invoke_endpoint
s3 = boto3.resource("s3")
glue = boto3.client("glue")
glue.create_ml_transform
logs = boto3.client("logs")
sm = boto3.client("sagemaker")
sm.create_transform_job(
    TransformJobName="t",
    ModelName="m",
    TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}},
    TransformOutput={"S3OutputPath": "s3://b/out", "KmsKeyId": "alias/out"},
    TransformResources={"InstanceType": "ml.m5.xlarge", "InstanceCount": 1},
)
sm.create_endpoint(EndpointName="e", EndpointConfigName="c")
sm.create_model_package_group(ModelPackageGroupName="g")
sm.create_feature_group(
    FeatureGroupName="f", RecordIdentifierFeatureName="id", EventTimeFeatureName="t",
    FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}, {"FeatureName": "t", "FeatureType": "String"}],
)
sm.create_experiment(ExperimentName="x")
sm.create_app(DomainId="d-1", AppType="JupyterServer", AppName="a", UserProfileName="u")
sm.create_space(DomainId="d-1", SpaceName="s")
sm.create_inference_component(InferenceComponentName="i", EndpointName="e", VariantName="v", Specification={"ModelName": "m"})
sm.describe_training_job(TrainingJobName="j")
sm.list_training_jobs()
sm.stop_training_job(TrainingJobName="j")
sm.update_endpoint(EndpointName="e", EndpointConfigName="c")
sm.update_domain(DomainId="d-1", AppNetworkAccessType="VpcOnly")
sm.start_pipeline_execution(PipelineName="p")
