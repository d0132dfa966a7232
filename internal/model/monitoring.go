package model

import "github.com/vpclint/vpclint/internal/value"

// A DataQualityJobDefinition monitors data. AWS: API_CreateDataQualityJobDefinition.
type DataQualityJobDefinition struct {
	Meta           `tf:"aws_sagemaker_data_quality_job_definition" aws:"AWS::SageMaker::DataQualityJobDefinition" api:"CreateDataQualityJobDefinition" ack:"DataQualityJobDefinition"`
	NetworkConfig  NetworkConfig `aws:"NetworkConfig"`
	RoleARN        value.String  `aws:"RoleArn"`
	Cluster        ClusterConfig `aws:"JobResources.ClusterConfig"`
	OutputKMSKeyID value.String  `aws:"DataQualityJobOutputConfig.KmsKeyId"`
	App            Arguments     `aws:"DataQualityAppSpecification" tf:"-"`
	Environment    value.Map     `aws:"DataQualityAppSpecification.Environment"`
}

// A ModelQualityJobDefinition monitors predictions. AWS: API_CreateModelQualityJobDefinition.
type ModelQualityJobDefinition struct {
	Meta           `aws:"AWS::SageMaker::ModelQualityJobDefinition" api:"CreateModelQualityJobDefinition" ack:"ModelQualityJobDefinition"`
	NetworkConfig  NetworkConfig `aws:"NetworkConfig"`
	RoleARN        value.String  `aws:"RoleArn"`
	Cluster        ClusterConfig `aws:"JobResources.ClusterConfig"`
	OutputKMSKeyID value.String  `aws:"ModelQualityJobOutputConfig.KmsKeyId"`
	App            Arguments     `aws:"ModelQualityAppSpecification"`
	Environment    value.Map     `aws:"ModelQualityAppSpecification.Environment"`
}

// A ModelBiasJobDefinition monitors bias. AWS: API_CreateModelBiasJobDefinition.
type ModelBiasJobDefinition struct {
	Meta           `aws:"AWS::SageMaker::ModelBiasJobDefinition" api:"CreateModelBiasJobDefinition" ack:"ModelBiasJobDefinition"`
	NetworkConfig  NetworkConfig `aws:"NetworkConfig"`
	RoleARN        value.String  `aws:"RoleArn"`
	Cluster        ClusterConfig `aws:"JobResources.ClusterConfig"`
	OutputKMSKeyID value.String  `aws:"ModelBiasJobOutputConfig.KmsKeyId"`
	Environment    value.Map     `aws:"ModelBiasAppSpecification.Environment"`
}

// A ModelExplainabilityJobDefinition monitors attributions. AWS: API_CreateModelExplainabilityJobDefinition.
type ModelExplainabilityJobDefinition struct {
	Meta           `aws:"AWS::SageMaker::ModelExplainabilityJobDefinition" api:"CreateModelExplainabilityJobDefinition" ack:"ModelExplainabilityJobDefinition"`
	NetworkConfig  NetworkConfig `aws:"NetworkConfig"`
	RoleARN        value.String  `aws:"RoleArn"`
	Cluster        ClusterConfig `aws:"JobResources.ClusterConfig"`
	OutputKMSKeyID value.String  `aws:"ModelExplainabilityJobOutputConfig.KmsKeyId"`
	Environment    value.Map     `aws:"ModelExplainabilityAppSpecification.Environment"`
}

// A MonitoringSchedule runs a monitoring job again and again: one that is defined inline, with a network of its own, or
// one that is named. AWS: API_CreateMonitoringSchedule.
type MonitoringSchedule struct {
	Meta           `tf:"aws_sagemaker_monitoring_schedule" aws:"AWS::SageMaker::MonitoringSchedule" api:"CreateMonitoringSchedule" ack:"MonitoringSchedule"`
	Definition     MonitoringJobDefinition `aws:"MonitoringScheduleConfig.MonitoringJobDefinition"`
	DefinitionName value.String            `aws:"MonitoringScheduleConfig.MonitoringJobDefinitionName"`
}

// A MonitoringJobDefinition is an inline definition. AWS: API_MonitoringJobDefinition.
type MonitoringJobDefinition struct {
	Block
	NetworkConfig  NetworkConfig `aws:"NetworkConfig"`
	RoleARN        value.String  `aws:"RoleArn"`
	Cluster        ClusterConfig `aws:"MonitoringResources.ClusterConfig"`
	OutputKMSKeyID value.String  `aws:"MonitoringOutputConfig.KmsKeyId"`
	App            Arguments     `aws:"MonitoringAppSpecification"`
	Environment    value.Map     `aws:"Environment"`
}
