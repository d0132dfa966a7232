package python

import "strings"

// A member says where an argument goes in the request that the SDK sends: a dotted path of the API's names.
type member struct{ param, path string }

// A signature says what a class's constructor takes and which request its arguments become.
// The parameters and their order are those of sagemaker-python-sdk 2.257 and of sagemaker-train, -core and -serve 3.
type signature struct {
	// operation is the API's; empty for a settings class, whose members make an object of their own.
	operation  string
	positional string // names in order, separated by blanks
	members    []member
	// spelling says how an author knows the API's members.
	spelling map[string]string
	// unsure are members that the SDK fills in by itself where they aren't given, with the reason.
	unsure []member
	// unless is a parameter that makes the object no workload of its own.
	unless string
	// config is where sagemaker's config.yaml holds defaults of the request.
	config []string
}

var trainingMembers = []member{
	{"image_uri", "AlgorithmSpecification.TrainingImage"},
	{"image_name", "AlgorithmSpecification.TrainingImage"}, // SDK 1
	{"role", "RoleArn"},
	{"instance_count", "ResourceConfig.InstanceCount"},
	{"train_instance_count", "ResourceConfig.InstanceCount"}, // SDK 1, renamed by SDK 2
	{"instance_type", "ResourceConfig.InstanceType"},
	{"train_instance_type", "ResourceConfig.InstanceType"},
	{"instance_groups", "ResourceConfig.InstanceGroups"},
	{"volume_kms_key", "ResourceConfig.VolumeKmsKeyId"},
	{"train_volume_kms_key", "ResourceConfig.VolumeKmsKeyId"},
	{"output_path", "OutputDataConfig.S3OutputPath"},
	{"output_kms_key", "OutputDataConfig.KmsKeyId"},
	{"subnets", "VpcConfig.Subnets"},
	{"security_group_ids", "VpcConfig.SecurityGroupIds"},
	{"enable_network_isolation", "EnableNetworkIsolation"},
	{"encrypt_inter_container_traffic", "EnableInterContainerTrafficEncryption"},
	{"checkpoint_s3_uri", "CheckpointConfig.S3Uri"},
	{"environment", "Environment"},
	{"hyperparameters", "HyperParameters"},
}

var trainingSpelling = map[string]string{
	"AlgorithmSpecification.TrainingImage":  "image_uri",
	"RoleArn":                               "role",
	"ResourceConfig.InstanceCount":          "instance_count",
	"ResourceConfig.InstanceType":           "instance_type",
	"ResourceConfig.InstanceGroups":         "instance_groups",
	"ResourceConfig.VolumeKmsKeyId":         "volume_kms_key",
	"OutputDataConfig.S3OutputPath":         "output_path",
	"OutputDataConfig.KmsKeyId":             "output_kms_key",
	"VpcConfig":                             "subnets",
	"VpcConfig.Subnets":                     "subnets",
	"VpcConfig.SecurityGroupIds":            "security_group_ids",
	"EnableNetworkIsolation":                "enable_network_isolation",
	"EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
	"CheckpointConfig.S3Uri":                "checkpoint_s3_uri",
	"Environment":                           "environment",
	"HyperParameters":                       "hyperparameters",
}

