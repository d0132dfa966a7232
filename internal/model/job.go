package model

import "github.com/vpclint/vpclint/internal/value"

// A ResourceConfig is the instances of a training job: InstanceCount of one type, several groups, or one of several
// preferences, of which AWS takes one. AWS: API_ResourceConfig.
type ResourceConfig struct {
	InstanceCount       value.Int            `aws:"InstanceCount"`
	InstanceType        value.String         `aws:"InstanceType"`
	InstanceGroups      []JobInstanceGroup   `aws:"InstanceGroups"`
	Groups              Presence             `aws:"InstanceGroups"`
	InstancePreferences []InstancePreference `aws:"InstancePreferences" tf:"-"`
	Preferences         Presence             `aws:"InstancePreferences" tf:"-"`
	VolumeKMSKeyID      value.String         `aws:"VolumeKmsKeyId"`
}

// A JobInstanceGroup is one group of a heterogeneous cluster. AWS: API_InstanceGroup.
type JobInstanceGroup struct {
	Block
	InstanceCount value.Int    `aws:"InstanceCount"`
	InstanceType  value.String `aws:"InstanceType"`
}

// An InstancePreference is an alternative to a count of instances; newer than CloudFormation's and Terraform's schemas.
type InstancePreference struct {
	Block
	InstanceCount value.Int    `aws:"InstanceCount"`
	InstanceType  value.String `aws:"InstanceType"`
}

// An InputChannel is where a training job's data comes from; file systems are mounted through the job's VPC.
// AWS: API_Channel, API_FileSystemDataSource.
type InputChannel struct {
	Block
	FileSystemID value.String `aws:"DataSource.FileSystemDataSource.FileSystemId"`
	S3URI        value.String `aws:"DataSource.S3DataSource.S3Uri"`
}

// A TrainingJob trains a model. AWS: API_CreateTrainingJob.
type TrainingJob struct {
	Meta `tf:"aws_sagemaker_training_job" api:"CreateTrainingJob" ack:"TrainingJob"`
	Isolation
	VPCConfig       VPCConfig         `aws:"VpcConfig"`
	RoleARN         value.String      `aws:"RoleArn"`
	ResourceConfig  ResourceConfig    `aws:"ResourceConfig"`
	OutputData      Output            `aws:"OutputDataConfig"`
	InputData       []InputChannel    `aws:"InputDataConfig"`
	CheckpointS3URI value.String      `aws:"CheckpointConfig.S3Uri"`
	Algorithm       TrainingAlgorithm `aws:"AlgorithmSpecification"`
	// EnableRemoteDebug opens a shell into the containers through Systems Manager. AWS: API_RemoteDebugConfig.
	EnableRemoteDebug       value.Bool   `aws:"RemoteDebugConfig.EnableRemoteDebug" default:"false"`
	DebugS3OutputPath       value.String `aws:"DebugHookConfig.S3OutputPath"`
	TensorBoardS3OutputPath value.String `aws:"TensorBoardOutputConfig.S3OutputPath"`
	ProfilerS3OutputPath    value.String `aws:"ProfilerConfig.S3OutputPath"`
	// ServerlessJobType is set where the job is a serverless customization, which has no instances of its own.
	ServerlessJobType        value.String `aws:"ServerlessJobConfig.JobType"`
	MlflowResourceARN        value.String `aws:"MlflowConfig.MlflowResourceArn"`
	EnableSessionTagChaining value.Bool   `aws:"SessionChainingConfig.EnableSessionTagChaining" default:"false"`
	Environment              value.Map    `aws:"Environment"`
	HyperParameters          value.Map    `aws:"HyperParameters"`
}

// A TrainingAlgorithm is what a training job runs, and from where it pulls the image: Platform is Amazon ECR, Vpc a private
// registry that is reached through the job's VPC. AWS: API_AlgorithmSpecification, API_TrainingImageConfig.
type TrainingAlgorithm struct {
	Arguments
	TrainingImage          value.String `aws:"TrainingImage"`
	RepositoryAccessMode   value.String `aws:"TrainingImageConfig.TrainingRepositoryAccessMode" default:"Platform"`
	CredentialsProviderARN value.String `aws:"TrainingImageConfig.TrainingRepositoryAuthConfig.TrainingRepositoryCredentialsProviderArn"`
}

