package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/value"
)

// resourcePackages are where sagemaker-core has its resources, alone and as a part of SDK 3.
var resourcePackages = [...]string{"sagemaker.core.resources.", "sagemaker_core.resources.", "sagemaker_core.main.resources."}

// resourceOf returns the operation that creates a resource of sagemaker-core, for the path of its method create: Model's is
// CreateModel. False where the request has no members of the network.
func resourceOf(path string) (class string, op operation, ok bool) {
	path, ok = strings.CutSuffix(path, ".create")
	if !ok {
		return "", operation{}, false
	}
	for _, pkg := range resourcePackages {
		if class, ok := strings.CutPrefix(path, pkg); ok && resourceParameters[class] != "" {
			for _, op := range operations {
				if op.name == "Create"+class {
					return class, op, true
				}
			}
		}
	}
	return "", operation{}, false
}

// createResource evaluates TrainingJob.create(training_job_name=...) and its like, which send the request at once.
func (in *interp) createResource(n *pyast.Call, class string, op operation, a *arguments, target string) object {
	if in.quiet > 0 {
		return in.runtime(n)
	}
	if in.api == nil {
		in.api = schema.API()
	}
	known := in.api.Object(op.name)
	args, open := a.keywords, a.open
	if len(a.positional) > 0 {
		sig := &signature{positional: resourceParameters[class]}
		if args = sig.named(a); len(args) < len(a.positional)+len(a.keywords) {
			open = "so many arguments by position mean other members in other versions"
		}
	}
	fields := make([]value.Field, 0, len(args))
	for _, arg := range args {
		if v := in.argumentValue(arg); !nothing(v) {
			switch arg.name {
			case "production_variants":
				v = withModels(spelt(v, known.Member("ProductionVariants")))
			case "job_config_document":
				v = v.FromJSON()
			}
			name := arg.name
			if known == nil {
				name = pascal(name)
			}
			fields = append(fields, value.Field{Name: name, Key: arg.key, Value: v})
		}
	}
	props := value.OfObject(fields, false)
	if open != "" {
		props = value.OfOpenObject(fields, open)
	}
	props = spelt(props.From(in.span(n.Func)), known)
	spelling := map[string]string{"JobConfigDocument.VpcConfig": "job_config_document"}
	if known != nil {
		spelling = spellingOf(known)
	}
	in.record(n, op.name, spelling, class, target, run{props: props, exists: value.In(in.exists)})
	return in.runtime(n)
}

// pascal returns a name in snake case as the API spells plain ones: job_config_document is JobConfigDocument.
func pascal(name string) string {
	var b strings.Builder
	for _, word := range strings.Split(name, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// resourceParameters are the parameters of create by their places, as far as sagemaker-core 1 and 2 agree, up to the last
// that is about the network.
var resourceParameters = map[string]string{
	"Job": "job_name role_arn job_category job_config_schema_version job_config_document",
	"TrainingJob": "training_job_name role_arn output_data_config hyper_parameters algorithm_specification " +
		"input_data_config resource_config vpc_config stopping_condition tags enable_network_isolation " +
		"enable_inter_container_traffic_encryption",
	"ProcessingJob": "processing_job_name processing_resources app_specification role_arn processing_inputs " +
		"processing_output_config stopping_condition environment network_config",
	"Model": "model_name primary_container containers inference_execution_config execution_role_arn tags vpc_config " +
		"enable_network_isolation",
	"EndpointConfig": "endpoint_config_name production_variants data_capture_config tags kms_key_id " +
		"async_inference_config explainer_config shadow_production_variants execution_role_arn vpc_config " +
		"enable_network_isolation",
	"HyperParameterTuningJob": "hyper_parameter_tuning_job_name hyper_parameter_tuning_job_config " +
		"training_job_definition training_job_definitions",
	"AutoMLJob": "auto_ml_job_name input_data_config output_data_config role_arn problem_type auto_ml_job_objective " +
		"auto_ml_job_config",
	"AutoMLJobV2": "auto_ml_job_name auto_ml_job_input_data_config output_data_config auto_ml_problem_type_config " +
		"role_arn tags security_config",
	"CompilationJob": "compilation_job_name role_arn output_config stopping_condition model_package_version_arn " +
		"input_config vpc_config",
	"OptimizationJob": "optimization_job_name role_arn model_source deployment_instance_type optimization_configs " +
		"output_config stopping_condition max_instance_count optimization_environment tags vpc_config",
	"Cluster": "cluster_name",
	"NotebookInstance": "notebook_instance_name instance_type role_arn subnet_id security_group_ids ip_address_type " +
		"kms_key_id tags lifecycle_config_name direct_internet_access",
	"Domain": "domain_name auth_mode default_user_settings domain_settings subnet_ids vpc_id tags " +
		"app_network_access_type home_efs_file_system_kms_key_id kms_key_id app_security_group_management",
	"UserProfile": "domain_id user_profile_name single_sign_on_user_identifier single_sign_on_user_value tags " +
		"user_settings",
	"DataQualityJobDefinition": "job_definition_name data_quality_app_specification data_quality_job_input " +
		"data_quality_job_output_config job_resources role_arn data_quality_baseline_config network_config",
	"ModelQualityJobDefinition": "job_definition_name model_quality_app_specification model_quality_job_input " +
		"model_quality_job_output_config job_resources role_arn model_quality_baseline_config network_config",
	"ModelBiasJobDefinition": "job_definition_name model_bias_app_specification model_bias_job_input " +
		"model_bias_job_output_config job_resources role_arn model_bias_baseline_config network_config",
	"ModelExplainabilityJobDefinition": "job_definition_name model_explainability_app_specification " +
		"model_explainability_job_input model_explainability_job_output_config job_resources role_arn " +
		"model_explainability_baseline_config network_config",
	"MonitoringSchedule": "monitoring_schedule_name monitoring_schedule_config",
	"LabelingJob": "labeling_job_name label_attribute_name input_config output_config role_arn human_task_config " +
		"label_category_config_s3_uri stopping_conditions labeling_job_algorithms_config",
	"InferenceRecommendationsJob": "job_name job_type role_arn input_config",
	"TransformJob": "transform_job_name model_name transform_input transform_output transform_resources " +
		"max_concurrent_transforms model_client_config max_payload_in_mb batch_strategy environment data_capture_config",
	"EdgePackagingJob": "edge_packaging_job_name compilation_job_name model_name model_version role_arn output_config",
	"InferenceExperiment": "name type role_arn endpoint_name model_variants shadow_mode_config schedule description " +
		"data_storage_config kms_key",
	"Workforce": "workforce_name cognito_config oidc_config source_ip_config tags workforce_vpc_config",
	"AIBenchmarkJob": "ai_benchmark_job_name benchmark_target output_config ai_workload_config_identifier role_arn " +
		"network_config",
}