const (
	estimatorBase = "role instance_count instance_type keep_alive_period_in_seconds volume_size volume_kms_key max_run " +
		"input_mode output_path output_kms_key base_job_name sagemaker_session tags subnets security_group_ids model_uri " +
		"model_channel_name metric_definitions encrypt_inter_container_traffic use_spot_instances max_wait " +
		"checkpoint_s3_uri checkpoint_local_path rules debugger_hook_config tensorboard_output_config " +
		"enable_sagemaker_metrics enable_network_isolation"
	estimator = "image_uri role instance_count instance_type keep_alive_period_in_seconds volume_size volume_kms_key " +
		"max_run input_mode output_path output_kms_key base_job_name sagemaker_session hyperparameters tags subnets " +
		"security_group_ids model_uri model_channel_name metric_definitions encrypt_inter_container_traffic " +
		"use_spot_instances max_wait checkpoint_s3_uri checkpoint_local_path enable_network_isolation"
	jumpStartEstimator = "model_id model_version hub_name tolerate_vulnerable_model tolerate_deprecated_model region " +
		"image_uri role instance_count instance_type keep_alive_period_in_seconds volume_size volume_kms_key max_run " +
		"input_mode output_path output_kms_key base_job_name sagemaker_session hyperparameters tags subnets " +
		"security_group_ids model_uri model_channel_name metric_definitions encrypt_inter_container_traffic " +
		"use_spot_instances max_wait checkpoint_s3_uri checkpoint_local_path enable_network_isolation"
	algorithmEstimator = "algorithm_arn role instance_count instance_type volume_size volume_kms_key max_run input_mode " +
		"output_path output_kms_key base_job_name sagemaker_session hyperparameters tags subnets security_group_ids " +
		"model_uri model_channel_name metric_definitions encrypt_inter_container_traffic"
	framework = "entry_point source_dir hyperparameters container_log_level code_location image_uri dependencies " +
		"enable_network_isolation"
)

var trainingConfig = []string{"SageMaker", "TrainingJob"}

func training(positional string) *signature {
	return &signature{
		operation: "CreateTrainingJob", positional: positional,
		members: trainingMembers, spelling: trainingSpelling, config: trainingConfig,
	}
}

func unsureIsolation(s *signature, reason string) *signature {
	s.unsure = []member{{reason, "EnableNetworkIsolation"}}
	return s
}

const (
	jumpStartReason   = "the JumpStart model says whether its network is isolated; pass enable_network_isolation"
	marketplaceReason = "the network is isolated if the product is from the Marketplace, which its ARN doesn't tell"
)

// signatures are the SDK's classes that make workloads, by their last name.
func signatures() map[string]*signature {
	out := map[string]*signature{
		"EstimatorBase":      training(estimatorBase),
		"Estimator":          training(estimator),
		"Framework":          training(framework),
		"JumpStartEstimator": unsureIsolation(training(jumpStartEstimator), jumpStartReason),
		"AlgorithmEstimator": unsureIsolation(training(algorithmEstimator), marketplaceReason),
		"LDA":                training("role instance_type"),
		"PyTorch":            training("entry_point framework_version py_version source_dir hyperparameters image_uri"),
		"TensorFlow":         training("py_version framework_version model_dir image_uri"),
		"HuggingFace": training("py_version entry_point transformers_version tensorflow_version pytorch_version " +
			"source_dir hyperparameters image_uri"),
		"XGBoost": training("entry_point framework_version source_dir hyperparameters py_version image_uri"),
		"SKLearn": training("entry_point framework_version py_version source_dir hyperparameters image_uri"),
		"MXNet":   training("entry_point framework_version py_version source_dir hyperparameters image_uri"),
		"Chainer": training("entry_point use_mpi num_processes process_slots_per_host additional_mpi_options " +
			"source_dir hyperparameters framework_version py_version image_uri"),
		"RLEstimator": training("entry_point toolkit toolkit_version framework source_dir hyperparameters image_uri"),
	}
	for _, name := range strings.Fields(firstParty) {
		if out[name] == nil {
			out[name] = training("role instance_count instance_type")
		}
		out[name+"Model"] = model("model_data role sagemaker_session")
	}
	addProcessors(out)
	addModels(out)
	addSessions(out)
	addAutoML(out)
	addTrainers(out)
	return out
}

const firstParty = "FactorizationMachines IPInsights KMeans KNN LDA LinearLearner NTM Object2Vec PCA RandomCutForest"

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
	sparkProcessor = "role instance_type instance_count framework_version py_version container_version image_uri " +
		"volume_size_in_gb volume_kms_key output_kms_key configuration_location dependency_location " +
		"max_runtime_in_seconds base_job_name sagemaker_session env tags network_config"
)

