package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

var trainerSpelling = map[string]string{
	"AlgorithmSpecification.TrainingImage":  "training_image",
	"RoleArn":                               "role",
	"ResourceConfig":                        "compute",
	"ResourceConfig.InstanceCount":          "compute.instance_count",
	"ResourceConfig.InstanceType":           "compute.instance_type",
	"ResourceConfig.InstanceGroups":         "compute.instance_groups",
	"ResourceConfig.VolumeKmsKeyId":         "compute.volume_kms_key_id",
	"OutputDataConfig.S3OutputPath":         "output_data_config.s3_output_path",
	"OutputDataConfig.KmsKeyId":             "output_data_config.kms_key_id",
	"VpcConfig":                             "networking.subnets",
	"VpcConfig.Subnets":                     "networking.subnets",
	"VpcConfig.SecurityGroupIds":            "networking.security_group_ids",
	"EnableNetworkIsolation":                "networking.enable_network_isolation",
	"EnableInterContainerTrafficEncryption": "networking.enable_inter_container_traffic_encryption",
	"CheckpointConfig":                      "checkpoint_config",
	"Environment":                           "environment",
	"HyperParameters":                       "hyperparameters",
}

var trainerMembers = []member{
	{"training_image", "AlgorithmSpecification.TrainingImage"},
	{"algorithm_name", "AlgorithmSpecification.AlgorithmName"},
	{"role", "RoleArn"},
	{"compute", "ResourceConfig"},
	{"output_data_config", "OutputDataConfig"},
	{"networking", spread},
	{"checkpoint_config", "CheckpointConfig"},
	{"environment", "Environment"},
	{"hyperparameters", "HyperParameters"},
}

// What ModelTrainer takes where nothing is given (TrainDefaults).
var (
	defaultType   = fallback{"ResourceConfig.InstanceType", value.OfString("ml.m5.xlarge")}
	oneInstance   = fallback{"ResourceConfig.InstanceCount", value.OfInt(1)}
	defaultBucket = fallback{"OutputDataConfig.S3OutputPath", value.OfOpaque("the SDK writes to the session's default bucket")}
)

// doubtfulNetwork are the members that a ModelTrainer may take from the SDK's configuration: version 3.27 looks for the subnets
// and groups without the session that has them, and finds none.
const doubtfulNetwork = "VpcConfig.Subnets VpcConfig.SecurityGroupIds"

// addTrainers adds the classes of SDK 3, which take their settings as objects. ModelTrainer and the evaluators are pydantic
// models, which take keywords only.
func addTrainers(out map[string]*signature) {
	out["ModelTrainer"] = &signature{
		operation: "CreateTrainingJob", members: trainerMembers, spelling: trainerSpelling, config: trainingConfig,
		trainer: true, doubtful: doubtfulNetwork,
		fallbacks: []fallback{defaultType, oneInstance, defaultBucket}, nested: true,
	}
	out["ModelTrainer.from_recipe"] = &signature{
		operation: "CreateTrainingJob", members: trainerMembers, spelling: trainerSpelling, config: trainingConfig, nested: true,
		trainer: true, doubtful: doubtfulNetwork,
		positional: "training_recipe compute recipe_overrides networking stopping_condition requirements training_image " +
			"training_image_config output_data_config input_data_config checkpoint_config training_input_mode environment " +
			"hyperparameters tags sagemaker_session role",
		fallbacks: []fallback{
			{"ResourceConfig.InstanceCount", value.OfOpaque("the recipe says how many instances it takes; pass compute.instance_count")},
			defaultBucket,
		},
	}
	jumpStart := &signature{
		operation: "CreateTrainingJob", members: trainerMembers, spelling: trainerSpelling, config: trainingConfig, nested: true,
		trainer: true, doubtful: doubtfulNetwork,
		positional: "jumpstart_config source_code compute networking stopping_condition training_image " +
			"training_image_config output_data_config input_data_config checkpoint_config training_input_mode environment " +
			"hyperparameters tags sagemaker_session role",
		fallbacks: []fallback{
			{"ResourceConfig.InstanceType", value.OfOpaque("the JumpStart model says on which instances it is trained")},
			oneInstance, defaultBucket,
		},
	}
	unsureIsolation(jumpStart, strings.ReplaceAll(jumpStartReason, "pass ", "pass networking."))
	out["ModelTrainer.from_jumpstart_config"] = jumpStart
	builder := *out["ModelBuilder"]
	builder.positional = "jumpstart_config role_arn compute network image_uri env_vars model_kms_key"
	out["ModelBuilder.from_jumpstart_config"] = unsureIsolation(&builder, strings.ReplaceAll(jumpStartReason, "pass ", "pass network."))
	addFineTuning(out)
}

