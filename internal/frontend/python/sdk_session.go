package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// The reasons of what a method of a session takes from elsewhere.
const jobReason = "it is as in the training job, which is described when the script runs"

// sessionMethods are the methods of sagemaker.Session that send a request as they are called. Most of their arguments are in
// the API's terms: https://sagemaker.readthedocs.io/en/v2/api/utility/session.html
var sessionMethods = map[string]*signature{
	"train": {
		operation: "CreateTrainingJob",
		positional: "input_mode input_config role job_name output_config resource_config vpc_config hyperparameters " +
			"stop_condition tags metric_definitions enable_network_isolation image_uri training_image_config " +
			"infra_check_config container_entry_point container_arguments algorithm_arn encrypt_inter_container_traffic " +
			"use_spot_instances checkpoint_s3_uri checkpoint_local_path experiment_config debugger_rule_configs " +
			"debugger_hook_config tensorboard_output_config enable_sagemaker_metrics profiler_rule_configs " +
			"profiler_config environment",
		members: []member{
			{"image_uri", "AlgorithmSpecification.TrainingImage"},
			{"role", "RoleArn"},
			{"resource_config", "ResourceConfig"},
			{"output_config", "OutputDataConfig"},
			{"vpc_config", "VpcConfig"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
			{"encrypt_inter_container_traffic", "EnableInterContainerTrafficEncryption"},
			{"checkpoint_s3_uri", "CheckpointConfig.S3Uri"},
			{"environment", "Environment"},
			{"hyperparameters", "HyperParameters"},
		},
		spelling: map[string]string{
			"RoleArn":          "role",
			"ResourceConfig":   "resource_config",
			"OutputDataConfig": "output_config",
			"VpcConfig":        "vpc_config", "VpcConfig.Subnets": "vpc_config", "VpcConfig.SecurityGroupIds": "vpc_config",
			"EnableNetworkIsolation":                "enable_network_isolation",
			"EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
		},
		config: trainingConfig,
	},
	"process": {
		operation: "CreateProcessingJob",
		positional: "inputs output_config job_name resources stopping_condition app_specification environment " +
			"network_config role_arn",
		members: []member{
			{"app_specification", "AppSpecification"},
			{"role_arn", "RoleArn"},
			{"resources", "ProcessingResources"},
			{"output_config", "ProcessingOutputConfig"},
			{"network_config", "NetworkConfig"},
			{"environment", "Environment"},
		},
		spelling: map[string]string{
			"RoleArn": "role_arn", "ProcessingResources": "resources", "ProcessingOutputConfig": "output_config",
			"NetworkConfig": "network_config", "NetworkConfig.VpcConfig": "network_config",
		},
		config: []string{"SageMaker", "ProcessingJob"},
	},
	"tune": {
		operation: "CreateHyperParameterTuningJob",
		positional: "job_name strategy objective_type objective_metric_name max_jobs max_parallel_jobs parameter_ranges " +
			"static_hyperparameters input_mode metric_definitions role input_config output_config resource_config " +
			"stop_condition tags warm_start_config max_runtime_in_seconds strategy_config completion_criteria_config " +
			"enable_network_isolation image_uri algorithm_arn early_stopping_type encrypt_inter_container_traffic " +
			"vpc_config use_spot_instances checkpoint_s3_uri checkpoint_local_path random_seed environment " +
			"hpo_resource_config",
		members:  tunedMembers,
		spelling: tunedSpelling,
		config:   trainingConfig,
	},
	"create_model": {
		operation:  "CreateModel",
		positional: "name role container_defs vpc_config enable_network_isolation primary_container",
		members: append(model("").members,
			member{"container_defs", "Containers"}, member{"primary_container", "PrimaryContainer"}),
		spelling: model("").spelling, config: model("").config,
	},
	"create_model_from_job": {
		operation: "CreateModel",
		positional: "training_job_name name role image_uri model_data_url env enable_network_isolation " +
			"vpc_config_override",
		members:  append(model("").members, member{"vpc_config_override", "VpcConfig"}),
		spelling: overrideSpelling,
		unsure:   []member{{jobReason, "VpcConfig"}, {jobReason, "ExecutionRoleArn"}},
		config:   model("").config,
	},
	"endpoint_from_job": {
		operation: "CreateModel",
		positional: "job_name initial_instance_count instance_type image_uri name role wait model_environment_vars " +
			"vpc_config_override",
		members:  append(model("").members, member{"vpc_config_override", "VpcConfig"}),
		spelling: overrideSpelling,
		unsure:   []member{{jobReason, "VpcConfig"}, {jobReason, "ExecutionRoleArn"}},
		config:   model("").config,
	},
	"endpoint_from_model_data": {
		operation: "CreateModel",
		positional: "model_s3_location image_uri initial_instance_count instance_type name role wait " +
			"model_environment_vars model_vpc_config",
		members: append(model("").members,
			member{"model_vpc_config", "VpcConfig"}, member{"model_environment_vars", "PrimaryContainer.Environment"}),
		spelling: map[string]string{
			"VpcConfig": "model_vpc_config", "VpcConfig.Subnets": "model_vpc_config",
			"VpcConfig.SecurityGroupIds": "model_vpc_config",
		},
		config: model("").config,
	},
	"endpoint_from_production_variants": {
		operation: "CreateEndpointConfig",
		positional: "name production_variants tags kms_key wait data_capture_config_dict async_inference_config_dict " +
			"explainer_config_dict live_logging vpc_config enable_network_isolation role",
		members: []member{
			{"production_variants", "ProductionVariants"},
			{"kms_key", "KmsKeyId"},
			{"data_capture_config_dict", "DataCaptureConfig"},
			{"async_inference_config_dict", "AsyncInferenceConfig"},
			{"role", "ExecutionRoleArn"},
			{"vpc_config", "VpcConfig"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
		},
		spelling: map[string]string{
			"DataCaptureConfig": "data_capture_config_dict", "AsyncInferenceConfig": "async_inference_config_dict",
			"KmsKeyId": "kms_key", "ExecutionRoleArn": "role", "ProductionVariants": "production_variants",
			"VpcConfig": "vpc_config", "VpcConfig.Subnets": "vpc_config", "VpcConfig.SecurityGroupIds": "vpc_config",
			"EnableNetworkIsolation": "enable_network_isolation",
		},
		config: []string{"SageMaker", "EndpointConfig"},
	},
	"create_monitoring_schedule": {
		operation: "CreateMonitoringSchedule",
		positional: "monitoring_schedule_name schedule_expression statistics_s3_uri constraints_s3_uri monitoring_inputs " +
			"monitoring_output_config instance_count instance_type volume_size_in_gb volume_kms_key image_uri entrypoint " +
			"arguments record_preprocessor_source_uri post_analytics_processor_source_uri max_runtime_in_seconds " +
			"environment network_config role_arn",
		members: []member{
			{"image_uri", inlineDefinition + "MonitoringAppSpecification.ImageUri"},
			{"instance_count", inlineDefinition + "MonitoringResources.ClusterConfig.InstanceCount"},
			{"instance_type", inlineDefinition + "MonitoringResources.ClusterConfig.InstanceType"},
			{"volume_kms_key", inlineDefinition + "MonitoringResources.ClusterConfig.VolumeKmsKeyId"},
			{"monitoring_output_config", inlineDefinition + "MonitoringOutputConfig"},
			{"network_config", inlineDefinition + "NetworkConfig"},
			{"role_arn", inlineDefinition + "RoleArn"},
			{"environment", inlineDefinition + "Environment"},
		},
		spelling: map[string]string{
			inlineDefinition + "NetworkConfig":                                    "network_config",
			inlineDefinition + "NetworkConfig.VpcConfig":                          "network_config",
			inlineDefinition + "MonitoringOutputConfig":                           "monitoring_output_config",
			inlineDefinition + "MonitoringOutputConfig.KmsKeyId":                  "monitoring_output_config",
			inlineDefinition + "MonitoringResources.ClusterConfig.InstanceCount":  "instance_count",
			inlineDefinition + "MonitoringResources.ClusterConfig.VolumeKmsKeyId": "volume_kms_key",
		},
	},
	"auto_ml": {
		operation:  "CreateAutoMLJob",
		positional: "input_config output_config auto_ml_job_config role",
		members: []member{
			{"auto_ml_job_config", "AutoMLJobConfig"}, {"output_config", "OutputDataConfig"}, {"role", "RoleArn"},
		},
		spelling: map[string]string{
			"AutoMLJobConfig": "auto_ml_job_config", "OutputDataConfig": "output_config",
			"AutoMLJobConfig.SecurityConfig":           "auto_ml_job_config",
			"AutoMLJobConfig.SecurityConfig.VpcConfig": "auto_ml_job_config",
		},
		config: []string{"SageMaker", "AutoMLJob"},
	},
	"create_auto_ml_v2": {
		operation: "CreateAutoMLJobV2",
		positional: "input_config job_name problem_config output_config job_objective model_deploy_config " +
			"data_split_config role security_config",
		members: []member{
			{"security_config", "SecurityConfig"}, {"output_config", "OutputDataConfig"}, {"role", "RoleArn"},
		},
		spelling: map[string]string{
			"SecurityConfig": "security_config", "SecurityConfig.VpcConfig": "security_config",
			"OutputDataConfig": "output_config",
		},
		config: []string{"SageMaker", "AutoMLJobV2"},
	},
	"compile_model": {
		operation:  "CreateCompilationJob",
		positional: "input_model_config output_model_config role",
		members:    []member{{"output_model_config", "OutputConfig"}, {"role", "RoleArn"}},
		config:     []string{"SageMaker", "CompilationJob"},
	},
}

const inlineDefinition = "MonitoringScheduleConfig.MonitoringJobDefinition."

var overrideSpelling = map[string]string{
	"VpcConfig":                  "vpc_config_override",
	"VpcConfig.Subnets":          "vpc_config_override",
	"VpcConfig.SecurityGroupIds": "vpc_config_override",
	"EnableNetworkIsolation":     "enable_network_isolation",
}

var tunedMembers = []member{
	{"image_uri", "TrainingJobDefinition.AlgorithmSpecification.TrainingImage"},
	{"role", "TrainingJobDefinition.RoleArn"},
	{"resource_config", "TrainingJobDefinition.ResourceConfig"},
	{"output_config", "TrainingJobDefinition.OutputDataConfig"},
	{"vpc_config", "TrainingJobDefinition.VpcConfig"},
	{"enable_network_isolation", "TrainingJobDefinition.EnableNetworkIsolation"},
	{"encrypt_inter_container_traffic", "TrainingJobDefinition.EnableInterContainerTrafficEncryption"},
	{"checkpoint_s3_uri", "TrainingJobDefinition.CheckpointConfig.S3Uri"},
	{"environment", "TrainingJobDefinition.Environment"},
	{"static_hyperparameters", "TrainingJobDefinition.StaticHyperParameters"},
}

var tunedSpelling = map[string]string{
	"TrainingJobDefinition.ResourceConfig":                        "resource_config",
	"TrainingJobDefinition.OutputDataConfig":                      "output_config",
	"TrainingJobDefinition.VpcConfig":                             "vpc_config",
	"TrainingJobDefinition.VpcConfig.Subnets":                     "vpc_config",
	"TrainingJobDefinition.VpcConfig.SecurityGroupIds":            "vpc_config",
	"TrainingJobDefinition.EnableNetworkIsolation":                "enable_network_isolation",
	"TrainingJobDefinition.EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
}

// sessionCall evaluates a method of a session that sends a request; false where it is none.
func (in *interp) sessionCall(n *pyast.Call, method string, a *arguments, target string) bool {
	sig := sessionMethods[method]
	if sig == nil {
		return false
	}
	if in.quiet > 0 {
		return true
	}
	args := sig.named(a)
	exists := value.In(in.exists)
	kept := args[:0:0]
	for _, arg := range args {
		if arg.name == "vpc_config_override" && isDefaultVPC(arg.obj) {
			continue
		}
		if arg.name == "vpc_config_override" {
			// None means no VPC, whatever the job's.
			stated := *sig
			stated.unsure = sig.unsure[1:]
			sig = &stated
		}
		if decidesWhere[arg.name] {
			exists = exists.And(in.remote(arg))
		}
		kept = append(kept, arg)
	}
	in.record(n, sig.operation, sig.spelling, method, target,
		run{props: in.props(n, sig, kept, a.open), exists: exists})
	return true
}
