package jobconfig

// containerMembers are those by which a container of a model says what it runs.
var containerMembers = []string{"Image", "ModelPackageName", "ModelDataUrl", "ModelDataSource", "MultiModelConfig", "ContainerHostname"}

// operations are the requests of SageMaker that make something which runs, stores or reaches what runs. Of two that a
// document could be, the first counts.
var operations = []operation{
	{
		api: "CreateTrainingJob", name: "TrainingJobName", least: 2, instead: []string{"AlgorithmSpecification"}, nameless: 3,
		core: []member{
			{"AlgorithmSpecification", object, nil}, {"RoleArn", text, nil}, {"OutputDataConfig", object, nil},
			{"ResourceConfig", object, nil}, {"StoppingCondition", object, nil},
		},
	},
	{
		api: "CreateHyperParameterTuningJob", name: "HyperParameterTuningJobName", least: 1,
		instead: []string{"HyperParameterTuningJobConfig"}, nameless: 2,
		core: []member{
			{"HyperParameterTuningJobConfig", object, nil}, {"TrainingJobDefinition", object, nil},
			{"TrainingJobDefinitions", list, nil},
		},
	},
	{
		api: "CreateProcessingJob", name: "ProcessingJobName", least: 2,
		instead: []string{"ProcessingResources", "AppSpecification"}, nameless: 3,
		core: []member{
			{"ProcessingResources", object, nil}, {"AppSpecification", object, nil}, {"RoleArn", text, nil},
		},
	},
	{
		api: "CreateTransformJob", name: "TransformJobName", least: 2,
		instead: []string{"TransformResources", "TransformInput"}, nameless: 3,
		core: []member{
			{"TransformInput", object, nil}, {"TransformOutput", object, nil}, {"TransformResources", object, nil},
		},
	},
	{
		api: "CreateAutoMLJobV2", name: "AutoMLJobName", least: 2,
		core: []member{{"AutoMLJobInputDataConfig", list, nil}, {"AutoMLProblemTypeConfig", object, nil}},
	},
	{
		api: "CreateAutoMLJob", name: "AutoMLJobName", least: 2,
		core: []member{{"InputDataConfig", list, nil}, {"OutputDataConfig", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateLabelingJob", name: "LabelingJobName", least: 2, instead: []string{"HumanTaskConfig"}, nameless: 3,
		core: []member{{"HumanTaskConfig", object, nil}, {"InputConfig", object, nil}, {"OutputConfig", object, nil}},
	},
	{
		api: "CreateEdgePackagingJob", name: "EdgePackagingJobName", least: 2,
		core: []member{{"CompilationJobName", text, nil}, {"ModelName", text, nil}, {"OutputConfig", object, nil}},
	},
	{
		api: "CreateCompilationJob", name: "CompilationJobName", least: 2,
		core: []member{{"OutputConfig", object, nil}, {"StoppingCondition", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateOptimizationJob", name: "OptimizationJobName", least: 2,
		core: []member{{"ModelSource", object, nil}, {"OptimizationConfigs", list, nil}, {"OutputConfig", object, nil}},
	},
	{
		api: "CreateInferenceRecommendationsJob", name: "JobName", least: 3,
		core: []member{{"JobType", text, nil}, {"InputConfig", object, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateAIBenchmarkJob", name: "AIBenchmarkJobName", least: 2,
		core: []member{{"BenchmarkTarget", object, nil}, {"OutputConfig", object, nil}, {"AIWorkloadConfigIdentifier", text, nil}},
	},
	{
		api: "CreateJob", name: "JobName", least: 2,
		core: []member{{"JobCategory", text, nil}, {"JobConfigDocument", text, nil}, {"JobConfigSchemaVersion", text, nil}},
	},
	{
		api: "CreateModel", name: "ModelName", least: 1, instead: []string{"ExecutionRoleArn"}, nameless: 1,
		core: []member{
			{"PrimaryContainer", object, containerMembers}, {"Containers", list, containerMembers},
		},
	},
	{
		api: "CreateEndpointConfig", name: "EndpointConfigName", least: 1,
		core: []member{{"ProductionVariants", list, []string{"VariantName"}}},
	},
	{
		api: "CreateEndpoint", name: "EndpointName", least: 1, closed: true,
		core: []member{{"EndpointConfigName", text, nil}},
	},
	{
		api: "CreateInferenceComponent", name: "InferenceComponentName", least: 1,
		core: []member{{"Specification", object, nil}, {"Specifications", list, nil}},
	},
	{
		api: "CreateInferenceExperiment", name: "Name", tell: "ShadowModeConfig", least: 2,
		core: []member{{"ModelVariants", list, []string{"ModelName"}}, {"ShadowModeConfig", object, nil}},
	},
	{
		api: "CreateModelPackage", name: "ModelPackageGroupName", otherName: "ModelPackageName", least: 1,
		core: []member{
			{"InferenceSpecification", object, []string{"Containers"}},
			{"SourceAlgorithmSpecification", object, []string{"SourceAlgorithms"}},
		},
	},
	{
		api: "CreateAlgorithm", name: "AlgorithmName", least: 1,
		core: []member{{"TrainingSpecification", object, []string{"TrainingImage"}}},
	},
	{
		api: "CreateModelCard", name: "ModelCardName", least: 2,
		core: []member{{"Content", text, nil}, {"ModelCardStatus", text, nil}},
	},
	{
		api: "CreateDeviceFleet", name: "DeviceFleetName", least: 1,
		core: []member{{"OutputConfig", object, []string{"S3OutputLocation"}}},
	},
	{
		api: "CreateNotebookInstance", name: "NotebookInstanceName", least: 2,
		instead: []string{"DirectInternetAccess"}, nameless: 2,
		core: []member{{"InstanceType", text, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateNotebookInstanceLifecycleConfig", name: "NotebookInstanceLifecycleConfigName", least: 1,
		core: []member{{"OnCreate", list, []string{"Content"}}, {"OnStart", list, []string{"Content"}}},
	},
	{
		api: "CreateDomain", name: "DomainName", least: 2, instead: []string{"DefaultUserSettings", "SubnetIds", "VpcId"}, nameless: 2,
		core: []member{{"AuthMode", text, nil}, {"DefaultUserSettings", object, nil}},
	},
	{
		// Who describes, deletes or opens one of these three names as much of it: hence the settings, too.
		api: "CreateUserProfile", name: "UserProfileName", least: 2,
		core: []member{{"DomainId", text, nil}, {"UserSettings", object, nil}, {"SingleSignOnUserValue", text, nil}},
	},
	{
		api: "CreateSpace", name: "SpaceName", least: 2,
		core: []member{
			{"DomainId", text, nil}, {"SpaceSettings", object, nil}, {"OwnershipSettings", object, nil},
			{"SpaceSharingSettings", object, nil},
		},
	},
	{
		api: "CreateApp", name: "AppName", least: 3,
		core: []member{{"DomainId", text, nil}, {"AppType", text, nil}, {"ResourceSpec", object, nil}},
	},
	{
		api: "CreateStudioLifecycleConfig", name: "StudioLifecycleConfigName", least: 2,
		core: []member{{"StudioLifecycleConfigContent", text, nil}, {"StudioLifecycleConfigAppType", text, nil}},
	},
	{
		api: "CreateCodeRepository", name: "CodeRepositoryName", least: 1,
		core: []member{{"GitConfig", object, []string{"RepositoryUrl"}}},
	},
	{
		api: "CreateImage", name: "ImageName", least: 1, closed: true,
		core: []member{{"RoleArn", text, nil}},
	},
	{
		api: "CreateProject", name: "ProjectName", least: 1,
		core: []member{
			{"ServiceCatalogProvisioningDetails", object, nil}, {"TemplateProviders", list, []string{"CfnTemplateProvider"}},
		},
	},
	{
		api: "CreatePartnerApp", name: "Name", tell: "AuthType", least: 4, closed: true,
		core: []member{{"Type", text, nil}, {"Tier", text, nil}, {"AuthType", text, nil}, {"ExecutionRoleArn", text, nil}},
	},
	{
		api: "CreateMlflowTrackingServer", name: "TrackingServerName", least: 2,
		core: []member{{"ArtifactStoreUri", text, nil}, {"RoleArn", text, nil}},
	},
	{
		api: "CreateMlflowApp", name: "Name", tell: "ArtifactStoreUri", least: 2, closed: true,
		core: []member{{"ArtifactStoreUri", text, nil}, {"RoleArn", text, nil}},
	},
	jobDefinition("DataQuality"),
	jobDefinition("ModelQuality"),
	jobDefinition("ModelBias"),
	jobDefinition("ModelExplainability"),
	{
		api: "CreateMonitoringSchedule", name: "MonitoringScheduleName", least: 1,
		core: []member{{"MonitoringScheduleConfig", object, nil}},
	},
	{
		// Without a name and a VPC it could as well be what a cluster is updated with.
		api: "CreateCluster", name: "ClusterName", least: 1, instead: []string{"InstanceGroups", "VpcConfig"}, nameless: 1,
		core: []member{{"InstanceGroups", list, clusterGroupMembers}, {"RestrictedInstanceGroups", list, clusterGroupMembers}},
	},
	{
		api: "CreateWorkforce", name: "WorkforceName", least: 1,
		core: []member{{"CognitoConfig", object, nil}, {"OidcConfig", object, nil}},
	},
	{
		api: "CreateWorkteam", name: "WorkteamName", least: 1,
		core: []member{{"MemberDefinitions", list, []string{"CognitoMemberDefinition", "OidcMemberDefinition"}}},
	},
	{
		api: "CreateFlowDefinition", name: "FlowDefinitionName", least: 2,
		core: []member{{"OutputConfig", object, nil}, {"RoleArn", text, nil}, {"HumanLoopConfig", object, nil}},
	},
	{
		api: "CreateFeatureGroup", name: "FeatureGroupName", least: 2,
		core: []member{
			{"FeatureDefinitions", list, []string{"FeatureName"}}, {"RecordIdentifierFeatureName", text, nil},
			{"EventTimeFeatureName", text, nil},
		},
	},
	{
		// A definition is a text; who has yet to make one of it writes the object.
		api: "CreatePipeline", name: "PipelineName", least: 2,
		core: []member{
			{"PipelineDefinition", text, nil}, {"PipelineDefinition", object, []string{"Steps"}},
			{"PipelineDefinitionS3Location", object, nil}, {"RoleArn", text, nil},
		},
	},
	{
		api: "StartPipelineExecution", name: "PipelineName", least: 1,
		core: []member{{"PipelineParameters", list, []string{"Name"}}},
	},
}

// clusterGroupMembers tell a HyperPod cluster's groups from those of EMR, which have names and counts as well.
var clusterGroupMembers = []string{"ExecutionRole", "LifeCycleConfig"}

// jobDefinition is one of the four definitions of monitoring jobs, which differ in a prefix.
func jobDefinition(kind string) operation {
	return operation{
		api: "Create" + kind + "JobDefinition", name: "JobDefinitionName", least: 2,
		instead: []string{kind + "AppSpecification"}, nameless: 3,
		core: []member{
			{kind + "AppSpecification", object, nil}, {kind + "JobInput", object, nil}, {kind + "JobOutputConfig", object, nil},
		},
	}
}

// requestMarks are words of which every request above holds one, each as long as can be.
var requestMarks = []string{
	"JobName", "AlgorithmSpecification", "HyperParameterTuningJobConfig", "HumanTaskConfig", "ProcessingResources", "TransformResources", "PrimaryContainer", "Containers",
	"ProductionVariants", "EndpointConfigName", "InferenceComponentName", "ShadowModeConfig", "InferenceSpecification",
	"SourceAlgorithmSpecification", "TrainingSpecification", "ModelCardStatus", "DeviceFleetName", "NotebookInstance", "DirectInternetAccess",
	"DefaultUserSettings", "UserProfileName", "SpaceName", "AppType", "StudioLifecycleConfig", "CodeRepositoryName", "ImageName",
	"ServiceCatalogProvisioningDetails", "TemplateProviders", "ExecutionRoleArn", "ArtifactStoreUri", "JobDefinitionName", "AppSpecification",
	"MonitoringScheduleName", "InstanceGroups", "WorkforceName", "WorkteamName", "FlowDefinitionName", "FeatureGroupName",
	"PipelineName",
}
