package isolationtest

// A kind is one operation of SageMaker's that makes a workload.
type kind struct {
	// operation is that of the API, and name the member that names what it makes.
	operation, name string
	draw            func(die) object
	// template is its type in CloudFormation, terraform its own resource and awscc the one made of the template's type.
	template, terraform, awscc string
	// kubernetes is its kind in ACK.
	kubernetes string
	// step is its type in SageMaker Pipelines.
	step string
	// state is the integration of Step Functions that is made for it; others go through the SDK's.
	state bool
	// renamed are members that Terraform names otherwise, and lacking those that it has not.
	renamed map[string]string
	lacking []string
}

var kinds = []kind{
	{operation: "CreateTrainingJob", step: "Training", name: "TrainingJobName", draw: trainingJob, terraform: "aws_sagemaker_training_job", kubernetes: "TrainingJob", state: true,
		lacking: []string{"InstancePreferences"}},
	{operation: "CreateHyperParameterTuningJob", step: "Tuning", name: "HyperParameterTuningJobName", draw: tuningJob, terraform: "aws_sagemaker_hyper_parameter_tuning_job",
		kubernetes: "HyperParameterTuningJob", state: true},
	{operation: "CreateProcessingJob", step: "Processing", name: "ProcessingJobName", draw: processingJob, template: "AWS::SageMaker::ProcessingJob", awscc: "awscc_sagemaker_processing_job",
		kubernetes: "ProcessingJob", state: true},
	{operation: "CreateTransformJob", step: "Transform", name: "TransformJobName", draw: transformJob, kubernetes: "TransformJob", state: true},
	{operation: "CreateAutoMLJob", step: "AutoML", name: "AutoMLJobName", draw: autoMLJob},
	{operation: "CreateAutoMLJobV2", name: "AutoMLJobName", draw: autoMLJobV2},
	{operation: "CreateLabelingJob", name: "LabelingJobName", draw: labelingJob, terraform: "aws_sagemaker_labeling_job", kubernetes: "LabelingJob", state: true},
	{operation: "CreateCompilationJob", name: "CompilationJobName", draw: compilationJob},
	{operation: "CreateOptimizationJob", name: "OptimizationJobName", draw: optimizationJob},
	{operation: "CreateInferenceRecommendationsJob", name: "JobName", draw: recommendationsJob},
	{operation: "CreateModel", step: "Model", name: "ModelName", draw: hostedModel, template: "AWS::SageMaker::Model", terraform: "aws_sagemaker_model", awscc: "awscc_sagemaker_model",
		kubernetes: "Model", state: true, renamed: map[string]string{"ModelName": "name", "Containers": "container"}},
	{operation: "CreateEndpointConfig", name: "EndpointConfigName", draw: endpointConfig, template: "AWS::SageMaker::EndpointConfig",
		terraform: "aws_sagemaker_endpoint_configuration", kubernetes: "EndpointConfig", state: true,
		renamed: map[string]string{"EndpointConfigName": "name", "KmsKeyId": "kms_key_arn"}, lacking: []string{"VpcConfig", "EnableNetworkIsolation"}},
	{operation: "CreateNotebookInstance", name: "NotebookInstanceName", draw: notebookInstance, template: "AWS::SageMaker::NotebookInstance",
		terraform: "aws_sagemaker_notebook_instance", kubernetes: "NotebookInstance",
		renamed: map[string]string{"NotebookInstanceName": "name", "SecurityGroupIds": "security_groups"}},
	{operation: "CreateDomain", name: "DomainName", draw: domain, template: "AWS::SageMaker::Domain", terraform: "aws_sagemaker_domain", awscc: "awscc_sagemaker_domain",
		kubernetes: "Domain"},
	{operation: "CreateDataQualityJobDefinition", name: "JobDefinitionName", draw: definition("DataQuality"), template: "AWS::SageMaker::DataQualityJobDefinition",
		terraform: "aws_sagemaker_data_quality_job_definition", awscc: "awscc_sagemaker_data_quality_job_definition", kubernetes: "DataQualityJobDefinition",
		renamed: map[string]string{"JobDefinitionName": "name"}},
	{operation: "CreateModelQualityJobDefinition", name: "JobDefinitionName", draw: definition("ModelQuality"), template: "AWS::SageMaker::ModelQualityJobDefinition",
		awscc: "awscc_sagemaker_model_quality_job_definition", kubernetes: "ModelQualityJobDefinition"},
	{operation: "CreateModelBiasJobDefinition", name: "JobDefinitionName", draw: definition("ModelBias"), template: "AWS::SageMaker::ModelBiasJobDefinition",
		awscc: "awscc_sagemaker_model_bias_job_definition", kubernetes: "ModelBiasJobDefinition"},
	{operation: "CreateModelExplainabilityJobDefinition", name: "JobDefinitionName", draw: definition("ModelExplainability"),
		template: "AWS::SageMaker::ModelExplainabilityJobDefinition", awscc: "awscc_sagemaker_model_explainability_job_definition",
		kubernetes: "ModelExplainabilityJobDefinition"},
	{operation: "CreateMonitoringSchedule", name: "MonitoringScheduleName", draw: schedule, template: "AWS::SageMaker::MonitoringSchedule",
		terraform: "aws_sagemaker_monitoring_schedule", awscc: "awscc_sagemaker_monitoring_schedule", kubernetes: "MonitoringSchedule",
		renamed: map[string]string{"MonitoringScheduleName": "name"}},
	{operation: "CreateInferenceExperiment", name: "Name", draw: experiment, template: "AWS::SageMaker::InferenceExperiment", awscc: "awscc_sagemaker_inference_experiment"},
	{operation: "CreateEdgePackagingJob", name: "EdgePackagingJobName", draw: packagingJob},
	{operation: "CreateAIBenchmarkJob", name: "AIBenchmarkJobName", draw: benchmarkJob},
	{operation: "CreateCluster", name: "ClusterName", draw: cluster, template: "AWS::SageMaker::Cluster", awscc: "awscc_sagemaker_cluster"},
}

