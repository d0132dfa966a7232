package audit

// An answer is what one describe operation of SageMaker's says about what a create operation has made. Most members are
// those of the request, by the names that they have there.
type answer struct {
	// api is the operation that made it.
	api string
	// name and arn are the members that identify it.
	name, arn string
	// always are members of the request that every answer has, and no summary in a list.
	always []string
	// place are the members about the network and the isolation, by which what a query has picked of an answer is known.
	place []string
	// untold are members of the request that no answer has.
	untold []string
	// renamed are those that the answer calls by another name.
	renamed []renaming
}

// A renaming is a member's name in the answer, and in the request.
type renaming struct{ answer, request string }

// answers are those that are read. They follow from SageMaker's service model, and a test holds them against it.
var answers = []answer{
	{
		api: "CreateTrainingJob", name: "TrainingJobName", arn: "TrainingJobArn",
		always: []string{"RoleArn", "OutputDataConfig"},
		place:  []string{"VpcConfig", "EnableNetworkIsolation"},
		untold: []string{"SessionChainingConfig"},
	},
	{
		api: "CreateHyperParameterTuningJob", name: "HyperParameterTuningJobName", arn: "HyperParameterTuningJobArn",
		always: []string{"HyperParameterTuningJobConfig"},
	},
	{
		api: "CreateProcessingJob", name: "ProcessingJobName", arn: "ProcessingJobArn",
		always: []string{"ProcessingResources", "AppSpecification", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateTransformJob", name: "TransformJobName", arn: "TransformJobArn",
		always: []string{"ModelName", "TransformInput", "TransformOutput", "TransformResources"},
	},
	{
		api: "CreateAutoMLJob", name: "AutoMLJobName", arn: "AutoMLJobArn",
		always: []string{"InputDataConfig", "OutputDataConfig", "RoleArn"},
	},
	{
		api: "CreateAutoMLJobV2", name: "AutoMLJobName", arn: "AutoMLJobArn",
		always: []string{"AutoMLJobInputDataConfig", "OutputDataConfig", "AutoMLProblemTypeConfig", "RoleArn"},
		place:  []string{"SecurityConfig"},
	},
	{
		api: "CreateLabelingJob", name: "LabelingJobName", arn: "LabelingJobArn",
		always: []string{"LabelAttributeName", "OutputConfig", "RoleArn", "HumanTaskConfig"},
	},
	{
		api: "CreateCompilationJob", name: "CompilationJobName", arn: "CompilationJobArn",
		always: []string{"RoleArn", "OutputConfig", "StoppingCondition"},
		place:  []string{"VpcConfig"},
	},
	{
		api: "CreateEdgePackagingJob", name: "EdgePackagingJobName", arn: "EdgePackagingJobArn",
		always: []string{"RoleArn", "OutputConfig"},
	},
	{
		api: "CreateOptimizationJob", name: "OptimizationJobName", arn: "OptimizationJobArn",
		always: []string{"RoleArn", "ModelSource", "OptimizationConfigs", "OutputConfig", "StoppingCondition"},
		place:  []string{"VpcConfig"},
	},
	{
		api: "CreateInferenceRecommendationsJob", name: "JobName", arn: "JobArn",
		always: []string{"InputConfig"},
		untold: []string{"OutputConfig"},
	},
	{
		api: "CreateAIBenchmarkJob", name: "AIBenchmarkJobName", arn: "AIBenchmarkJobArn",
		always: []string{"BenchmarkTarget", "OutputConfig", "AIWorkloadConfigIdentifier", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateModel", name: "ModelName", arn: "ModelArn",
		always: []string{"ExecutionRoleArn"},
		place:  []string{"VpcConfig", "EnableNetworkIsolation"},
	},
	{
		api: "CreateEndpointConfig", name: "EndpointConfigName", arn: "EndpointConfigArn",
		always: []string{"ProductionVariants"},
		place:  []string{"VpcConfig", "EnableNetworkIsolation"},
	},
	{
		api: "CreateEndpoint", name: "EndpointName", arn: "EndpointArn",
		always: []string{"EndpointConfigName"},
		untold: []string{"DeploymentConfig"},
	},
	{
		api: "CreateNotebookInstance", name: "NotebookInstanceName", arn: "NotebookInstanceArn",
		always:  []string{"RoleArn", "InstanceType"},
		place:   []string{"SubnetId", "DirectInternetAccess"},
		renamed: []renaming{{"SecurityGroups", "SecurityGroupIds"}, {"NotebookInstanceLifecycleConfigName", "LifecycleConfigName"}},
	},
	{
		api: "CreateDomain", name: "DomainName", arn: "DomainArn",
		always: []string{"AuthMode", "DefaultUserSettings", "SubnetIds"},
		place:  []string{"SubnetIds", "AppNetworkAccessType"},
	},
	{
		api: "CreateUserProfile", name: "UserProfileName", arn: "UserProfileArn",
		always: []string{"DomainId"},
	},
	{
		api: "CreateSpace", name: "SpaceName", arn: "SpaceArn",
		always: []string{"DomainId"},
	},
	{
		api: "CreateCluster", name: "ClusterName", arn: "ClusterArn",
		always: []string{"InstanceGroups"},
		place:  []string{"VpcConfig"},
	},
	{
		api: "CreateDataQualityJobDefinition", name: "JobDefinitionName", arn: "JobDefinitionArn",
		always: []string{"DataQualityAppSpecification", "DataQualityJobInput", "DataQualityJobOutputConfig", "JobResources", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateModelQualityJobDefinition", name: "JobDefinitionName", arn: "JobDefinitionArn",
		always: []string{"ModelQualityAppSpecification", "ModelQualityJobInput", "ModelQualityJobOutputConfig", "JobResources", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateModelBiasJobDefinition", name: "JobDefinitionName", arn: "JobDefinitionArn",
		always: []string{"ModelBiasAppSpecification", "ModelBiasJobInput", "ModelBiasJobOutputConfig", "JobResources", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateModelExplainabilityJobDefinition", name: "JobDefinitionName", arn: "JobDefinitionArn",
		always: []string{"ModelExplainabilityAppSpecification", "ModelExplainabilityJobInput", "ModelExplainabilityJobOutputConfig", "JobResources", "RoleArn"},
		place:  []string{"NetworkConfig"},
	},
	{
		api: "CreateMonitoringSchedule", name: "MonitoringScheduleName", arn: "MonitoringScheduleArn",
		always: []string{"MonitoringScheduleConfig"},
	},
	{
		api: "CreatePipeline", name: "PipelineName", arn: "PipelineArn",
		always: []string{"PipelineDefinition", "RoleArn"},
		untold: []string{"PipelineDefinitionS3Location"},
	},
	{
		// It stands in a member Workforce, and has no time of creation by that name.
		api: "CreateWorkforce", name: "WorkforceName", arn: "WorkforceArn",
		always: []string{"CreateDate"},
		place:  []string{"WorkforceVpcConfig"},
	},
}

// groupRenamings are those of the groups of a cluster's answer. A group is asked to have as many instances as TargetCount
// says; how many there are at the moment is no setting.
var groupRenamings = []renaming{{"TargetCount", "InstanceCount"}, {"CurrentCount", "InstanceCount"}}
