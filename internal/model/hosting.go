package model

import "github.com/vpclint/vpclint/internal/value"

// A Container is one container of a model, and from where its image is pulled: Platform is Amazon ECR, Vpc a private
// registry that is reached through the model's VPC. AWS: API_ContainerDefinition, API_ImageConfig.
type Container struct {
	Block
	Image                  value.String `aws:"Image"`
	RepositoryAccessMode   value.String `aws:"ImageConfig.RepositoryAccessMode" default:"Platform"`
	CredentialsProviderARN value.String `aws:"ImageConfig.RepositoryAuthConfig.RepositoryCredentialsProviderArn"`
	ModelDataURL           value.String `aws:"ModelDataUrl"`
	ModelDataS3URI         value.String `aws:"ModelDataSource.S3DataSource.S3Uri"`
	ModelPackageName       value.String `aws:"ModelPackageName"`
	Environment            value.Map    `aws:"Environment"`
}

// A Model is containers with their artifacts; transform jobs and endpoints run in its VPC. AWS: API_CreateModel.
type Model struct {
	Meta                   `tf:"aws_sagemaker_model" aws:"AWS::SageMaker::Model" api:"CreateModel" ack:"Model"`
	ModelName              value.String `aws:"ModelName" tf:"name"`
	EnableNetworkIsolation value.Bool   `aws:"EnableNetworkIsolation" default:"false"`
	VPCConfig              VPCConfig    `aws:"VpcConfig"`
	ExecutionRoleARN       value.String `aws:"ExecutionRoleArn"`
	PrimaryContainer       Container    `aws:"PrimaryContainer"`
	Containers             []Container  `aws:"Containers" tf:"container"`
}

// A ProductionVariant is one model of an endpoint. AWS: API_ProductionVariant.
type ProductionVariant struct {
	Block
	ModelName            value.String `aws:"ModelName"`
	InstanceType         value.String `aws:"InstanceType"`
	InitialInstanceCount value.Int    `aws:"InitialInstanceCount"`
	// EnableSSMAccess opens a shell into the instances through Systems Manager.
	EnableSSMAccess  value.Bool   `aws:"EnableSSMAccess" default:"false"`
	CoreDump         Presence     `aws:"CoreDumpConfig"`
	CoreDumpKMSKeyID value.String `aws:"CoreDumpConfig.KmsKeyId"`
	ServerlessConfig Presence     `aws:"ServerlessConfig"`
	ServerlessMemory value.Int    `aws:"ServerlessConfig.MemorySizeInMB"`
}

// An EndpointConfig is what an endpoint runs. Its own VPC counts only for variants without a model, which host inference
// components; Terraform's aws provider can't set it. AWS: API_CreateEndpointConfig.
type EndpointConfig struct {
	Meta                     `tf:"aws_sagemaker_endpoint_configuration" aws:"AWS::SageMaker::EndpointConfig" api:"CreateEndpointConfig" ack:"EndpointConfig"`
	EndpointConfigName       value.String        `aws:"EndpointConfigName" tf:"name"`
	ProductionVariants       []ProductionVariant `aws:"ProductionVariants"`
	ShadowProductionVariants []ProductionVariant `aws:"ShadowProductionVariants"`
	VPCConfig                VPCConfig           `aws:"VpcConfig" tf:"-"`
	EnableNetworkIsolation   value.Bool          `aws:"EnableNetworkIsolation" tf:"-" default:"false"`
	ExecutionRoleARN         value.String        `aws:"ExecutionRoleArn"`
	KMSKeyID                 value.String        `aws:"KmsKeyId" tf:"kms_key_arn"`
	CaptureKMSKeyID          value.String        `aws:"DataCaptureConfig.KmsKeyId"`
	CaptureS3URI             value.String        `aws:"DataCaptureConfig.DestinationS3Uri"`
	Capture                  Presence            `aws:"DataCaptureConfig"`
	// EnableCapture has no default here: absent, the API takes it for true and Terraform's provider for false.
	EnableCapture value.Bool `aws:"DataCaptureConfig.EnableCapture"`
	Async         Presence   `aws:"AsyncInferenceConfig"`
	AsyncOutput   Output     `aws:"AsyncInferenceConfig.OutputConfig"`
}

// An Endpoint serves an endpoint configuration, and has its network from that. AWS: API_CreateEndpoint.
type Endpoint struct {
	Meta               `tf:"aws_sagemaker_endpoint" aws:"AWS::SageMaker::Endpoint" api:"CreateEndpoint" ack:"Endpoint"`
	EndpointConfigName value.String `aws:"EndpointConfigName"`
}

