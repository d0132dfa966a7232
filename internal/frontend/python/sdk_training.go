package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/value"
)

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
		"input_mode output_path output_kms_key base_job_name sagemaker_session tags subnets security_group_ids " +
		"model_uri model_channel_name metric_definitions encrypt_inter_container_traffic use_spot_instances " +
		"max_wait checkpoint_s3_uri checkpoint_local_path rules debugger_hook_config tensorboard_output_config " +
		"enable_sagemaker_metrics enable_network_isolation profiler_config disable_profiler environment " +
		"max_retry_attempts source_dir git_config hyperparameters container_log_level code_location entry_point " +
		"dependencies instance_groups"
	estimator = "image_uri role instance_count instance_type keep_alive_period_in_seconds volume_size volume_kms_key " +
		"max_run input_mode output_path output_kms_key base_job_name sagemaker_session hyperparameters tags " +
		"subnets security_group_ids model_uri model_channel_name metric_definitions " +
		"encrypt_inter_container_traffic use_spot_instances max_wait checkpoint_s3_uri checkpoint_local_path " +
		"enable_network_isolation rules debugger_hook_config tensorboard_output_config enable_sagemaker_metrics " +
		"profiler_config disable_profiler environment max_retry_attempts source_dir git_config " +
		"container_log_level code_location entry_point dependencies instance_groups"
	jumpStartEstimator = "model_id model_version hub_name tolerate_vulnerable_model tolerate_deprecated_model region image_uri " +
		"role instance_count instance_type keep_alive_period_in_seconds volume_size volume_kms_key max_run " +
		"input_mode output_path output_kms_key base_job_name sagemaker_session hyperparameters tags subnets " +
		"security_group_ids model_uri model_channel_name metric_definitions encrypt_inter_container_traffic " +
		"use_spot_instances max_wait checkpoint_s3_uri checkpoint_local_path enable_network_isolation rules " +
		"debugger_hook_config tensorboard_output_config enable_sagemaker_metrics profiler_config " +
		"disable_profiler environment max_retry_attempts source_dir git_config container_log_level code_location " +
		"entry_point dependencies instance_groups"
	algorithmEstimator = "algorithm_arn role instance_count instance_type volume_size volume_kms_key max_run input_mode " +
		"output_path output_kms_key base_job_name sagemaker_session hyperparameters tags subnets " +
		"security_group_ids model_uri model_channel_name metric_definitions encrypt_inter_container_traffic"
	framework = "entry_point source_dir hyperparameters container_log_level code_location image_uri dependencies " +
		"enable_network_isolation git_config checkpoint_s3_uri"
	builtIn = "role instance_count instance_type data_location enable_network_isolation"
)

var trainingConfig = []string{"SageMaker", "TrainingJob"}

// The methods by which an estimator makes a model: https://sagemaker.readthedocs.io/en/v2/api/training/estimators.html
const (
	transformer = "instance_count instance_type strategy assemble_with output_path output_kms_key accept env " +
		"max_concurrent_transforms max_payload tags role volume_kms_key vpc_config_override enable_network_isolation"
	frameworkTransformer = "instance_count instance_type strategy assemble_with output_path output_kms_key accept env " +
		"max_concurrent_transforms max_payload tags role model_server_workers volume_kms_key entry_point " +
		"vpc_config_override enable_network_isolation"
	tensorFlowTransformer = "instance_count instance_type strategy assemble_with output_path output_kms_key accept env " +
		"max_concurrent_transforms max_payload tags role volume_kms_key entry_point vpc_config_override " +
		"enable_network_isolation"
	// algorithmTransformer has no setting of the network.
	algorithmTransformer = "instance_count instance_type strategy assemble_with output_path output_kms_key accept env " +
		"max_concurrent_transforms max_payload tags role volume_kms_key"
	estimatorModel = "role image_uri predictor_cls vpc_config_override"
	algorithmModel = "role predictor_cls serializer deserializer vpc_config_override"
	frameworkModel = "model_server_workers role vpc_config_override"
)

