package model

import "github.com/vpclint/vpclint/internal/value"

// A VPCConfig is where a workload is attached to a VPC. AWS: API_VpcConfig.
type VPCConfig struct {
	Subnets          value.Strings `aws:"Subnets"`
	SecurityGroupIDs value.Strings `aws:"SecurityGroupIds"`
}

// A NetworkConfig is the network of a processing or monitoring job. AWS: API_NetworkConfig.
type NetworkConfig struct {
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// A TrainingJob trains a model. AWS: API_CreateTrainingJob.
type TrainingJob struct {
	Meta      `tf:"aws_sagemaker_training_job" api:"CreateTrainingJob"`
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// A TrainingJobDefinition is what one of a tuning job's training jobs is like.
// AWS: API_HyperParameterTrainingJobDefinition.
type TrainingJobDefinition struct {
	Block
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// A HyperParameterTuningJob runs training jobs of one or several definitions. AWS: API_CreateHyperParameterTuningJob.
type HyperParameterTuningJob struct {
	Meta        `tf:"aws_sagemaker_hyper_parameter_tuning_job" api:"CreateHyperParameterTuningJob"`
	Definition  TrainingJobDefinition   `aws:"TrainingJobDefinition"`
	Definitions []TrainingJobDefinition `aws:"TrainingJobDefinitions"`
}

// A ProcessingJob runs a container over data. AWS: API_CreateProcessingJob.
type ProcessingJob struct {
	Meta          `aws:"AWS::SageMaker::ProcessingJob" api:"CreateProcessingJob"`
	NetworkConfig NetworkConfig `aws:"NetworkConfig"`
}

// An AutoMLJob searches for a model. AWS: API_CreateAutoMLJob.
type AutoMLJob struct {
	Meta      `api:"CreateAutoMLJob"`
	VPCConfig VPCConfig `aws:"AutoMLJobConfig.SecurityConfig.VpcConfig"`
}

// An AutoMLJobV2 searches for a model. AWS: API_CreateAutoMLJobV2.
type AutoMLJobV2 struct {
	Meta      `api:"CreateAutoMLJobV2"`
	VPCConfig VPCConfig `aws:"SecurityConfig.VpcConfig"`
}

// A LabelingJob has people label data; its VPC is that of automated labeling. AWS: API_CreateLabelingJob.
type LabelingJob struct {
	Meta             `tf:"aws_sagemaker_labeling_job" api:"CreateLabelingJob"`
	AlgorithmsConfig Presence  `aws:"LabelingJobAlgorithmsConfig"`
	VPCConfig        VPCConfig `aws:"LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig"`
}

// A CompilationJob compiles a model with Neo. AWS: API_CreateCompilationJob.
type CompilationJob struct {
	Meta      `api:"CreateCompilationJob"`
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// An OptimizationJob optimizes a model. AWS: API_CreateOptimizationJob.
type OptimizationJob struct {
	Meta      `api:"CreateOptimizationJob"`
	VPCConfig VPCConfig `aws:"VpcConfig"`
}

// An InferenceRecommendationsJob load-tests a model. AWS: API_CreateInferenceRecommendationsJob.
type InferenceRecommendationsJob struct {
	Meta      `api:"CreateInferenceRecommendationsJob"`
	VPCConfig VPCConfig `aws:"InputConfig.VpcConfig"`
}

// An AIBenchmarkJob benchmarks an inference workload. AWS: API_CreateAIBenchmarkJob.
type AIBenchmarkJob struct {
	Meta      `api:"CreateAIBenchmarkJob"`
	VPCConfig VPCConfig `aws:"NetworkConfig.VpcConfig"`
}

// A Model is a container with its artifacts; transform jobs and endpoints run in its VPC. AWS: API_CreateModel.
type Model struct {
	Meta      `tf:"aws_sagemaker_model" aws:"AWS::SageMaker::Model" api:"CreateModel"`
	ModelName value.String `aws:"ModelName" tf:"name"`
	VPCConfig VPCConfig    `aws:"VpcConfig"`
}

// A ProductionVariant is one model of an endpoint. AWS: API_ProductionVariant.
type ProductionVariant struct {
	Block
	ModelName        value.String `aws:"ModelName"`
	ServerlessConfig Presence     `aws:"ServerlessConfig"`
}

// An EndpointConfig is what an endpoint runs. Its own VPC counts only for variants without a model, which host inference
// components; Terraform's aws provider can't set it. AWS: API_CreateEndpointConfig.
type EndpointConfig struct {
	Meta               `tf:"aws_sagemaker_endpoint_configuration" aws:"AWS::SageMaker::EndpointConfig" api:"CreateEndpointConfig"`
	ProductionVariants []ProductionVariant `aws:"ProductionVariants"`
	VPCConfig          VPCConfig           `aws:"VpcConfig" tf:"-"`
}

// A NotebookInstance is a managed Jupyter server. AWS: API_CreateNotebookInstance.
type NotebookInstance struct {
	Meta                 `tf:"aws_sagemaker_notebook_instance" aws:"AWS::SageMaker::NotebookInstance" api:"CreateNotebookInstance"`
	SubnetID             value.String  `aws:"SubnetId"`
	SecurityGroupIDs     value.Strings `aws:"SecurityGroupIds" tf:"security_groups"`
	DirectInternetAccess value.String  `aws:"DirectInternetAccess" default:"Enabled"`
}

// A Domain is a Studio domain. AWS: API_CreateDomain.
type Domain struct {
	Meta                 `tf:"aws_sagemaker_domain" aws:"AWS::SageMaker::Domain" api:"CreateDomain"`
	VPCID                value.String  `aws:"VpcId"`
	SubnetIDs            value.Strings `aws:"SubnetIds"`
	AppNetworkAccessType value.String  `aws:"AppNetworkAccessType" default:"PublicInternetOnly"`
	SecurityGroupIDs     value.Strings `aws:"DefaultUserSettings.SecurityGroups"`
}

// A DataQualityJobDefinition monitors data. AWS: API_CreateDataQualityJobDefinition.
type DataQualityJobDefinition struct {
	Meta          `tf:"aws_sagemaker_data_quality_job_definition" aws:"AWS::SageMaker::DataQualityJobDefinition" api:"CreateDataQualityJobDefinition"`
	NetworkConfig NetworkConfig `aws:"NetworkConfig"`
}

// A ModelQualityJobDefinition monitors predictions. AWS: API_CreateModelQualityJobDefinition.
type ModelQualityJobDefinition struct {
	Meta          `aws:"AWS::SageMaker::ModelQualityJobDefinition" api:"CreateModelQualityJobDefinition"`
	NetworkConfig NetworkConfig `aws:"NetworkConfig"`
}

// A ModelBiasJobDefinition monitors bias. AWS: API_CreateModelBiasJobDefinition.
type ModelBiasJobDefinition struct {
	Meta          `aws:"AWS::SageMaker::ModelBiasJobDefinition" api:"CreateModelBiasJobDefinition"`
	NetworkConfig NetworkConfig `aws:"NetworkConfig"`
}

// A ModelExplainabilityJobDefinition monitors attributions. AWS: API_CreateModelExplainabilityJobDefinition.
type ModelExplainabilityJobDefinition struct {
	Meta          `aws:"AWS::SageMaker::ModelExplainabilityJobDefinition" api:"CreateModelExplainabilityJobDefinition"`
	NetworkConfig NetworkConfig `aws:"NetworkConfig"`
}

// A MonitoringSchedule runs a monitoring job again and again; only an inline definition has a network of its own.
// AWS: API_CreateMonitoringSchedule.
type MonitoringSchedule struct {
	Meta          `tf:"aws_sagemaker_monitoring_schedule" aws:"AWS::SageMaker::MonitoringSchedule" api:"CreateMonitoringSchedule"`
	Definition    Presence      `aws:"MonitoringScheduleConfig.MonitoringJobDefinition"`
	NetworkConfig NetworkConfig `aws:"MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig"`
}

// An InstanceGroup is part of a HyperPod cluster. AWS: API_ClusterInstanceGroupSpecification.
type InstanceGroup struct {
	Block
	OverrideVPCConfig VPCConfig `aws:"OverrideVpcConfig"`
}

// A Cluster is a HyperPod cluster. AWS: API_CreateCluster.
type Cluster struct {
	Meta                     `aws:"AWS::SageMaker::Cluster" api:"CreateCluster"`
	VPCConfig                VPCConfig       `aws:"VpcConfig"`
	InstanceGroups           []InstanceGroup `aws:"InstanceGroups"`
	RestrictedInstanceGroups []InstanceGroup `aws:"RestrictedInstanceGroups"`
}

// A Workforce is who labels data. AWS: API_CreateWorkforce.
type Workforce struct {
	Meta             `tf:"aws_sagemaker_workforce" api:"CreateWorkforce"`
	Subnets          value.Strings `aws:"WorkforceVpcConfig.Subnets"`
	SecurityGroupIDs value.Strings `aws:"WorkforceVpcConfig.SecurityGroupIds"`
}

// Presence is a member of which only matters whether it is there.
type Presence struct{ value.Leaf }

// A Block is a nested struct that may be there in some worlds only.
type Block struct {
	// Body is the object that it was read from.
	Body value.Value
	// When is the world in which it is an element of its list.
	When value.World
}

func (b *Block) block(v value.Value)        { b.Body = v }
func (b *Block) condition(when value.World) { b.When = when }