// addFineTuning adds the classes that customize a foundation model: training jobs with no instances of their own, unless
// compute names some, and the evaluators, which start a pipeline of such jobs.
func addFineTuning(out map[string]*signature) {
	spelling := map[string]string{
		"RoleArn":                       "role",
		"ResourceConfig":                "compute",
		"ResourceConfig.InstanceCount":  "compute.instance_count",
		"ResourceConfig.InstanceType":   "compute.instance_type",
		"ResourceConfig.VolumeKmsKeyId": "compute.volume_kms_key_id",
		"OutputDataConfig.S3OutputPath": "s3_output_path",
		"OutputDataConfig.KmsKeyId":     "kms_key_id",
		"VpcConfig":                     "networking",
		"VpcConfig.Subnets":             "networking.subnets",
		"VpcConfig.SecurityGroupIds":    "networking.security_group_ids",
		// Of their networking only the VPC is sent (sft_trainer.py, base_trainer.py).
		"EnableNetworkIsolation":                resource.Unsettable,
		"EnableInterContainerTrafficEncryption": resource.Unsettable,
	}
	members := []member{
		{"role", "RoleArn"},
		{"compute", "ResourceConfig"},
		{"s3_output_path", "OutputDataConfig.S3OutputPath"},
		{"kms_key_id", "OutputDataConfig.KmsKeyId"},
		{"networking", spread + "VpcConfig"},
		{"environment", "Environment"},
		{"hyperparameters", "HyperParameters"},
	}
	const (
		mlflow = " mlflow_resource_arn mlflow_experiment_name mlflow_run_name"
		tail   = " training_dataset validation_dataset s3_output_path kms_key_id networking"
	)
	for name, positional := range map[string]string{
		"SFTTrainer":   "model training_type model_package_group compute" + mlflow + tail,
		"DPOTrainer":   "model training_type model_package_group compute" + mlflow + tail,
		"RLVRTrainer":  "model training_type model_package_group custom_reward_function compute" + mlflow + tail,
		"RLAIFTrainer": "model training_type model_package_group reward_model_id reward_prompt" + mlflow + tail,
	} {
		out[name] = &signature{
			operation: "CreateTrainingJob", positional: positional, members: members, spelling: spelling, nested: true,
			fallbacks: []fallback{defaultBucket}, finish: serverless,
		}
	}
	evaluator := &signature{operation: "CreateTrainingJob", members: members, spelling: spelling, nested: true}
	for _, name := range [...]string{"BenchMarkEvaluator", "CustomScorerEvaluator", "LLMAsJudgeEvaluator"} {
		out[name] = evaluator
	}
	inspect := *evaluator
	inspect.members = append(members[:len(members):len(members)],
		member{"instance_type", "ResourceConfig.InstanceType"}, member{"image_uri", "AlgorithmSpecification.TrainingImage"})
	inspect.fallbacks = []fallback{{"ResourceConfig.InstanceType", value.OfString("ml.m5.large")}, oneInstance}
	out["InspectAIEvaluator"] = &inspect
	addAgents(out)
}

// serverless returns the request of a trainer that is given no instances, which SageMaker chooses then.
func serverless(v value.Value) value.Value {
	if v.Kind() != value.KindObject || v.Attr("ResourceConfig").Kind() != value.KindAbsent {
		return v
	}
	at := v.Origin().Span
	return overlay(v, []string{"ServerlessJobConfig", "JobType"}, value.OfString("FineTuning").From(at), at)
}

// addAgents adds what trains and evaluates agents over several turns: jobs that are described by a document
// (https://docs.aws.amazon.com/sagemaker/latest/dg/model-customize-mtrl-vpc.html).
func addAgents(out map[string]*signature) {
	job := func(key, positional string) *signature {
		return &signature{
			operation: "CreateJob", positional: positional,
			members: []member{
				{"role", "RoleArn"},
				{"s3_output_path", "JobConfigDocument.OutputDataConfig.S3OutputPath"},
				{key, "JobConfigDocument.OutputDataConfig.KmsKeyArn"},
				{"networking", spread + "JobConfigDocument.VpcConfig"},
			},
			spelling: map[string]string{
				"RoleArn": "role",
				"JobConfigDocument.OutputDataConfig.S3OutputPath": "s3_output_path",
				"JobConfigDocument.OutputDataConfig.KmsKeyArn":    key,
				"JobConfigDocument.VpcConfig":                     "networking",
				"JobConfigDocument.VpcConfig.Subnets":             "networking.subnets",
				"JobConfigDocument.VpcConfig.SecurityGroupIds":    "networking.security_group_ids",
			},
		}
	}
	out["MultiTurnRLTrainer"] = job("kms_key_arn", "model agent_env training_dataset mlflow_app_arn s3_output_path "+
		"output_model_package_group intermediate_checkpoint_model_package_group validation_dataset "+
		"bedrock_agentcore_qualifier mlflow_experiment_name mlflow_run_name networking kms_key_arn")
	out["MultiTurnRLEvaluator"] = job("kms_key_id", "")
}