func addProcessors(out map[string]*signature) {
	out["Processor"] = processing("role image_uri instance_count instance_type entrypoint" + processorTail)
	out["ScriptProcessor"] = processing("role image_uri command instance_count instance_type" + processorTail)
	out["FrameworkProcessor"] = processing("estimator_cls framework_version role instance_count instance_type" + frameworkTail)
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
	out["ModelMonitor"] = processing("role image_uri instance_count instance_type entrypoint" + processorTail)
	for _, kind := range [...]string{"DataQuality", "ModelQuality", "ModelBias", "ModelExplainability"} {
		name := kind + "Monitor"
		if kind == "DataQuality" {
			name = "DefaultModelMonitor"
		}
		out[name] = monitor(kind)
	}
}

// monitor is a model monitor, which makes a job definition for its schedules.
func monitor(kind string) *signature {
	output := kind + "JobOutputConfig.KmsKeyId"
	return &signature{
		operation:  "Create" + kind + "JobDefinition",
		positional: "role instance_count instance_type" + processorTail,
		members: []member{
			{"role", "RoleArn"},
			{"instance_count", "JobResources.ClusterConfig.InstanceCount"},
			{"instance_type", "JobResources.ClusterConfig.InstanceType"},
			{"volume_kms_key", "JobResources.ClusterConfig.VolumeKmsKeyId"},
			{"output_kms_key", output},
			{"network_config", "NetworkConfig"},
		},
		spelling: networkSpelling(map[string]string{
			"RoleArn": "role",
			"JobResources.ClusterConfig.InstanceCount":  "instance_count",
			"JobResources.ClusterConfig.InstanceType":   "instance_type",
			"JobResources.ClusterConfig.VolumeKmsKeyId": "volume_kms_key",
			output: "output_kms_key",
		}),
		config: []string{"SageMaker", "MonitoringSchedule", "MonitoringScheduleConfig", "MonitoringJobDefinition"},
	}
}

