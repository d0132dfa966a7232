package python

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
	// sagemaker.serve's, for ModelBuilder.
	"Network": {
		positional: "subnets security_group_ids enable_network_isolation vpc_config",
		members: []member{
			{"vpc_config", "VpcConfig"}, // goes before the others
			{"subnets", "VpcConfig.Subnets"},
			{"security_group_ids", "VpcConfig.SecurityGroupIds"},
			{"enable_network_isolation", "EnableNetworkIsolation"},
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
			{"instance_preferences", "InstancePreferences"},
			{"volume_size_in_gb", "VolumeSizeInGB"},
			{"keep_alive_period_in_seconds", "KeepAlivePeriodInSeconds"},
			{"training_plan_arn", "TrainingPlanArn"},
		},
	},
	"HyperPodCompute": {},
	"OutputDataConfig": {
		members: []member{{"s3_output_path", "S3OutputPath"}, {"kms_key_id", "KmsKeyId"}},
	},
	// Of sagemaker.model_monitor and sagemaker.async_inference; both are the SDK's own names of the API's members.
	"DataCaptureConfig": {
		positional: "enable_capture sampling_percentage destination_s3_uri kms_key_id",
		members: []member{
			{"enable_capture", "EnableCapture"},
			{"sampling_percentage", "InitialSamplingPercentage"},
			{"destination_s3_uri", "DestinationS3Uri"},
			{"kms_key_id", "KmsKeyId"},
		},
	},
	"AsyncInferenceConfig": {
		positional: "output_path max_concurrent_invocations_per_instance kms_key_id",
		members: []member{
			{"output_path", "OutputConfig.S3OutputPath"},
			{"kms_key_id", "OutputConfig.KmsKeyId"},
		},
	},
	"ServerlessInferenceConfig": {
		positional: "memory_size_in_mb max_concurrency",
		members:    []member{{"memory_size_in_mb", "MemorySizeInMB"}, {"max_concurrency", "MaxConcurrency"}},
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
var networkSettings = map[string]bool{"NetworkConfig": true, "Networking": true, "Network": true}

// suppliedSettings are the settings that a trainer has whether or not they are given.
var suppliedSettings = map[string]string{"compute": "Compute", "output_data_config": "OutputDataConfig"}
