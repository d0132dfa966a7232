package python

// An operation is a method of the boto3 client for SageMaker whose request has members of the network, or keys of a workload.
type operation struct {
	name string
	// typical are members by which a request is told from those of other services, where the receiver isn't known.
	typical []string
	// common tells a method name that clients of other services have too.
	common bool
}

// operations are the methods by name: botocore 1.43.11's complete list of creating requests with network members, and those
// of jobs and experiments whose placement is a model's, and which name keys of their own.
var operations = map[string]operation{
	"create_training_job":    {name: "CreateTrainingJob", typical: []string{"TrainingJobName", "AlgorithmSpecification"}},
	"create_processing_job":  {name: "CreateProcessingJob", typical: []string{"ProcessingJobName", "ProcessingResources"}},
	"create_model":           {name: "CreateModel", typical: []string{"ExecutionRoleArn", "PrimaryContainer", "Containers"}, common: true},
	"create_endpoint_config": {name: "CreateEndpointConfig", typical: []string{"EndpointConfigName", "ProductionVariants"}},
	"create_hyper_parameter_tuning_job": {
		name:    "CreateHyperParameterTuningJob",
		typical: []string{"HyperParameterTuningJobName", "HyperParameterTuningJobConfig"},
	},
	"create_auto_ml_job":      {name: "CreateAutoMLJob", typical: []string{"AutoMLJobName", "AutoMLJobConfig", "InputDataConfig"}},
	"create_auto_ml_job_v2":   {name: "CreateAutoMLJobV2", typical: []string{"AutoMLJobName", "AutoMLProblemTypeConfig"}},
	"create_compilation_job":  {name: "CreateCompilationJob", typical: []string{"CompilationJobName"}},
	"create_optimization_job": {name: "CreateOptimizationJob", typical: []string{"OptimizationJobName"}},
	"create_cluster":          {name: "CreateCluster", typical: []string{"InstanceGroups", "RestrictedInstanceGroups"}, common: true},
	"create_notebook_instance": {
		name: "CreateNotebookInstance", typical: []string{"NotebookInstanceName"},
	},
	"create_domain":       {name: "CreateDomain", typical: []string{"DefaultUserSettings", "AppNetworkAccessType"}, common: true},
	"create_user_profile": {name: "CreateUserProfile", typical: []string{"UserProfileName", "DomainId"}, common: true},
	"create_data_quality_job_definition": {
		name: "CreateDataQualityJobDefinition", typical: []string{"JobDefinitionName"},
	},
	"create_model_quality_job_definition": {
		name: "CreateModelQualityJobDefinition", typical: []string{"JobDefinitionName"},
	},
	"create_model_bias_job_definition": {
		name: "CreateModelBiasJobDefinition", typical: []string{"JobDefinitionName"},
	},
	"create_model_explainability_job_definition": {
		name: "CreateModelExplainabilityJobDefinition", typical: []string{"JobDefinitionName"},
	},
	"create_monitoring_schedule": {
		name: "CreateMonitoringSchedule", typical: []string{"MonitoringScheduleName", "MonitoringScheduleConfig"},
	},
	"create_labeling_job": {name: "CreateLabelingJob", typical: []string{"LabelingJobName"}},
	"create_inference_recommendations_job": {
		name: "CreateInferenceRecommendationsJob", typical: []string{"JobName", "JobType"},
	},
	"create_transform_job":        {name: "CreateTransformJob", typical: []string{"TransformJobName", "TransformInput"}},
	"create_edge_packaging_job":   {name: "CreateEdgePackagingJob", typical: []string{"EdgePackagingJobName"}},
	"create_inference_experiment": {name: "CreateInferenceExperiment", typical: []string{"ShadowModeConfig"}},
	"create_workforce":            {name: "CreateWorkforce", typical: []string{"WorkforceName"}, common: true},
	"create_job":                  {name: "CreateJob", typical: []string{"JobConfigDocument"}, common: true},
	"create_ai_benchmark_job":     {name: "CreateAIBenchmarkJob", typical: []string{"AIBenchmarkJobName"}},
}

// typicalMembers returns the members that tell requests from those of other services whose methods have the same names.
func typicalMembers() map[string]bool {
	out := map[string]bool{}
	for _, op := range operations {
		if !op.common {
			continue
		}
		for _, name := range op.typical {
			out[name] = true
		}
	}
	return out
}
