package model

import "github.com/vpclint/vpclint/internal/value"

// A NotebookInstance is a managed Jupyter server. AWS: API_CreateNotebookInstance.
type NotebookInstance struct {
	Meta                 `tf:"aws_sagemaker_notebook_instance" aws:"AWS::SageMaker::NotebookInstance" api:"CreateNotebookInstance" ack:"NotebookInstance"`
	SubnetID             value.String  `aws:"SubnetId"`
	SecurityGroupIDs     value.Strings `aws:"SecurityGroupIds" tf:"security_groups"`
	DirectInternetAccess value.String  `aws:"DirectInternetAccess" default:"Enabled"`
	RootAccess           value.String  `aws:"RootAccess" default:"Enabled"`
	// MinimumIMDSVersion is the oldest version of the instance metadata service that answers.
	// AWS: API_InstanceMetadataServiceConfiguration.
	MinimumIMDSVersion         value.String  `aws:"InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion" ack:"-" default:"1"`
	IPAddressType              value.String  `aws:"IpAddressType" cfn:"-" tf:"-" default:"ipv4"`
	KMSKeyID                   value.String  `aws:"KmsKeyId"`
	RoleARN                    value.String  `aws:"RoleArn"`
	InstanceType               value.String  `aws:"InstanceType"`
	PlatformIdentifier         value.String  `aws:"PlatformIdentifier"`
	LifecycleConfigName        value.String  `aws:"LifecycleConfigName"`
	DefaultCodeRepository      value.String  `aws:"DefaultCodeRepository"`
	AdditionalCodeRepositories value.Strings `aws:"AdditionalCodeRepositories"`
}

// A NotebookInstanceLifecycleConfig is scripts that run as root when a notebook instance is created and started.
// AWS: API_CreateNotebookInstanceLifecycleConfig.
type NotebookInstanceLifecycleConfig struct {
	Meta     `tf:"aws_sagemaker_notebook_instance_lifecycle_configuration" aws:"AWS::SageMaker::NotebookInstanceLifecycleConfig" api:"CreateNotebookInstanceLifecycleConfig" ack:"NotebookInstanceLifecycleConfig"`
	OnCreate []LifecycleHook `aws:"OnCreate"`
	OnStart  []LifecycleHook `aws:"OnStart"`
}

// A LifecycleHook is a script, in base 64. AWS: API_NotebookInstanceLifecycleHook.
type LifecycleHook struct {
	Block
	Content value.String `aws:"Content" tf:"."`
}

// A Domain is a Studio domain. Its subnets carry all traffic of Studio only where it is VpcOnly.
// AWS: API_CreateDomain, "Connect Studio in a VPC to external resources".
type Domain struct {
	Meta                       `tf:"aws_sagemaker_domain" aws:"AWS::SageMaker::Domain" api:"CreateDomain" ack:"Domain"`
	VPCID                      value.String   `aws:"VpcId"`
	SubnetIDs                  value.Strings  `aws:"SubnetIds"`
	AppNetworkAccessType       value.String   `aws:"AppNetworkAccessType" default:"PublicInternetOnly"`
	AppSecurityGroupManagement value.String   `aws:"AppSecurityGroupManagement"`
	AuthMode                   value.String   `aws:"AuthMode"`
	KMSKeyID                   value.String   `aws:"KmsKeyId"`
	HomeEFSFileSystemKMSKeyID  value.String   `aws:"HomeEfsFileSystemKmsKeyId" cfn:"-" tf:"-"`
	HomeEFSFileSystemCreation  value.String   `aws:"HomeEfsFileSystemCreation" tf:"-" default:"Enabled"`
	Settings                   DomainSettings `aws:"DomainSettings"`
	DefaultUserSettings        UserSettings   `aws:"DefaultUserSettings"`
	DefaultSpaceSettings       SpaceDefaults  `aws:"DefaultSpaceSettings"`
}

// DomainSettings are settings of the domain as a whole. CloudFormation spells the types of addresses in capitals.
// AWS: API_DomainSettings, API_DockerSettings.
type DomainSettings struct {
	SecurityGroupIDs            value.Strings `aws:"SecurityGroupIds"`
	EnableDockerAccess          value.String  `aws:"DockerSettings.EnableDockerAccess"`
	VPCOnlyTrustedAccounts      value.Strings `aws:"DockerSettings.VpcOnlyTrustedAccounts"`
	RootlessDocker              value.String  `aws:"DockerSettings.RootlessDocker" cfn:"-" tf:"-"`
	IPAddressType               value.String  `aws:"IpAddressType" tf:"-" default:"ipv4"`
	ExecutionRoleIdentityConfig value.String  `aws:"ExecutionRoleIdentityConfig"`
	RStudioExecutionRoleARN     value.String  `aws:"RStudioServerProDomainSettings.DomainExecutionRoleArn"`
	TrustedIdentityPropagation  value.String  `aws:"TrustedIdentityPropagationSettings.Status" cfn:"-"`
}