func training(positional string) *signature {
	return &signature{
		operation: "CreateTrainingJob", positional: positional,
		members: trainingMembers, spelling: trainingSpelling, config: trainingConfig,
		methods: map[string]string{"transformer": transformer, "deploy": "initial_instance_count instance_type"},
		deaf:    "EnableInterContainerTrafficEncryption",
	}
}

// scripted is an estimator of a framework, whose script is among its arguments.
func scripted(positional string) *signature {
	return training(positional).with("transformer", frameworkTransformer).with("create_model", frameworkModel)
}

// imaged is an estimator of which the SDK takes the image from a repository of its framework's, unless it is given one.
func imaged(framework string, sig *signature) *signature {
	rest := value.OfOpaque("the region and the versions say which image it is")
	sig.presets = append(sig.presets, preset{"AlgorithmSpecification.TrainingImage", value.OfText(rest, value.OfString("/sagemaker-"+framework), rest)})
	return sig
}

const (
	jumpStartReason     = "the JumpStart model says whether its network is isolated; pass enable_network_isolation"
	jumpStartEncryption = "the JumpStart model says whether traffic is encrypted; pass encrypt_inter_container_traffic"
	jumpStartType       = "the JumpStart model says on what it is trained; pass instance_type"
	marketplaceReason   = "the network is isolated if the product is from the Marketplace, which its ARN doesn't tell"
)

const firstParty = "FactorizationMachines IPInsights KMeans KNN LDA LinearLearner NTM Object2Vec PCA RandomCutForest"

func addEstimators(out map[string]*signature) {
	// LDA runs on one instance only, and its constructor takes no count.
	lda := training("role instance_type").with("create_model", "vpc_config_override")
	one := []preset{{"ResourceConfig.InstanceCount", value.OfInt(1)}}
	lda.presets = one
	generic := training(estimator).with("create_model", estimatorModel).isolating()
	jumpStart := *generic
	jumpStart.positional, jumpStart.presets = jumpStartEstimator, one
	jumpStart.unsure = []member{
		{jumpStartReason, "EnableNetworkIsolation"},
		{jumpStartEncryption, "EnableInterContainerTrafficEncryption"},
		{jumpStartType, "ResourceConfig.InstanceType"},
	}
	for name, sig := range map[string]*signature{
		"EstimatorBase":      training(estimatorBase),
		"Estimator":          generic,
		"Framework":          training(framework).with("transformer", frameworkTransformer),
		"JumpStartEstimator": &jumpStart,
		"AlgorithmEstimator": unsureIsolation(training(algorithmEstimator), marketplaceReason).
			with("transformer", algorithmTransformer).with("create_model", algorithmModel).isolating(),
		"PyTorch": scripted("entry_point framework_version py_version source_dir hyperparameters image_uri"),
		"TensorFlow": training("py_version framework_version model_dir image_uri").
			with("transformer", tensorFlowTransformer).with("create_model", "role vpc_config_override").isolating(),
		"HuggingFace": scripted("py_version entry_point transformers_version tensorflow_version pytorch_version " +
			"source_dir hyperparameters image_uri"),
		"XGBoost": scripted("entry_point framework_version source_dir hyperparameters py_version image_uri"),
		"SKLearn": scripted("entry_point framework_version py_version source_dir hyperparameters image_uri").isolating(),
		"MXNet":   scripted("entry_point framework_version py_version source_dir hyperparameters image_uri"),
		"Chainer": imaged("chainer", scripted("entry_point use_mpi num_processes process_slots_per_host additional_mpi_options "+
			"source_dir hyperparameters framework_version py_version image_uri")),
		"RLEstimator": imaged("rl-", scripted("entry_point toolkit toolkit_version framework source_dir hyperparameters image_uri").
			with("create_model", "role vpc_config_override")),
		"AmazonAlgorithmEstimatorBase": training(builtIn),
		"LDA":                          lda,
	} {
		out[name] = sig
	}
	for _, name := range strings.Fields(firstParty) {
		if out[name] == nil {
			out[name] = training("role instance_count instance_type").with("create_model", "vpc_config_override")
		}
		// Their enable_network_isolation is False where it isn't given, and not None.
		out[name].ignores = "EnableNetworkIsolation"
		out[name+"Model"] = model("model_data role sagemaker_session")
	}
}