// A TrainingJobDefinition is what one of a tuning job's training jobs is like. Its instances are those of either
// configuration. AWS: API_HyperParameterTrainingJobDefinition, API_HyperParameterTuningResourceConfig.
type TrainingJobDefinition struct {
	Block
	Isolation
	VPCConfig            VPCConfig            `aws:"VpcConfig"`
	RoleARN              value.String         `aws:"RoleArn"`
	ResourceConfig       ResourceConfig       `aws:"ResourceConfig"`
	TuningResourceConfig TuningResourceConfig `aws:"HyperParameterTuningResourceConfig"`
	Tuning               Presence             `aws:"HyperParameterTuningResourceConfig"`
	OutputData           Output               `aws:"OutputDataConfig"`
	InputData            []InputChannel       `aws:"InputDataConfig"`
	CheckpointS3URI      value.String         `aws:"CheckpointConfig.S3Uri"`
	TrainingImage        value.String         `aws:"AlgorithmSpecification.TrainingImage"`
	Environment          value.Map            `aws:"Environment"`
	HyperParameters      value.Map            `aws:"StaticHyperParameters"`
}

// A TuningResourceConfig is the instances of a tuning job's training jobs. AWS: API_HyperParameterTuningResourceConfig.
type TuningResourceConfig struct {
	InstanceCount   value.Int              `aws:"InstanceCount"`
	InstanceType    value.String           `aws:"InstanceType"`
	InstanceConfigs []TuningInstanceConfig `aws:"InstanceConfigs"`
	Configs         Presence               `aws:"InstanceConfigs"`
	VolumeKMSKeyID  value.String           `aws:"VolumeKmsKeyId"`
}

// A TuningInstanceConfig is one choice of instances. AWS: API_HyperParameterTuningInstanceConfig.
type TuningInstanceConfig struct {
	Block
	InstanceCount value.Int    `aws:"InstanceCount"`
	InstanceType  value.String `aws:"InstanceType"`
}

// A HyperParameterTuningJob runs training jobs of one or several definitions. AWS: API_CreateHyperParameterTuningJob.
type HyperParameterTuningJob struct {
	Meta        `tf:"aws_sagemaker_hyper_parameter_tuning_job" api:"CreateHyperParameterTuningJob" ack:"HyperParameterTuningJob"`
	Definition  TrainingJobDefinition   `aws:"TrainingJobDefinition"`
	Definitions []TrainingJobDefinition `aws:"TrainingJobDefinitions"`
}

// A ProcessingJob runs a container over data. AWS: API_CreateProcessingJob.
type ProcessingJob struct {
	Meta          `aws:"AWS::SageMaker::ProcessingJob" api:"CreateProcessingJob" ack:"ProcessingJob"`
	NetworkConfig NetworkConfig     `aws:"NetworkConfig"`
	RoleARN       value.String      `aws:"RoleArn"`
	Cluster       ProcessingCluster `aws:"ProcessingResources.ClusterConfig"`
	OutputKMSKey  value.String      `aws:"ProcessingOutputConfig.KmsKeyId"`
	Outputs       Presence          `aws:"ProcessingOutputConfig.Outputs"`
	Inputs        []ProcessingInput `aws:"ProcessingInputs"`
	ImageURI      value.String      `aws:"AppSpecification.ImageUri"`
	App           Arguments         `aws:"AppSpecification"`
	Environment   value.Map         `aws:"Environment"`
}

// A ProcessingCluster is the instances of a processing job: a count, or one of several preferences. The documented default
// of the count, 1, isn't given, since it would stand beside preferences too. AWS: API_ProcessingClusterConfig.
type ProcessingCluster struct {
	InstanceCount       value.Int            `aws:"InstanceCount"`
	InstancePreferences []InstancePreference `aws:"InstancePreferences" cfn:"-"`
	Preferences         Presence             `aws:"InstancePreferences" cfn:"-"`
	InstanceType        value.String         `aws:"InstanceType"`
	VolumeKMSKeyID      value.String         `aws:"VolumeKmsKeyId"`
}