// UserSettings are those of a user profile, or of every profile that has none of its own, so that a profile's have no
// defaults but the domain's. Security groups of both add up; in all else the profile's go first. AWS: API_UserSettings.
type UserSettings struct {
	SecurityGroups          value.Strings `aws:"SecurityGroups"`
	ExecutionRole           value.String  `aws:"ExecutionRole"`
	NotebookOutputOption    value.String  `aws:"SharingSettings.NotebookOutputOption"`
	SharingS3KMSKeyID       value.String  `aws:"SharingSettings.S3KmsKeyId"`
	Canvas                  Canvas        `aws:"CanvasAppSettings" cfn:"-"`
	CustomFileSystemConfigs []FileSystem  `aws:"CustomFileSystemConfigs" tf:"custom_file_system_config"`
	StudioWebPortal         value.String  `aws:"StudioWebPortal"`
}

// Canvas is the settings of SageMaker Canvas, which CloudFormation doesn't have. AWS: API_CanvasAppSettings.
type Canvas struct {
	Workspace                        Presence     `aws:"WorkspaceSettings"`
	S3KMSKeyID                       value.String `aws:"WorkspaceSettings.S3KmsKeyId"`
	ForecastRoleARN                  value.String `aws:"TimeSeriesForecastingSettings.AmazonForecastRoleArn"`
	CrossAccountModelRegisterRoleARN value.String `aws:"ModelRegisterSettings.CrossAccountModelRegisterRoleArn"`
	BedrockRoleARN                   value.String `aws:"GenerativeAiSettings.AmazonBedrockRoleArn"`
	EMRServerlessExecutionRoleARN    value.String `aws:"EmrServerlessSettings.ExecutionRoleArn"`
}

// A FileSystem is one that users may mount through the domain's VPC. AWS: API_CustomFileSystemConfig.
type FileSystem struct {
	Block
	EFSFileSystemID       value.String `aws:"EFSFileSystemConfig.FileSystemId"`
	FSxLustreFileSystemID value.String `aws:"FSxLustreFileSystemConfig.FileSystemId" tf:"-"`
}

// SpaceDefaults are those of shared spaces. AWS: API_DefaultSpaceSettings.
type SpaceDefaults struct {
	SecurityGroups          value.Strings       `aws:"SecurityGroups"`
	ExecutionRole           value.String        `aws:"ExecutionRole"`
	CustomFileSystemConfigs []ElasticFileSystem `aws:"CustomFileSystemConfigs" tf:"custom_file_system_config"`
}

// An ElasticFileSystem is a FileSystem of shared spaces. AWS: API_CustomFileSystemConfig.
type ElasticFileSystem struct {
	Block
	EFSFileSystemID value.String `aws:"EFSFileSystemConfig.FileSystemId"`
}

// A UserProfile is one user of a domain. AWS: API_CreateUserProfile.
type UserProfile struct {
	Meta         `tf:"aws_sagemaker_user_profile" aws:"AWS::SageMaker::UserProfile" api:"CreateUserProfile" ack:"UserProfile"`
	DomainID     value.String `aws:"DomainId"`
	UserSettings UserSettings `aws:"UserSettings"`
}

// A Space is where apps run, in the domain's network. RemoteAccess opens a tunnel to an editor elsewhere, which Terraform's
// aws provider can't set. AWS: API_CreateSpace.
type Space struct {
	Meta              `tf:"aws_sagemaker_space" aws:"AWS::SageMaker::Space" api:"CreateSpace" ack:"Space"`
	DomainID          value.String      `aws:"DomainId"`
	RemoteAccess      value.String      `aws:"SpaceSettings.RemoteAccess" tf:"-"`
	CustomFileSystems []SpaceFileSystem `aws:"SpaceSettings.CustomFileSystems" tf:"space_settings.custom_file_system"`
	SharingType       value.String      `aws:"SpaceSharingSettings.SharingType"`
}

