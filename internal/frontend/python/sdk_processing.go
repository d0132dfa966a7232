package python

func processing(positional string) *signature {
	return &signature{
		operation: "CreateProcessingJob", positional: positional,
		members: []member{
			{"image_uri", "AppSpecification.ImageUri"},
			{"role", "RoleArn"},
			{"instance_count", "ProcessingResources.ClusterConfig.InstanceCount"},
			{"instance_type", "ProcessingResources.ClusterConfig.InstanceType"},
			{"volume_kms_key", "ProcessingResources.ClusterConfig.VolumeKmsKeyId"},
			{"output_kms_key", "ProcessingOutputConfig.KmsKeyId"},
			{"instance_preferences", "ProcessingResources.ClusterConfig.InstancePreferences"}, // SDK 3
			{"network_config", "NetworkConfig"},
			{"env", "Environment"},
		},
		spelling: networkSpelling(map[string]string{
			"AppSpecification.ImageUri": "image_uri",
			"RoleArn":                   "role",
			"ProcessingResources.ClusterConfig.InstanceCount":  "instance_count",
			"ProcessingResources.ClusterConfig.InstanceType":   "instance_type",
			"ProcessingResources.ClusterConfig.VolumeKmsKeyId": "volume_kms_key",
			"ProcessingOutputConfig.KmsKeyId":                  "output_kms_key",
			"Environment":                                      "env",
		}),
		config: []string{"SageMaker", "ProcessingJob"},
	}
}

// networkSpelling adds the members of a NetworkConfig.
func networkSpelling(m map[string]string) map[string]string {
	m["NetworkConfig"] = "network_config"
	m["NetworkConfig.VpcConfig"] = "network_config.subnets"
	m["NetworkConfig.VpcConfig.Subnets"] = "network_config.subnets"
	m["NetworkConfig.VpcConfig.SecurityGroupIds"] = "network_config.security_group_ids"
	m["NetworkConfig.EnableNetworkIsolation"] = "network_config.enable_network_isolation"
	m["NetworkConfig.EnableInterContainerTrafficEncryption"] = "network_config.encrypt_inter_container_traffic"
	return m
}

const (
	processorTail = " volume_size_in_gb volume_kms_key output_kms_key max_runtime_in_seconds base_job_name " +
		"sagemaker_session env tags network_config"
	frameworkTail = " py_version image_uri command volume_size_in_gb volume_kms_key output_kms_key code_location " +
		"max_runtime_in_seconds base_job_name sagemaker_session env tags network_config"
	monitorOrder   = "role instance_count instance_type" + processorTail
	sparkProcessor = "role instance_type instance_count framework_version py_version container_version image_uri " +
		"volume_size_in_gb volume_kms_key output_kms_key configuration_location dependency_location " +
		"max_runtime_in_seconds base_job_name sagemaker_session env tags network_config"
)

func addProcessors(out map[string]*signature) {
	out["Processor"] = processing("role image_uri instance_count instance_type entrypoint" + processorTail)
	out["ScriptProcessor"] = processing("role image_uri command instance_count instance_type" + processorTail)
	out["FrameworkProcessor"] = processing("estimator_cls framework_version role instance_count instance_type" + frameworkTail)
	out["sagemaker.core.FrameworkProcessor"] = processing("image_uri role instance_count instance_type command " +
		"volume_size_in_gb volume_kms_key output_kms_key code_location max_runtime_in_seconds base_job_name " +
		"sagemaker_session env tags network_config")
	out["SKLearnProcessor"] = processing("framework_version role instance_count instance_type command" + processorTail)
	for _, name := range [...]string{"PyTorchProcessor", "TensorFlowProcessor", "MXNetProcessor", "XGBoostProcessor"} {
		out[name] = processing("framework_version role instance_count instance_type" + frameworkTail)
	}
	out["HuggingFaceProcessor"] = processing("role instance_count instance_type transformers_version " +
		"tensorflow_version pytorch_version" + frameworkTail)
	out["PySparkProcessor"] = processing(sparkProcessor)
	out["SparkJarProcessor"] = processing(sparkProcessor)
	out["SageMakerClarifyProcessor"] = processing("role instance_count instance_type volume_size_in_gb volume_kms_key " +
		"output_kms_key max_runtime_in_seconds sagemaker_session env tags network_config")
	out["DataWranglerProcessor"] = processing("role data_wrangler_flow_source instance_count instance_type" + processorTail)
	out["ModelMonitor"] = baseline("role image_uri instance_count instance_type entrypoint"+processorTail).
		with("update_monitoring_schedule", "endpoint_input output statistics constraints schedule_cron_expression "+
			"instance_count instance_type entrypoint volume_size_in_gb volume_kms_key output_kms_key arguments "+
			"max_runtime_in_seconds env network_config role image_uri")
	for _, kind := range [...]string{"DataQuality", "ModelQuality", "ModelBias", "ModelExplainability"} {
		name := kind + "Monitor"
		if kind == "DataQuality" {
			name = "DefaultModelMonitor"
		}
		out[name] = monitor(kind).with("update_monitoring_schedule", scheduleUpdates[kind])
	}
}

const (
	resourceUpdates = " instance_count instance_type volume_size_in_gb volume_kms_key output_kms_key " +
		"max_runtime_in_seconds env network_config"
	clarifyUpdates = " output_s3_uri constraints schedule_cron_expression enable_cloudwatch_metrics role" + resourceUpdates
)

// scheduleUpdates are the parameters of update_monitoring_schedule.
var scheduleUpdates = map[string]string{
	"DataQuality": "endpoint_input record_preprocessor_script post_analytics_processor_script output_s3_uri statistics " +
		"constraints schedule_cron_expression" + resourceUpdates + " enable_cloudwatch_metrics role",
	"ModelQuality": "endpoint_input ground_truth_input problem_type record_preprocessor_script " +
		"post_analytics_processor_script" + clarifyUpdates,
	"ModelBias":           "endpoint_input ground_truth_input analysis_config" + clarifyUpdates,
	"ModelExplainability": "endpoint_input analysis_config" + clarifyUpdates,
}

// baseline is the processing job of a model monitor.
func baseline(positional string) *signature {
	sig := processing(positional)
	sig.config = monitoringConfig
	return sig
}

var monitoringConfig = []string{"SageMaker", "MonitoringSchedule", "MonitoringScheduleConfig", "MonitoringJobDefinition"}

// monitor is a model monitor, which makes a job definition for its schedules.
func monitor(kind string) *signature {
	output := kind + "JobOutputConfig.KmsKeyId"
	return &signature{
		operation:  "Create" + kind + "JobDefinition",
		positional: monitorOrder,
		baseline:   baseline(monitorOrder),
		members: []member{
			{"role", "RoleArn"},
			{"instance_count", "JobResources.ClusterConfig.InstanceCount"},
			{"instance_type", "JobResources.ClusterConfig.InstanceType"},
			{"volume_kms_key", "JobResources.ClusterConfig.VolumeKmsKeyId"},
			{"output_kms_key", output},
			{"network_config", "NetworkConfig"},
			{"env", kind + "AppSpecification.Environment"},
		},
		spelling: networkSpelling(map[string]string{
			"RoleArn":                                   "role",
			kind + "AppSpecification.Environment":       "env",
			"JobResources.ClusterConfig.InstanceCount":  "instance_count",
			"JobResources.ClusterConfig.InstanceType":   "instance_type",
			"JobResources.ClusterConfig.VolumeKmsKeyId": "volume_kms_key",
			output: "output_kms_key",
		}),
		config: monitoringConfig,
	}
}