// A ProcessingInput is where a processing job's data comes from. AWS: API_ProcessingInput, API_DatasetDefinition.
type ProcessingInput struct {
	Block
	S3URI                  value.String `aws:"S3Input.S3Uri"`
	AthenaKMSKeyID         value.String `aws:"DatasetDefinition.AthenaDatasetDefinition.KmsKeyId"`
	RedshiftKMSKeyID       value.String `aws:"DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId"`
	RedshiftClusterRoleARN value.String `aws:"DatasetDefinition.RedshiftDatasetDefinition.ClusterRoleArn"`
}

// A TransformJob runs a model over a batch of data, in the model's VPC and with its isolation. AWS: API_CreateTransformJob.
type TransformJob struct {
	Meta            `api:"CreateTransformJob" ack:"TransformJob"`
	ModelName       value.String `aws:"ModelName"`
	InstanceCount   value.Int    `aws:"TransformResources.InstanceCount" default:"1"`
	InstanceType    value.String `aws:"TransformResources.InstanceType"`
	VolumeKMSKeyID  value.String `aws:"TransformResources.VolumeKmsKeyId"`
	Output          Output       `aws:"TransformOutput"`
	InputS3URI      value.String `aws:"TransformInput.DataSource.S3DataSource.S3Uri"`
	CaptureKMSKeyID value.String `aws:"DataCaptureConfig.KmsKeyId"`
	CaptureS3URI    value.String `aws:"DataCaptureConfig.DestinationS3Uri"`
	Environment     value.Map    `aws:"Environment"`
}

// A SecurityConfig is the network of an AutoML job, which can't be isolated. AWS: API_AutoMLSecurityConfig.
type SecurityConfig struct {
	EnableInterContainerTrafficEncryption value.Bool   `aws:"EnableInterContainerTrafficEncryption" default:"false"`
	VolumeKMSKeyID                        value.String `aws:"VolumeKmsKeyId"`
	VPCConfig                             VPCConfig    `aws:"VpcConfig"`
}

// An AutoMLJob searches for a model. AWS: API_CreateAutoMLJob.
type AutoMLJob struct {
	Meta           `api:"CreateAutoMLJob"`
	SecurityConfig SecurityConfig `aws:"AutoMLJobConfig.SecurityConfig"`
	RoleARN        value.String   `aws:"RoleArn"`
	OutputData     Output         `aws:"OutputDataConfig"`
}

// An AutoMLJobV2 searches for a model. AWS: API_CreateAutoMLJobV2.
type AutoMLJobV2 struct {
	Meta                 `api:"CreateAutoMLJobV2"`
	SecurityConfig       SecurityConfig `aws:"SecurityConfig"`
	RoleARN              value.String   `aws:"RoleArn"`
	OutputData           Output         `aws:"OutputDataConfig"`
	EMRServerlessRoleARN value.String   `aws:"AutoMLComputeConfig.EmrServerlessComputeConfig.ExecutionRoleARN"`
}

// A LabelingJob has people label data; its VPC is that of automated labeling. AWS: API_CreateLabelingJob.
type LabelingJob struct {
	Meta                     `tf:"aws_sagemaker_labeling_job" api:"CreateLabelingJob" ack:"LabelingJob"`
	AlgorithmsConfig         Presence     `aws:"LabelingJobAlgorithmsConfig"`
	VPCConfig                VPCConfig    `aws:"LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig"`
	VolumeKMSKeyID           value.String `aws:"LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId"`
	RoleARN                  value.String `aws:"RoleArn"`
	Output                   Output       `aws:"OutputConfig"`
	WorkteamARN              value.String `aws:"HumanTaskConfig.WorkteamArn"`
	PreHumanTaskLambdaARN    value.String `aws:"HumanTaskConfig.PreHumanTaskLambdaArn"`
	PublicWorkforceTaskPrice Presence     `aws:"HumanTaskConfig.PublicWorkforceTaskPrice"`
}