// An InferenceComponent is a model that shares an endpoint with others, and its network. AWS: API_CreateInferenceComponent.
type InferenceComponent struct {
	Meta                   `aws:"AWS::SageMaker::InferenceComponent" api:"CreateInferenceComponent" ack:"InferenceComponent"`
	EndpointName           value.String `aws:"EndpointName"`
	ModelName              value.String `aws:"Specification.ModelName"`
	Image                  value.String `aws:"Specification.Container.Image"`
	ArtifactURL            value.String `aws:"Specification.Container.ArtifactUrl"`
	BaseInferenceComponent value.String `aws:"Specification.BaseInferenceComponentName"`
	Environment            value.Map    `aws:"Specification.Container.Environment"`
}

// An InferenceExperiment compares variants of a model on an endpoint. AWS: API_CreateInferenceExperiment.
type InferenceExperiment struct {
	Meta          `aws:"AWS::SageMaker::InferenceExperiment" api:"CreateInferenceExperiment"`
	EndpointName  value.String             `aws:"EndpointName"`
	RoleARN       value.String             `aws:"RoleArn"`
	KMSKey        value.String             `aws:"KmsKey"`
	StorageKMSKey value.String             `aws:"DataStorageConfig.KmsKey"`
	DataStorage   Presence                 `aws:"DataStorageConfig"`
	ModelVariants []ExperimentModelVariant `aws:"ModelVariants"`
}

// An ExperimentModelVariant is one model of an experiment. AWS: API_ModelVariantConfig.
type ExperimentModelVariant struct {
	Block
	ModelName     value.String `aws:"ModelName"`
	InstanceCount value.Int    `aws:"InfrastructureConfig.RealTimeInferenceConfig.InstanceCount"`
	InstanceType  value.String `aws:"InfrastructureConfig.RealTimeInferenceConfig.InstanceType"`
}

// A ModelPackage is a model in the registry; deploying it makes a Model, which has the network.
// AWS: API_CreateModelPackage.
type ModelPackage struct {
	Meta               `aws:"AWS::SageMaker::ModelPackage" api:"CreateModelPackage" ack:"ModelPackage"`
	KMSKeyID           value.String               `aws:"SecurityConfig.KmsKeyId"`
	Containers         []PackageContainer         `aws:"InferenceSpecification.Containers"`
	ValidationRole     value.String               `aws:"ValidationSpecification.ValidationRole"`
	ValidationProfiles []PackageValidationProfile `aws:"ValidationSpecification.ValidationProfiles"`
}

// A PackageContainer is one container of a model package. AWS: API_ModelPackageContainerDefinition.
type PackageContainer struct {
	Block
	Image        value.String `aws:"Image"`
	ModelDataURL value.String `aws:"ModelDataUrl"`
	Environment  value.Map    `aws:"Environment"`
}

// A PackageValidationProfile is a transform job that tries a package. AWS: API_ModelPackageValidationProfile.
type PackageValidationProfile struct {
	Block
	VolumeKMSKeyID value.String `aws:"TransformJobDefinition.TransformResources.VolumeKmsKeyId"`
	OutputKMSKeyID value.String `aws:"TransformJobDefinition.TransformOutput.KmsKeyId"`
}

// An Algorithm is a training algorithm that jobs can name. CloudFormation's has no validation.
// AWS: API_CreateAlgorithm.
type Algorithm struct {
	Meta               `tf:"aws_sagemaker_algorithm" aws:"AWS::SageMaker::Algorithm" api:"CreateAlgorithm"`
	TrainingImage      value.String                 `aws:"TrainingSpecification.TrainingImage"`
	ValidationRole     value.String                 `aws:"ValidationSpecification.ValidationRole" cfn:"-"`
	ValidationProfiles []AlgorithmValidationProfile `aws:"ValidationSpecification.ValidationProfiles" cfn:"-"`
}

// An AlgorithmValidationProfile is a training job that tries an algorithm. AWS: API_AlgorithmValidationProfile.
type AlgorithmValidationProfile struct {
	Block
	InstanceCount  value.Int    `aws:"TrainingJobDefinition.ResourceConfig.InstanceCount"`
	VolumeKMSKeyID value.String `aws:"TrainingJobDefinition.ResourceConfig.VolumeKmsKeyId"`
	OutputKMSKeyID value.String `aws:"TrainingJobDefinition.OutputDataConfig.KmsKeyId"`
}

// A ModelCard documents a model. AWS: API_CreateModelCard.
type ModelCard struct {
	Meta     `tf:"aws_sagemaker_model_card" aws:"AWS::SageMaker::ModelCard" api:"CreateModelCard"`
	KMSKeyID value.String `aws:"SecurityConfig.KmsKeyId"`
}
