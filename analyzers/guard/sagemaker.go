package guard

import (
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Key is a condition key of SageMaker's.
type Key struct {
	// Name is the key in AWS's spelling. Names compare without case; "${TagKey}" in one stands for any text.
	Name string
	// Type is that of its values: "String", "ARN", "Bool", "Numeric", "ArrayOfString" or "ArrayOfARN".
	Type string
	// ReplacedBy is the key that goes in its place; empty unless AWS has deprecated it.
	ReplacedBy string
	// Reach says which requests may have it.
	Reach Reach
}

// A Reach says which requests may have a key.
type Reach uint8

// The reaches.
const (
	// ByAction are requests for the actions that support the key.
	ByAction Reach = iota
	// ByResource are requests for any of SageMaker's actions: the key is one of the resource that is asked for.
	ByResource
	// BySession are requests for anything of any service: the key tells in which session of Studio they are made.
	BySession
)

// Is reports whether a name is the key's.
func (k Key) Is(name string) bool { return matchesKey(k.Name, name) }

// sagemakerKeys are the keys that policies on SageMaker's actions may use. AWS: service authorization reference, "Actions,
// resources, and condition keys for Amazon SageMaker AI".
var sagemakerKeys = [...]Key{
	{Name: "aws:RequestTag/${TagKey}", Type: "String"},
	{Name: "aws:ResourceTag/${TagKey}", Type: "String"},
	{Name: "aws:TagKeys", Type: "ArrayOfString"},
	{Name: "sagemaker:AcceleratorTypes", Type: "ArrayOfString"},
	{Name: "sagemaker:AppNetworkAccessType", Type: "String"},
	{Name: "sagemaker:AuthMode", Type: "String"},
	{Name: "sagemaker:BearerTokenType", Type: "String"},
	{Name: "sagemaker:CurrentCustomerMetadataProperties/${MetadataKey}", Type: "String"},
	{Name: "sagemaker:CurrentModelLifeCycleStage", Type: "String"},
	{Name: "sagemaker:CurrentModelLifeCycleStageStatus", Type: "String"},
	{Name: "sagemaker:CustomerMetadataProperties/${MetadataKey}", Type: "String"},
	{Name: "sagemaker:CustomerMetadataPropertiesToRemove", Type: "ArrayOfString"},
	{Name: "sagemaker:DirectGatedModelAccess", Type: "String"},
	{Name: "sagemaker:DirectInternetAccess", Type: "String"},
	{Name: "sagemaker:DomainId", Type: "String", Reach: BySession},
	{Name: "sagemaker:DomainSharingOutputKmsKey", Type: "ARN", ReplacedBy: "sagemaker:DomainSharingOutputKmsKeyArn"},
	{Name: "sagemaker:DomainSharingOutputKmsKeyArn", Type: "ARN"},
	{Name: "sagemaker:EnableRemoteDebug", Type: "Bool"},
	{Name: "sagemaker:FeatureGroupDisableGlueTableCreation", Type: "Bool"},
	{Name: "sagemaker:FeatureGroupEnableOnlineStore", Type: "Bool"},
	{Name: "sagemaker:FeatureGroupOfflineStoreConfig", Type: "Bool"},
	{Name: "sagemaker:FeatureGroupOfflineStoreKmsKey", Type: "ARN", ReplacedBy: "sagemaker:FeatureGroupOfflineStoreKmsKeyArn"},
	{Name: "sagemaker:FeatureGroupOfflineStoreKmsKeyArn", Type: "ARN"},
	{Name: "sagemaker:FeatureGroupOfflineStoreS3Uri", Type: "String"},
	{Name: "sagemaker:FeatureGroupOnlineStoreKmsKey", Type: "ARN", ReplacedBy: "sagemaker:FeatureGroupOnlineStoreKmsKeyArn"},
	{Name: "sagemaker:FeatureGroupOnlineStoreKmsKeyArn", Type: "ARN"},
	{Name: "sagemaker:FileSystemAccessMode", Type: "String"},
	{Name: "sagemaker:FileSystemDirectoryPath", Type: "String"},
	{Name: "sagemaker:FileSystemId", Type: "String"},
	{Name: "sagemaker:FileSystemType", Type: "String"},
	{Name: "sagemaker:HomeEfsFileSystemKmsKey", Type: "ARN", ReplacedBy: "sagemaker:VolumeKmsKeyArn"},
	{Name: "sagemaker:ImageArns", Type: "ArrayOfARN"},
	{Name: "sagemaker:ImageVersionArns", Type: "ArrayOfARN"},
	{Name: "sagemaker:InstanceTypes", Type: "ArrayOfString"},
	{Name: "sagemaker:InterContainerTrafficEncryption", Type: "Bool"},
	{Name: "sagemaker:IsUpdateRecord", Type: "Bool"},
	{Name: "sagemaker:KeepAlivePeriod", Type: "Numeric"},
	{Name: "sagemaker:MaxRuntimeInSeconds", Type: "Numeric"},
	{Name: "sagemaker:MinimumInstanceMetadataServiceVersion", Type: "String"},
	{Name: "sagemaker:ModelApprovalStatus", Type: "String"},
	{Name: "sagemaker:ModelArn", Type: "ARN"},
	{Name: "sagemaker:ModelLifeCycle:Stage", Type: "String"},
	{Name: "sagemaker:ModelLifeCycle:StageStatus", Type: "String"},
	{Name: "sagemaker:NetworkIsolation", Type: "Bool"},
	{Name: "sagemaker:NotebookInstanceLifecycleConfigArns", Type: "ArrayOfARN"},
	{Name: "sagemaker:OutputKmsKey", Type: "ARN", ReplacedBy: "sagemaker:OutputKmsKeyArn"},
	{Name: "sagemaker:OutputKmsKeyArn", Type: "ARN"},
	{Name: "sagemaker:OwnerUserProfileArn", Type: "ARN"},
	{Name: "sagemaker:PipelineVersionId", Type: "String"},
	{Name: "sagemaker:RemoteAccess", Type: "String"},
	{Name: "sagemaker:ResourceTag/", Type: "String", Reach: ByResource},
	{Name: "sagemaker:ResourceTag/${TagKey}", Type: "String", Reach: ByResource},
	{Name: "sagemaker:RootAccess", Type: "String"},
	{Name: "sagemaker:SearchVisibilityCondition/${FilterKey}", Type: "String"},
	{Name: "sagemaker:ServerlessMaxConcurrency", Type: "Numeric"},
	{Name: "sagemaker:ServerlessMemorySize", Type: "Numeric"},
	{Name: "sagemaker:SpaceSharingType", Type: "String"},
	{Name: "sagemaker:StudioLifecycleConfigArns", Type: "ArrayOfARN"},
	{Name: "sagemaker:TaggingAction", Type: "String"},
	{Name: "sagemaker:TargetModel", Type: "String"},
	{Name: "sagemaker:UpdatableFeatures", Type: "ArrayOfString"},
	{Name: "sagemaker:UserProfileName", Type: "String", Reach: BySession},
	{Name: "sagemaker:VolumeKmsKey", Type: "ARN", ReplacedBy: "sagemaker:VolumeKmsKeyArn"},
	{Name: "sagemaker:VolumeKmsKeyArn", Type: "ARN"},
	{Name: "sagemaker:VpcSecurityGroupIds", Type: "ArrayOfString"},
	{Name: "sagemaker:VpcSubnets", Type: "ArrayOfString"},
	{Name: "sagemaker:WorkteamArn", Type: "ARN"},
	{Name: "sagemaker:WorkteamType", Type: "String"},
}

// sagemakerActions are the actions that support keys of SageMaker's own, by their names without "sagemaker:", each with the
// keys without that prefix. The others support none. AWS: as above.
var sagemakerActions = [...]struct{ name, keys string }{
	{"AddTags", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus TaggingAction"},
	{"BatchDescribeModelPackage", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus"},
	{"CallWithBearerToken", "BearerTokenType"},
	{"CreateApp", "ImageArns ImageVersionArns InstanceTypes OwnerUserProfileArn SpaceSharingType StudioLifecycleConfigArns"},
	{"CreateAutoMLJob", "InterContainerTrafficEncryption OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateAutoMLJobV2", "InterContainerTrafficEncryption OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateCluster", "InstanceTypes VpcSecurityGroupIds VpcSubnets"},
	{"CreateDataQualityJobDefinition", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateDomain", "AppNetworkAccessType AuthMode DomainSharingOutputKmsKeyArn ImageArns ImageVersionArns InstanceTypes StudioLifecycleConfigArns VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateEndpointConfig", "AcceleratorTypes InstanceTypes ModelArn NetworkIsolation ServerlessMaxConcurrency ServerlessMemorySize VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateFeatureGroup", "FeatureGroupDisableGlueTableCreation FeatureGroupEnableOnlineStore FeatureGroupOfflineStoreConfig FeatureGroupOfflineStoreKmsKeyArn FeatureGroupOfflineStoreS3Uri FeatureGroupOnlineStoreKmsKeyArn"},
	{"CreateFlowDefinition", "WorkteamArn WorkteamType"},
	{"CreateHyperParameterTuningJob", "FileSystemAccessMode FileSystemDirectoryPath FileSystemId FileSystemType InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateInferenceComponent", "ModelArn"},
	{"CreateJob", "OutputKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateLabelingJob", "OutputKmsKeyArn VolumeKmsKeyArn WorkteamArn WorkteamType"},
	{"CreateMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"CreateModel", "DirectGatedModelAccess NetworkIsolation VpcSecurityGroupIds VpcSubnets"},
	{"CreateModelBiasJobDefinition", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateModelExplainabilityJobDefinition", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateModelPackage", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus CustomerMetadataProperties/${MetadataKey} ModelApprovalStatus ModelLifeCycle:Stage ModelLifeCycle:StageStatus"},
	{"CreateModelQualityJobDefinition", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateMonitoringSchedule", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateNotebookInstance", "AcceleratorTypes DirectInternetAccess InstanceTypes MinimumInstanceMetadataServiceVersion NotebookInstanceLifecycleConfigArns RootAccess VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreatePresignedMlflowTrackingServerUrl", "ResourceTag/${TagKey}"},
	{"CreateProcessingJob", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateSpace", "ImageArns ImageVersionArns InstanceTypes OwnerUserProfileArn RemoteAccess SpaceSharingType StudioLifecycleConfigArns"},
	{"CreateTrainingJob", "DirectGatedModelAccess EnableRemoteDebug FileSystemAccessMode FileSystemDirectoryPath FileSystemId FileSystemType InstanceTypes InterContainerTrafficEncryption KeepAlivePeriod MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"CreateTransformJob", "InstanceTypes ModelArn OutputKmsKeyArn VolumeKmsKeyArn"},
	{"CreateUserProfile", "DomainSharingOutputKmsKeyArn ImageArns ImageVersionArns InstanceTypes StudioLifecycleConfigArns VpcSecurityGroupIds"},
	{"DeleteApp", "OwnerUserProfileArn SpaceSharingType"},
	{"DeleteMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"DeleteModelPackage", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus"},
	{"DeleteSpace", "OwnerUserProfileArn SpaceSharingType"},
	{"DeleteTags", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus"},
	{"DescribeMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"DescribeModelPackage", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus"},
	{"DescribePipeline", "PipelineVersionId"},
	{"InvokeEndpoint", "TargetModel"},
	{"ListTags", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus"},
	{"PutRecord", "IsUpdateRecord UpdatableFeatures"},
	{"Search", "SearchVisibilityCondition/${FilterKey}"},
	{"StartMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"StartPipelineExecution", "PipelineVersionId"},
	{"StopMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"UpdateCluster", "InstanceTypes VpcSecurityGroupIds VpcSubnets"},
	{"UpdateDomain", "AppNetworkAccessType DomainSharingOutputKmsKeyArn ImageArns ImageVersionArns InstanceTypes StudioLifecycleConfigArns VpcSecurityGroupIds VpcSubnets"},
	{"UpdateMlflowTrackingServer", "ResourceTag/${TagKey}"},
	{"UpdateModelPackage", "CurrentCustomerMetadataProperties/${MetadataKey} CurrentModelLifeCycleStage CurrentModelLifeCycleStageStatus CustomerMetadataProperties/${MetadataKey} CustomerMetadataPropertiesToRemove ModelApprovalStatus ModelLifeCycle:Stage ModelLifeCycle:StageStatus"},
	{"UpdateMonitoringSchedule", "InstanceTypes InterContainerTrafficEncryption MaxRuntimeInSeconds NetworkIsolation OutputKmsKeyArn VolumeKmsKeyArn VpcSecurityGroupIds VpcSubnets"},
	{"UpdateNotebookInstance", "AcceleratorTypes InstanceTypes MinimumInstanceMetadataServiceVersion NotebookInstanceLifecycleConfigArns RootAccess"},
	{"UpdatePipelineVersion", "PipelineVersionId"},
	{"UpdateSpace", "ImageArns ImageVersionArns InstanceTypes OwnerUserProfileArn RemoteAccess SpaceSharingType StudioLifecycleConfigArns"},
	{"UpdateTrainingJob", "EnableRemoteDebug InstanceTypes KeepAlivePeriod"},
	{"UpdateUserProfile", "DomainSharingOutputKmsKeyArn ImageArns ImageVersionArns InstanceTypes StudioLifecycleConfigArns VpcSecurityGroupIds"},
}

// VPCSubnets and VPCSecurityGroupIDs are the keys that tell where a workload is placed. A request that places it nowhere has
// neither.
const (
	VPCSubnets          = "sagemaker:VpcSubnets"
	VPCSecurityGroupIDs = "sagemaker:VpcSecurityGroupIds"
)

// SageMakerKeys returns the condition keys of SageMaker's that there are.
func SageMakerKeys() []Key { return sagemakerKeys[:] }

// Supporting returns the actions that support a key of SageMaker's, in the order of their names: "sagemaker:CreateModel".
func Supporting(key string) []string {
	var out []string
	for _, a := range sagemakerActions {
		if supports(a.keys, key) {
			out = append(out, "sagemaker:"+a.name)
		}
	}
	return out
}

// Supports reports whether an action supports a key of SageMaker's. Both compare without case.
func Supports(action, key string) bool {
	if len(action) <= len(service) || !strings.EqualFold(action[:len(service)], service) {
		return false
	}
	for _, a := range sagemakerActions {
		if strings.EqualFold(a.name, action[len(service):]) {
			return supports(a.keys, key)
		}
	}
	return false
}

func supports(keys, key string) bool {
	if len(key) < len(service) || !strings.EqualFold(key[:len(service)], service) {
		return false
	}
	for name := range strings.FieldsSeq(keys) {
		if matchesKey(name, key[len(service):]) {
			return true
		}
	}
	return false
}

// matchesKey reports whether a name is that of a key, "${TagKey}" in which stands for any text.
func matchesKey(key, name string) bool {
	prefix, _, any := strings.Cut(key, "${")
	if any {
		return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
	}
	return strings.EqualFold(prefix, name)
}

// SageMakerKey returns the key of SageMaker's that a name is one of; false where there is none.
func SageMakerKey(name string) (Key, bool) {
	for _, k := range sagemakerKeys {
		if k.Is(name) {
			return k, true
		}
	}
	return Key{}, false
}

// Reached says in which worlds a statement is for some request that may have a key.
func (s *Statement) Reached(key Key) value.Truth {
	switch key.Reach {
	case BySession:
		return value.Yes()
	case ByResource:
		return s.Actions.Touches(Glob("sagemaker:*")).Holds
	}
	some := value.No()
	for _, action := range Supporting(key.Name) {
		if some = some.Or(s.Actions.Touches(Glob(action)).Holds); some.Known() == tri.True {
			break
		}
	}
	return some
}
