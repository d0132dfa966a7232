package model

import "github.com/vpclint/vpclint/internal/value"

// A Trail records who did what. CloudFormation and Terraform say whether it is logging; by the API that is an operation of
// its own, so that a request to create one says nothing about it, and isn't read. AWS: AWS::CloudTrail::Trail.
type Trail struct {
	Meta                       `tf:"aws_cloudtrail" aws:"AWS::CloudTrail::Trail"`
	TrailName                  value.String            `aws:"TrailName" tf:"name"`
	IsLogging                  value.Bool              `aws:"IsLogging" tf:"enable_logging" default:"true"`
	IsMultiRegionTrail         value.Bool              `aws:"IsMultiRegionTrail" default:"false"`
	IsOrganizationTrail        value.Bool              `aws:"IsOrganizationTrail" default:"false"`
	IncludeGlobalServiceEvents value.Bool              `aws:"IncludeGlobalServiceEvents"`
	EnableLogFileValidation    value.Bool              `aws:"EnableLogFileValidation" default:"false"`
	S3BucketName               value.String            `aws:"S3BucketName"`
	KMSKeyID                   value.String            `aws:"KMSKeyId"`
	EventSelectors             []EventSelector         `aws:"EventSelectors" tf:"event_selector"`
	AdvancedEventSelectors     []AdvancedEventSelector `aws:"AdvancedEventSelectors" tf:"advanced_event_selector"`
}

// An EventSelector says which events a trail records. AWS: CloudTrail API_EventSelector.
type EventSelector struct {
	Block
	ReadWriteType           value.String   `aws:"ReadWriteType" default:"All"`
	IncludeManagementEvents value.Bool     `aws:"IncludeManagementEvents" default:"true"`
	DataResources           []DataResource `aws:"DataResources" tf:"data_resource"`
}

// A DataResource is data whose use a trail records. AWS: CloudTrail API_DataResource.
type DataResource struct {
	Block
	Type   value.String  `aws:"Type"`
	Values value.Strings `aws:"Values"`
}

// An AdvancedEventSelector says it by the fields of events, all of which must match. AWS: CloudTrail API_AdvancedEventSelector.
type AdvancedEventSelector struct {
	Block
	Name           value.String    `aws:"Name"`
	FieldSelectors []FieldSelector `aws:"FieldSelectors" tf:"field_selector"`
}

// A FieldSelector is a condition on one field. AWS: CloudTrail API_AdvancedFieldSelector.
type FieldSelector struct {
	Block
	Field         value.String  `aws:"Field"`
	Equals        value.Strings `aws:"Equals"`
	StartsWith    value.Strings `aws:"StartsWith"`
	EndsWith      value.Strings `aws:"EndsWith"`
	NotEquals     value.Strings `aws:"NotEquals"`
	NotStartsWith value.Strings `aws:"NotStartsWith"`
	NotEndsWith   value.Strings `aws:"NotEndsWith"`
}