// A SpaceFileSystem is one that a space mounts. AWS: API_CustomFileSystem.
type SpaceFileSystem struct {
	Block
	EFSFileSystemID       value.String `aws:"EFSFileSystem.FileSystemId"`
	FSxLustreFileSystemID value.String `aws:"FSxLustreFileSystem.FileSystemId" tf:"-"`
}

// An App is what a user runs in a domain, in the domain's network. AWS: API_CreateApp.
type App struct {
	Meta               `tf:"aws_sagemaker_app" aws:"AWS::SageMaker::App" api:"CreateApp" ack:"App"`
	DomainID           value.String `aws:"DomainId"`
	InstanceType       value.String `aws:"ResourceSpec.InstanceType"`
	LifecycleConfigARN value.String `aws:"ResourceSpec.LifecycleConfigArn"`
}

// A StudioLifecycleConfig is a script that runs when an app starts. AWS: API_CreateStudioLifecycleConfig.
type StudioLifecycleConfig struct {
	Meta    `tf:"aws_sagemaker_studio_lifecycle_config" aws:"AWS::SageMaker::StudioLifecycleConfig" api:"CreateStudioLifecycleConfig"`
	Content value.String `aws:"StudioLifecycleConfigContent"`
}

// A CodeRepository is a git repository that notebooks clone from their network. AWS: API_CreateCodeRepository.
type CodeRepository struct {
	Meta          `tf:"aws_sagemaker_code_repository" aws:"AWS::SageMaker::CodeRepository" api:"CreateCodeRepository"`
	RepositoryURL value.String `aws:"GitConfig.RepositoryUrl"`
	SecretARN     value.String `aws:"GitConfig.SecretArn"`
}

// An Image is a container image that apps run. AWS: API_CreateImage.
type Image struct {
	Meta    `tf:"aws_sagemaker_image" aws:"AWS::SageMaker::Image" api:"CreateImage"`
	RoleARN value.String `aws:"RoleArn" cfn:"ImageRoleArn"`
}

// A Project is made by a template that isn't seen: a Service Catalog product or a CloudFormation template.
// AWS: API_CreateProject.
type Project struct {
	Meta              `tf:"aws_sagemaker_project" aws:"AWS::SageMaker::Project" api:"CreateProject" ack:"Project"`
	ProductID         value.String              `aws:"ServiceCatalogProvisioningDetails.ProductId"`
	TemplateProviders []ProjectTemplateProvider `aws:"TemplateProviders" cfn:"TemplateProviderDetails" tf:"-"`
}

// A ProjectTemplateProvider is a CloudFormation template of a project. AWS: API_CfnCreateTemplateProvider.
type ProjectTemplateProvider struct {
	Block
	TemplateURL value.String `aws:"CfnTemplateProvider.TemplateURL" cfn:"CfnTemplateProviderDetail.TemplateURL"`
	RoleARN     value.String `aws:"CfnTemplateProvider.RoleARN" cfn:"CfnTemplateProviderDetail.RoleARN"`
}

// A PartnerApp is an application of a partner's in an account of the service's. AWS: API_CreatePartnerApp.
type PartnerApp struct {
	Meta                          `aws:"AWS::SageMaker::PartnerApp" api:"CreatePartnerApp"`
	ExecutionRoleARN              value.String `aws:"ExecutionRoleArn"`
	KMSKeyID                      value.String `aws:"KmsKeyId"`
	AuthType                      value.String `aws:"AuthType"`
	EnableIAMSessionBasedIdentity value.Bool   `aws:"EnableIamSessionBasedIdentity"`
	IdentityCenterInstanceARN     value.String `aws:"IdcConfig.InstanceArn" cfn:"-"`
}

// An MlflowTrackingServer runs in a VPC of the service's. AWS: API_CreateMlflowTrackingServer.
type MlflowTrackingServer struct {
	Meta             `tf:"aws_sagemaker_mlflow_tracking_server" aws:"AWS::SageMaker::MlflowTrackingServer" api:"CreateMlflowTrackingServer"`
	RoleARN          value.String `aws:"RoleArn"`
	ArtifactStoreURI value.String `aws:"ArtifactStoreUri"`
}

// An MlflowApp is a serverless MlflowTrackingServer. AWS: API_CreateMlflowApp.
type MlflowApp struct {
	Meta             `tf:"aws_sagemaker_mlflow_app" aws:"AWS::SageMaker::MlflowApp" api:"CreateMlflowApp"`
	RoleARN          value.String `aws:"RoleArn"`
	ArtifactStoreURI value.String `aws:"ArtifactStoreUri"`
	KMSKeyID         value.String `aws:"KmsKeyId" cfn:"-" tf:"-"`
}