func model(positional string) *signature {
	return &signature{
		operation: "CreateModel", positional: positional,
		members: []member{
			{"image_uri", "PrimaryContainer.Image"},
			{"image", "PrimaryContainer.Image"}, // SDK 1
			{"model_data", "PrimaryContainer.ModelDataUrl"},
			{"env", "PrimaryContainer.Environment"},
			{"role", "ExecutionRoleArn"},
			{"name", "ModelName"},
			{"vpc_config", "VpcConfig"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
		},
		spelling: map[string]string{
			"ModelName":                     "name",
			"PrimaryContainer.Image":        "image_uri",
			"PrimaryContainer.ModelDataUrl": "model_data",
			"PrimaryContainer.Environment":  "env",
			"ExecutionRoleArn":              "role",
			"VpcConfig":                     "vpc_config",
			"VpcConfig.Subnets":             "vpc_config",
			"VpcConfig.SecurityGroupIds":    "vpc_config",
			"EnableNetworkIsolation":        "enable_network_isolation",
		},
		config: []string{"SageMaker", "Model"},
	}
}

func addModels(out map[string]*signature) {
	out["Model"] = model("image_uri model_data role predictor_cls env name vpc_config sagemaker_session " +
		"enable_network_isolation")
	out["FrameworkModel"] = model("model_data image_uri role entry_point source_dir predictor_cls env name " +
		"container_log_level code_location sagemaker_session")
	out["ModelPackage"] = unsureIsolation(model("role model_data"), marketplaceReason)
	for _, name := range [...]string{"PyTorchModel", "MXNetModel", "SKLearnModel"} {
		out[name] = model("model_data role entry_point framework_version py_version image_uri")
	}
	out["TensorFlowModel"] = model("model_data role entry_point image_uri")
	out["ChainerModel"] = model("model_data role entry_point image_uri")
	out["XGBoostModel"] = model("model_data role entry_point framework_version image_uri")
	out["HuggingFaceModel"] = model("role model_data entry_point transformers_version tensorflow_version " +
		"pytorch_version py_version image_uri")
	for _, name := range [...]string{"DJLModel", "DeepSpeedModel", "HuggingFaceAccelerateModel", "FasterTransformerModel"} {
		out[name] = model("model_id role")
	}
	out["SparkMLModel"] = model("model_data role spark_version sagemaker_session")
	out["JumpStartModel"] = unsureIsolation(model("model_id model_version hub_name tolerate_vulnerable_model "+
		"tolerate_deprecated_model region instance_type image_uri model_data role predictor_cls env name vpc_config "+
		"sagemaker_session enable_network_isolation"), jumpStartReason)
	out["PipelineModel"] = model("models role predictor_cls name vpc_config sagemaker_session enable_network_isolation")
	multi := model("name model_data_prefix model image_uri role sagemaker_session")
	multi.unless = "model"
	out["MultiDataModel"] = multi
	builder := model("model_path role_arn sagemaker_session name mode shared_libs dependencies env_vars log_level " +
		"content_type accept_type s3_model_data_url instance_type schema_builder model inference_spec image_uri " +
		"image_config vpc_config")
	builder.members = append(builder.members[:len(builder.members):len(builder.members)],
		member{"role_arn", "ExecutionRoleArn"}, member{"network", spread})
	out["ModelBuilder"] = builder
}

// sessionMethods are the methods of sagemaker.Session that send a request as they are called, in the API's terms.
var sessionMethods = map[string]string{"create_model": "Session.create_model"}

// addSessions adds the methods of sessions that make workloads, by a name that no class has.
func addSessions(out map[string]*signature) {
	low := model("name role container_defs vpc_config enable_network_isolation")
	low.members = append(low.members[:len(low.members):len(low.members)], member{"container_defs", "Containers"})
	out["Session.create_model"] = low
}

// spread is the path of a settings object whose members belong to the request itself.
const spread = "*"

func addAutoML(out map[string]*signature) {
	automl := func(operation, prefix, positional string, config ...string) *signature {
		return &signature{
			operation: operation, positional: positional,
			members: []member{
				{"role", "RoleArn"},
				{"output_path", "OutputDataConfig.S3OutputPath"},
				{"output_kms_key", "OutputDataConfig.KmsKeyId"},
				{"volume_kms_key", prefix + "VolumeKmsKeyId"},
				{"encrypt_inter_container_traffic", prefix + "EnableInterContainerTrafficEncryption"},
				{"vpc_config", prefix + "VpcConfig"},
			},
			spelling: map[string]string{
				"RoleArn":                                        "role",
				"OutputDataConfig.S3OutputPath":                  "output_path",
				"OutputDataConfig.KmsKeyId":                      "output_kms_key",
				prefix + "VolumeKmsKeyId":                        "volume_kms_key",
				prefix + "EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
				prefix + "VpcConfig":                             "vpc_config",
				prefix + "VpcConfig.Subnets":                     "vpc_config",
				prefix + "VpcConfig.SecurityGroupIds":            "vpc_config",
			},
			config: config,
		}
	}
	out["AutoML"] = automl("CreateAutoMLJob", "AutoMLJobConfig.SecurityConfig.",
		"role target_attribute_name output_kms_key output_path base_job_name compression_type sagemaker_session "+
			"volume_kms_key encrypt_inter_container_traffic vpc_config", "SageMaker", "AutoMLJob")
	out["AutoMLV2"] = automl("CreateAutoMLJobV2", "SecurityConfig.",
		"problem_config base_job_name output_path job_objective validation_fraction auto_generate_endpoint_name "+
			"endpoint_name output_kms_key role volume_kms_key encrypt_inter_container_traffic vpc_config",
		"SageMaker", "AutoMLJobV2")
}

// addTrainers adds the classes of SDK 3, which take their settings as objects.
func addTrainers(out map[string]*signature) {
	spelling := map[string]string{
		"AlgorithmSpecification.TrainingImage":  "training_image",
		"RoleArn":                               "role",
		"ResourceConfig":                        "compute",
		"ResourceConfig.InstanceCount":          "compute.instance_count",
		"ResourceConfig.InstanceType":           "compute.instance_type",
		"ResourceConfig.VolumeKmsKeyId":         "compute.volume_kms_key_id",
		"OutputDataConfig.S3OutputPath":         "output_data_config.s3_output_path",
		"OutputDataConfig.KmsKeyId":             "output_data_config.kms_key_id",
		"VpcConfig":                             "networking.subnets",
		"VpcConfig.Subnets":                     "networking.subnets",
		"VpcConfig.SecurityGroupIds":            "networking.security_group_ids",
		"EnableNetworkIsolation":                "networking.enable_network_isolation",
		"EnableInterContainerTrafficEncryption": "networking.enable_inter_container_traffic_encryption",
		"Environment":                           "environment",
		"HyperParameters":                       "hyperparameters",
	}
	members := []member{
		{"training_image", "AlgorithmSpecification.TrainingImage"},
		{"role", "RoleArn"},
		{"compute", "ResourceConfig"},
		{"output_data_config", "OutputDataConfig"},
		{"networking", spread},
		{"environment", "Environment"},
		{"hyperparameters", "HyperParameters"},
	}
	for _, name := range [...]string{
		"ModelTrainer", "SFTTrainer", "DPOTrainer", "CPTTrainer", "RLVRTrainer", "RLAIFTrainer", "MultiTurnRLTrainer",
	} {
		out[name] = &signature{
			operation: "CreateTrainingJob", members: members, spelling: spelling, config: trainingConfig,
		}
	}
}

// settingClasses are the SDK's classes whose objects are arguments of others.
var settingClasses = map[string]*signature{
	"NetworkConfig": {
		positional: "enable_network_isolation security_group_ids subnets encrypt_inter_container_traffic",
		members: []member{
			{"subnets", "VpcConfig.Subnets"},
			{"security_group_ids", "VpcConfig.SecurityGroupIds"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
			{"encrypt_inter_container_traffic", "EnableInterContainerTrafficEncryption"},
		},
	},
	"Networking": {
		members: []member{
			{"subnets", "VpcConfig.Subnets"},
			{"security_group_ids", "VpcConfig.SecurityGroupIds"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
			{"enable_inter_container_traffic_encryption", "EnableInterContainerTrafficEncryption"},
		},
	},
	"VpcConfig": {
		members: []member{{"subnets", "Subnets"}, {"security_group_ids", "SecurityGroupIds"}},
	},
	"Compute": {
		members: []member{
			{"instance_type", "InstanceType"},
			{"instance_count", "InstanceCount"},
			{"volume_kms_key_id", "VolumeKmsKeyId"},
			{"instance_groups", "InstanceGroups"},
		},
	},
	"OutputDataConfig": {
		members: []member{{"s3_output_path", "S3OutputPath"}, {"kms_key_id", "KmsKeyId"}},
	},
	"production_variant": {
		positional: "model_name instance_type initial_instance_count variant_name",
		members: []member{
			{"model_name", "ModelName"},
			{"instance_type", "InstanceType"},
			{"initial_instance_count", "InitialInstanceCount"},
			{"variant_name", "VariantName"},
			{"serverless_inference_config", "ServerlessConfig"},
		},
	},
	"InstanceGroup": {
		positional: "instance_group_name instance_type instance_count",
		members: []member{
			{"instance_group_name", "InstanceGroupName"},
			{"instance_type", "InstanceType"},
			{"instance_count", "InstanceCount"},
		},
	},
}

// networkSettings are the settings classes whose attributes scripts read back.
var networkSettings = map[string]bool{"NetworkConfig": true, "Networking": true}