func trainingJob(d die) object {
	return with(
		member{"AlgorithmSpecification", object{{"TrainingImage", image}, {"TrainingInputMode", "File"}}},
		member{"RoleArn", role},
		member{"OutputDataConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
		member{"ResourceConfig", d.resources()},
		stopping,
		d.vpc("VpcConfig"), d.flag("EnableNetworkIsolation"), d.flag("EnableInterContainerTrafficEncryption"),
	)
}

// resources are a training job's: instances of one type, groups of several, or preferences of which one is taken.
func (d die) resources() object {
	key := d.key("VolumeKmsKeyId")
	switch d.IntN(6) {
	case 0:
		return d.several("InstanceGroups", key)
	case 1:
		return d.several("InstancePreferences", key)
	}
	return d.instances(true, key)
}

// several are instances of more than one type. Of preferences one is taken, so that two of one instance each are left out:
// whether that is one instance or two is a matter of reading.
func (d die) several(name string, key member) object {
	var list []any
	for i := range 1 + d.IntN(2) {
		count := 1 + d.IntN(2)
		if i > 0 && name != "InstanceGroups" {
			count = 2
		}
		one := object{{"InstanceType", d.one("ml.m5.xlarge", "ml.m5.xlarge", "ml.g4dn.xlarge")}, {"InstanceCount", count}}
		if name == "InstanceGroups" {
			one = append(one, member{"InstanceGroupName", []string{"a", "b"}[i]})
		}
		list = append(list, one)
	}
	return with(member{name, list}, member{"VolumeSizeInGB", 30}, key)
}

func tuningJob(d die) object {
	one := func(name string) object {
		compute := member{"ResourceConfig", d.instances(true, d.key("VolumeKmsKeyId"))}
		switch d.IntN(4) {
		case 0:
			compute = member{"HyperParameterTuningResourceConfig", d.instances(true, d.key("VolumeKmsKeyId"))}
		case 1:
			compute = member{"HyperParameterTuningResourceConfig", d.several("InstanceConfigs", d.key("VolumeKmsKeyId"))}
		}
		return with(
			member{"DefinitionName", name},
			member{"AlgorithmSpecification", object{{"TrainingImage", image}, {"TrainingInputMode", "File"}}},
			member{"RoleArn", role},
			member{"OutputDataConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
			compute, stopping,
			d.vpc("VpcConfig"), d.flag("EnableNetworkIsolation"), d.flag("EnableInterContainerTrafficEncryption"),
		)
	}
	jobs := member{"TrainingJobDefinition", one("one")}
	if d.IntN(2) == 0 {
		jobs = member{"TrainingJobDefinitions", []any{one("first"), one("second")}}
	}
	return with(
		member{"HyperParameterTuningJobConfig", object{{"Strategy", "Bayesian"}, {"ResourceLimits", object{{"MaxParallelTrainingJobs", 2}}}}},
		jobs,
	)
}

// network is the member NetworkConfig of processing jobs and monitors.
func (d die) network() member {
	if d.IntN(8) == 0 {
		return member{"NetworkConfig", nil}
	}
	return d.often(member{"NetworkConfig", with(
		d.flag("EnableInterContainerTrafficEncryption"), d.flag("EnableNetworkIsolation"), d.vpc("VpcConfig"),
	)})
}

func processingJob(d die) object {
	output := object{{"OutputName", "out"}, {"S3Output", object{{"S3Uri", "s3://data/out"}, {"LocalPath", "/opt/ml/processing/out"}, {"S3UploadMode", "EndOfJob"}}}}
	return with(
		member{"AppSpecification", object{{"ImageUri", image}}},
		member{"RoleArn", role},
		member{"ProcessingResources", object{{"ClusterConfig", d.instances(true, d.key("VolumeKmsKeyId"))}}},
		d.often(member{"ProcessingOutputConfig", with(member{"Outputs", []any{output}}, d.key("KmsKeyId"))}),
		d.network(),
	)
}

func transformJob(d die) object {
	return with(
		member{"ModelName", "churn"},
		member{"TransformInput", object{{"DataSource", object{{"S3DataSource", object{{"S3DataType", "S3Prefix"}, {"S3Uri", "s3://data/in"}}}}}}},
		member{"TransformOutput", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
		member{"TransformResources", with(member{"InstanceType", d.one("ml.m5.xlarge", "ml.g4dn.xlarge")}, member{"InstanceCount", 1 + d.IntN(2)}, d.key("VolumeKmsKeyId"))},
	)
}

// security is the member SecurityConfig of AutoML's jobs.
func (d die) security() member {
	return d.often(member{"SecurityConfig", with(d.key("VolumeKmsKeyId"), d.flag("EnableInterContainerTrafficEncryption"), d.vpc("VpcConfig"))})
}

var labeled = object{{"DataSource", object{{"S3DataSource", object{{"S3DataType", "S3Prefix"}, {"S3Uri", "s3://data/in"}}}}}, {"TargetAttributeName", "churned"}}

func autoMLJob(d die) object {
	return with(
		member{"InputDataConfig", []any{labeled}},
		member{"OutputDataConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
		d.often(member{"AutoMLJobConfig", with(d.security())}),
		member{"RoleArn", role},
	)
}

func autoMLJobV2(d die) object {
	return with(
		member{"AutoMLJobInputDataConfig", []any{labeled[:1]}},
		member{"OutputDataConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
		member{"AutoMLProblemTypeConfig", object{{"TabularJobConfig", object{{"TargetAttributeName", "churned"}}}}},
		d.security(),
		member{"RoleArn", role},
	)
}

func labelingJob(d die) object {
	return with(
		member{"LabelAttributeName", "label"},
		member{"InputConfig", object{{"DataSource", object{{"S3DataSource", object{{"ManifestS3Uri", "s3://data/in"}}}}}}},
		member{"OutputConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))},
		member{"RoleArn", role},
		d.often(member{"LabelingJobAlgorithmsConfig", with(
			member{"LabelingJobAlgorithmSpecificationArn", "arn:aws:sagemaker:eu-west-1:685385470294:labeling-job-algorithm-specification/image-classification"},
			d.often(member{"LabelingJobResourceConfig", with(d.key("VolumeKmsKeyId"), d.vpc("VpcConfig"))}),
		)}),
		member{"HumanTaskConfig", object{{"WorkteamArn", "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/labelers"}, {"TaskTitle", "label"}}},
	)
}

func compilationJob(d die) object {
	return with(
		member{"RoleArn", role},
		member{"InputConfig", object{{"S3Uri", "s3://data/model.tar.gz"}, {"Framework", "PYTORCH"}}},
		d.vpc("VpcConfig"),
		member{"OutputConfig", with(member{"S3OutputLocation", "s3://data/out"}, member{"TargetDevice", "ml_c5"}, d.key("KmsKeyId"))},
		stopping,
	)
}

func optimizationJob(d die) object {
	return with(
		member{"RoleArn", role},
		member{"ModelSource", object{{"S3", object{{"S3Uri", "s3://data/model"}}}}},
		member{"DeploymentInstanceType", "ml.g5.xlarge"},
		member{"OutputConfig", with(d.key("KmsKeyId"), member{"S3OutputLocation", "s3://data/out"})},
		stopping,
		d.vpc("VpcConfig"),
	)
}

func recommendationsJob(d die) object {
	return with(
		member{"JobType", "Default"},
		member{"RoleArn", role},
		member{"InputConfig", with(member{"ModelName", "churn"}, d.key("VolumeKmsKeyId"), d.vpc("VpcConfig"))},
		d.often(member{"OutputConfig", with(d.key("KmsKeyId"), d.often(member{"CompiledOutputConfig", object{{"S3OutputUri", "s3://data/out"}}}))}),
	)
}

func hostedModel(d die) object {
	container := func() object {
		config := d.often(member{"ImageConfig", with(member{"RepositoryAccessMode", d.one("Platform", "Vpc", "Vpc")})})
		return with(member{"Image", image}, config, member{"ModelDataUrl", "s3://data/model.tar.gz"})
	}
	containers := member{"PrimaryContainer", container()}
	if d.IntN(3) == 0 {
		containers = member{"Containers", []any{container(), container()}}
	}
	return with(containers, member{"ExecutionRoleArn", role}, d.vpc("VpcConfig"), d.flag("EnableNetworkIsolation"))
}

func endpointConfig(d die) object {
	// With inference components no variant has a model of its own.
	models := d.IntN(4) > 0
	variant := func(name string) object {
		model := absent
		if models {
			model = member{"ModelName", "churn"}
		}
		dump := absent
		if d.IntN(6) == 0 {
			dump = member{"CoreDumpConfig", with(member{"DestinationS3Uri", "s3://data/dumps"}, d.key("KmsKeyId"))}
		}
		return with(
			member{"VariantName", name}, model, member{"InitialInstanceCount", 1 + d.IntN(2)},
			member{"InstanceType", d.one("ml.m5.xlarge", "ml.m5.xlarge", "ml.g4dn.xlarge")}, dump,
		)
	}
	variants := []any{variant("all")}
	if d.IntN(3) == 0 {
		variants = append(variants, variant("other"))
	}
	more := []member{
		{"ProductionVariants", variants},
		d.often(member{"DataCaptureConfig", with(
			member{"EnableCapture", true}, member{"InitialSamplingPercentage", 50}, member{"DestinationS3Uri", "s3://data/captured"},
			d.key("KmsKeyId"), member{"CaptureOptions", []any{object{{"CaptureMode", "Input"}}}},
		)}),
		d.key("KmsKeyId"),
	}
	if !models {
		more = append(more, member{"ExecutionRoleArn", role}, d.vpc("VpcConfig"), d.flag("EnableNetworkIsolation"))
	}
	if d.IntN(4) == 0 {
		more = append(more, member{"AsyncInferenceConfig", object{{"OutputConfig", with(member{"S3OutputPath", "s3://data/out"}, d.key("KmsKeyId"))}}})
	}
	return with(more...)
}

func notebookInstance(d die) object {
	return with(
		member{"InstanceType", d.one("ml.t3.medium", "ml.g4dn.xlarge")},
		member{"RoleArn", role},
		d.any("SubnetId", "subnet-0aa11bb22cc33dd44", "subnet-0aa11bb22cc33dd44", nil),
		d.ids("SecurityGroupIds", "sg-0aa11bb22cc33dd44"),
		d.key("KmsKeyId"),
		d.any("DirectInternetAccess", "Enabled", "Disabled", nil),
		d.any("RootAccess", "Enabled", "Disabled", nil),
		d.often(member{"InstanceMetadataServiceConfiguration", with(d.any("MinimumInstanceMetadataServiceVersion", "1", "2", nil))}),
	)
}

func domain(d die) object {
	return with(
		member{"AuthMode", "IAM"},
		member{"DefaultUserSettings", with(member{"ExecutionRole", role}, d.ids("SecurityGroups", "sg-0aa11bb22cc33dd44"))},
		d.ids("SubnetIds", "subnet-0aa11bb22cc33dd44"),
		member{"VpcId", "vpc-0aa11bb22cc33dd44"},
		d.any("AppNetworkAccessType", "PublicInternetOnly", "VpcOnly", "VpcOnly", nil),
		d.key("KmsKeyId"),
	)
}

// definition draws one of the four definitions of monitoring jobs.
func definition(monitor string) func(die) object {
	return func(d die) object {
		output := object{{"S3Output", object{{"S3Uri", "s3://data/out"}, {"LocalPath", "/opt/ml/processing/out"}}}}
		return with(
			member{monitor + "AppSpecification", object{{"ImageUri", image}}},
			member{monitor + "JobInput", object{{"EndpointInput", object{{"EndpointName", "churn"}, {"LocalPath", "/opt/ml/processing/in"}}}}},
			member{monitor + "JobOutputConfig", with(member{"MonitoringOutputs", []any{output}}, d.key("KmsKeyId"))},
			member{"JobResources", object{{"ClusterConfig", d.instances(true, d.key("VolumeKmsKeyId"))}}},
			d.network(),
			member{"RoleArn", role},
		)
	}
}

func schedule(d die) object {
	if d.IntN(5) == 0 {
		return object{{"MonitoringScheduleConfig", object{{"MonitoringJobDefinitionName", "quality"}, {"MonitoringType", "DataQuality"}}}}
	}
	output := object{{"S3Output", object{{"S3Uri", "s3://data/out"}, {"LocalPath", "/opt/ml/processing/out"}}}}
	return object{{"MonitoringScheduleConfig", object{{"MonitoringJobDefinition", with(
		member{"MonitoringInputs", []any{object{{"EndpointInput", object{{"EndpointName", "churn"}, {"LocalPath", "/opt/ml/processing/in"}}}}}},
		member{"MonitoringOutputConfig", with(member{"MonitoringOutputs", []any{output}}, d.key("KmsKeyId"))},
		member{"MonitoringResources", object{{"ClusterConfig", d.instances(true, d.key("VolumeKmsKeyId"))}}},
		member{"MonitoringAppSpecification", object{{"ImageUri", image}}},
		d.network(),
		member{"RoleArn", role},
	)}}}}
}

func experiment(d die) object {
	variant := object{{"ModelName", "churn"}, {"VariantName", "a"}, {"InfrastructureConfig", object{{"InfrastructureType", "RealTimeInference"}, {"RealTimeInferenceConfig",
		object{{"InstanceType", d.one("ml.m5.xlarge", "ml.g4dn.xlarge")}, {"InstanceCount", 1}}}}}}
	return with(
		member{"Type", "ShadowMode"}, member{"RoleArn", role}, member{"EndpointName", "churn"}, member{"ModelVariants", []any{variant}},
		d.often(member{"DataStorageConfig", with(member{"Destination", "s3://data/out"}, d.key("KmsKey"))}),
		member{"ShadowModeConfig", object{{"SourceModelVariantName", "a"}, {"ShadowModelVariants", []any{object{{"ShadowModelVariantName", "b"}, {"SamplingPercentage", 10}}}}}},
		d.key("KmsKey"),
	)
}

func packagingJob(d die) object {
	return with(
		member{"CompilationJobName", "churn"}, member{"ModelName", "churn"}, member{"ModelVersion", "1"}, member{"RoleArn", role},
		member{"OutputConfig", with(member{"S3OutputLocation", "s3://data/out"}, d.key("KmsKeyId"))},
	)
}

func benchmarkJob(d die) object {
	return with(
		member{"BenchmarkTarget", object{{"Endpoint", object{{"Identifier", "churn"}}}}},
		member{"OutputConfig", object{{"S3OutputLocation", "s3://data/out"}}},
		member{"AIWorkloadConfigIdentifier", "load"}, member{"RoleArn", role},
		d.often(member{"NetworkConfig", with(d.vpc("VpcConfig"))}),
	)
}

func cluster(d die) object {
	group := func(name string) object {
		override := absent
		if d.IntN(3) == 0 {
			override = member{"OverrideVpcConfig", object{{"SecurityGroupIds", []any{"sg-0bb22cc33dd44ee55"}}, {"Subnets", []any{"subnet-0bb22cc33dd44ee55"}}}}
		}
		var storage []any
		if d.IntN(3) > 0 {
			storage = append(storage, object{{"EbsVolumeConfig", with(member{"RootVolume", true}, d.key("VolumeKmsKeyId"))}})
		}
		if d.IntN(2) > 0 {
			storage = append(storage, object{{"EbsVolumeConfig", with(member{"VolumeSizeInGB", 500}, d.key("VolumeKmsKeyId"))}})
		}
		return with(
			member{"InstanceGroupName", name},
			member{"InstanceType", "ml.m5.xlarge"},
			member{"InstanceCount", 1 + d.IntN(2)},
			member{"LifeCycleConfig", object{{"SourceS3Uri", "s3://data/lifecycle"}, {"OnCreate", "on_create.sh"}}},
			member{"ExecutionRole", role},
			d.often(member{"InstanceStorageConfigs", storage}),
			override,
		)
	}
	return with(member{"InstanceGroups", []any{group("head"), group("body")}}, d.vpc("VpcConfig"))
}