// A CompilationJob compiles a model with Neo. AWS: API_CreateCompilationJob.
type CompilationJob struct {
	Meta      `api:"CreateCompilationJob"`
	VPCConfig VPCConfig      `aws:"VpcConfig"`
	RoleARN   value.String   `aws:"RoleArn"`
	Output    OutputLocation `aws:"OutputConfig"`
}

// An EdgePackagingJob packages a compiled model for devices. AWS: API_CreateEdgePackagingJob.
type EdgePackagingJob struct {
	Meta        `api:"CreateEdgePackagingJob"`
	RoleARN     value.String   `aws:"RoleArn"`
	Output      OutputLocation `aws:"OutputConfig"`
	ResourceKey value.String   `aws:"ResourceKey"`
}

// An OptimizationJob optimizes a model. AWS: API_CreateOptimizationJob.
type OptimizationJob struct {
	Meta                   `api:"CreateOptimizationJob"`
	VPCConfig              VPCConfig      `aws:"VpcConfig"`
	RoleARN                value.String   `aws:"RoleArn"`
	Output                 OutputLocation `aws:"OutputConfig"`
	DeploymentInstanceType value.String   `aws:"DeploymentInstanceType"`
	Environment            value.Map      `aws:"OptimizationEnvironment"`
}

// An InferenceRecommendationsJob load-tests a model. AWS: API_CreateInferenceRecommendationsJob.
type InferenceRecommendationsJob struct {
	Meta                   `api:"CreateInferenceRecommendationsJob"`
	VPCConfig              VPCConfig    `aws:"InputConfig.VpcConfig"`
	VolumeKMSKeyID         value.String `aws:"InputConfig.VolumeKmsKeyId"`
	ModelName              value.String `aws:"InputConfig.ModelName"`
	ModelPackageVersionARN value.String `aws:"InputConfig.ModelPackageVersionArn"`
	RoleARN                value.String `aws:"RoleArn"`
	OutputKMSKeyID         value.String `aws:"OutputConfig.KmsKeyId"`
	// CompiledS3URI is where it keeps the models that it compiles.
	CompiledS3URI  value.String           `aws:"OutputConfig.CompiledOutputConfig.S3OutputUri"`
	Configurations []RecommendationTarget `aws:"InputConfig.EndpointConfigurations"`
}

// A RecommendationTarget is one kind of endpoint that a load test tries. AWS: API_EndpointInputConfiguration.
type RecommendationTarget struct {
	Block
	InstanceType     value.String `aws:"InstanceType"`
	ServerlessConfig Presence     `aws:"ServerlessConfig"`
}

// An AIBenchmarkJob benchmarks an inference workload. AWS: API_CreateAIBenchmarkJob.
type AIBenchmarkJob struct {
	Meta      `api:"CreateAIBenchmarkJob"`
	VPCConfig VPCConfig    `aws:"NetworkConfig.VpcConfig"`
	RoleARN   value.String `aws:"RoleArn"`
}

// A Job is a job of a category of its own; where it runs stands in a document that the category defines. Those of the
// categories that there are, which train and evaluate agents, have the VPC at its top: sagemaker.train of SDK 3.27,
// MultiTurnRLTrainer. AWS: API_CreateJob.
type Job struct {
	Meta           `api:"CreateJob"`
	Document       JobDocument  `aws:"JobConfigDocument"`
	RoleARN        value.String `aws:"RoleArn"`
	Category       value.String `aws:"JobCategory"`
	ConfigDocument value.JSON   `aws:"JobConfigDocument"`
	SchemaVersion  value.String `aws:"JobConfigSchemaVersion"`
}

// A JobDocument is what a job's document says, which is a text to the API.
type JobDocument struct {
	VPCConfig       VPCConfig    `aws:"VpcConfig"`
	OutputKMSKeyARN value.String `aws:"OutputDataConfig.KmsKeyArn"`
}

func (*JobDocument) textual() {}
