package model

import "github.com/vpclint/vpclint/internal/value"

// An InstanceGroup is part of a HyperPod cluster. AWS: API_ClusterInstanceGroupSpecification.
type InstanceGroup struct {
	Block
	StorageList       Presence       `aws:"InstanceStorageConfigs"`
	OverrideVPCConfig VPCConfig      `aws:"OverrideVpcConfig"`
	InstanceCount     value.Int      `aws:"InstanceCount"`
	InstanceType      value.String   `aws:"InstanceType"`
	ExecutionRole     value.String   `aws:"ExecutionRole"`
	Storage           []GroupStorage `aws:"InstanceStorageConfigs"`
	InterfaceType     value.String   `aws:"NetworkInterface.InterfaceType"`
	LifeCycleS3URI    value.String   `aws:"LifeCycleConfig.SourceS3Uri"`
}

// A RestrictedInstanceGroup is a group whose software SageMaker manages. AWS: API_ClusterRestrictedInstanceGroupSpecification.
type RestrictedInstanceGroup struct {
	Block
	StorageList       Presence     `aws:"InstanceStorageConfigs"`
	OverrideVPCConfig VPCConfig    `aws:"OverrideVpcConfig"`
	InstanceCount     value.Int    `aws:"InstanceCount"`
	InstanceType      value.String `aws:"InstanceType"`
	ExecutionRole     value.String `aws:"ExecutionRole"`
	Storage           []GroupDisk  `aws:"InstanceStorageConfigs"`
}

// A GroupDisk is one volume of a group's instances: the root volume, or a second one. AWS: API_ClusterEbsVolumeConfig.
type GroupDisk struct {
	Block
	Volume         Presence     `aws:"EbsVolumeConfig"`
	VolumeKMSKeyID value.String `aws:"EbsVolumeConfig.VolumeKmsKeyId"`
	RootVolume     value.Bool   `aws:"EbsVolumeConfig.RootVolume" default:"false"`
}

// A GroupStorage is one volume or file system of a group's instances. AWS: API_ClusterInstanceStorageConfig.
type GroupStorage struct {
	GroupDisk
	FSxLustreDNSName value.String `aws:"FsxLustreConfig.DnsName"`
}

// A Cluster is a HyperPod cluster. AWS: API_CreateCluster.
type Cluster struct {
	Meta                     `aws:"AWS::SageMaker::Cluster" api:"CreateCluster"`
	VPCConfig                VPCConfig                 `aws:"VpcConfig"`
	InstanceGroups           []InstanceGroup           `aws:"InstanceGroups"`
	Groups                   Presence                  `aws:"InstanceGroups"`
	RestrictedInstanceGroups []RestrictedInstanceGroup `aws:"RestrictedInstanceGroups"`
	Restricted               Presence                  `aws:"RestrictedInstanceGroups"`
	EKSClusterARN            value.String              `aws:"Orchestrator.Eks.ClusterArn"`
}

// A Workforce is who labels data. Without a source they may sit anywhere. AWS: API_CreateWorkforce.
type Workforce struct {
	Meta             `tf:"aws_sagemaker_workforce" aws:"AWS::SageMaker::Workforce" api:"CreateWorkforce"`
	VPCID            value.String  `aws:"WorkforceVpcConfig.VpcId"`
	Subnets          value.Strings `aws:"WorkforceVpcConfig.Subnets"`
	SecurityGroupIDs value.Strings `aws:"WorkforceVpcConfig.SecurityGroupIds"`
	SourceCIDRs      value.Strings `aws:"SourceIpConfig.Cidrs"`
	IPAddressType    value.String  `aws:"IpAddressType" tf:"-"`
	OIDCIssuer       value.String  `aws:"OidcConfig.Issuer"`
	CognitoUserPool  value.String  `aws:"CognitoConfig.UserPool"`
}

// A Workteam is part of a workforce. AWS: API_CreateWorkteam, API_IamPolicyConstraints.
type Workteam struct {
	Meta          `tf:"aws_sagemaker_workteam" aws:"AWS::SageMaker::Workteam" api:"CreateWorkteam"`
	WorkforceName value.String `aws:"WorkforceName"`
	SourceIP      value.String `aws:"WorkerAccessConfiguration.S3Presign.IamPolicyConstraints.SourceIp" cfn:"-"`
	VPCSourceIP   value.String `aws:"WorkerAccessConfiguration.S3Presign.IamPolicyConstraints.VpcSourceIp" cfn:"-"`
}

// A FlowDefinition has people review predictions. AWS: API_CreateFlowDefinition.
type FlowDefinition struct {
	Meta                     `tf:"aws_sagemaker_flow_definition" api:"CreateFlowDefinition"`
	RoleARN                  value.String `aws:"RoleArn"`
	Output                   Output       `aws:"OutputConfig"`
	WorkteamARN              value.String `aws:"HumanLoopConfig.WorkteamArn"`
	PublicWorkforceTaskPrice Presence     `aws:"HumanLoopConfig.PublicWorkforceTaskPrice"`
}

// A DeviceFleet is devices that run models at the edge. AWS: API_CreateDeviceFleet.
type DeviceFleet struct {
	Meta    `tf:"aws_sagemaker_device_fleet" aws:"AWS::SageMaker::DeviceFleet" api:"CreateDeviceFleet"`
	RoleARN value.String   `aws:"RoleArn"`
	Output  OutputLocation `aws:"OutputConfig"`
}

// A FeatureGroup is a table of features; it has no network of its own. AWS: API_CreateFeatureGroup.
type FeatureGroup struct {
	Meta              `tf:"aws_sagemaker_feature_group" aws:"AWS::SageMaker::FeatureGroup" api:"CreateFeatureGroup" ack:"FeatureGroup"`
	EnableOnlineStore value.Bool   `aws:"OnlineStoreConfig.EnableOnlineStore"`
	OnlineKMSKeyID    value.String `aws:"OnlineStoreConfig.SecurityConfig.KmsKeyId"`
	OfflineKMSKeyID   value.String `aws:"OfflineStoreConfig.S3StorageConfig.KmsKeyId"`
	OfflineS3URI      value.String `aws:"OfflineStoreConfig.S3StorageConfig.S3Uri"`
	RoleARN           value.String `aws:"RoleArn"`
}

// A Pipeline is jobs in an order, written in a document of its own. AWS: API_CreatePipeline.
type Pipeline struct {
	Meta                 `tf:"aws_sagemaker_pipeline" aws:"AWS::SageMaker::Pipeline" api:"CreatePipeline" ack:"Pipeline"`
	Definition           value.String `aws:"PipelineDefinition" cfn:"PipelineDefinition.PipelineDefinitionBody"`
	DefinitionS3Location Presence     `aws:"PipelineDefinitionS3Location" cfn:"PipelineDefinition.PipelineDefinitionS3Location"`
	RoleARN              value.String `aws:"RoleArn"`
}

// A PipelineExecution runs a pipeline, with other values for its parameters. AWS: API_StartPipelineExecution.
type PipelineExecution struct {
	Meta       `api:"StartPipelineExecution" ack:"PipelineExecution"`
	Parameters []PipelineParameter `aws:"PipelineParameters"`
}

// A PipelineParameter overrides a parameter's default. AWS: API_Parameter.
type PipelineParameter struct {
	Block
	Value value.String `aws:"Value"`
}
