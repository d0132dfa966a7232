package python

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
			methods: map[string]string{
				"create_model": "name sagemaker_session candidate vpc_config enable_network_isolation",
				"deploy": "initial_instance_count instance_type serializer deserializer candidate sagemaker_session name " +
					"endpoint_name tags wait vpc_config enable_network_isolation",
			},
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

// The classes whose objects make no workload as they are made, but hold what decides on those that their methods make.
const (
	tunerClass     = "HyperparameterTuner"
	candidateClass = "CandidateEstimator"
)

var carriers = map[string]*signature{
	tunerClass: {positional: "estimator"},
	candidateClass: {
		positional: "candidate sagemaker_session",
		methods: map[string]string{
			"fit": "inputs candidate_name volume_kms_key encrypt_inter_container_traffic vpc_config",
		},
	},
}

const candidateReason = "it is as in the training job of the candidate, which is described when the script runs"

// rerun is the training job that repeats that of a candidate of an AutoML job.
var rerun = &signature{
	operation: "CreateTrainingJob",
	members: []member{
		{"volume_kms_key", "ResourceConfig.VolumeKmsKeyId"},
		{"encrypt_inter_container_traffic", "EnableInterContainerTrafficEncryption"},
		{"vpc_config", "VpcConfig"},
	},
	spelling: map[string]string{
		"ResourceConfig.VolumeKmsKeyId":         "volume_kms_key",
		"EnableInterContainerTrafficEncryption": "encrypt_inter_container_traffic",
		"VpcConfig":                             "vpc_config",
		"VpcConfig.Subnets":                     "vpc_config",
		"VpcConfig.SecurityGroupIds":            "vpc_config",
	},
	unsure: []member{
		{candidateReason, "VpcConfig"},
		{candidateReason, "EnableNetworkIsolation"},
		{candidateReason, "RoleArn"},
		{candidateReason, "OutputDataConfig"},
		{candidateReason, "ResourceConfig.VolumeKmsKeyId"},
		{candidateReason, "ResourceConfig.InstanceCount"},
		{candidateReason, "ResourceConfig.InstanceType"},
	},
	config: trainingConfig,
}
