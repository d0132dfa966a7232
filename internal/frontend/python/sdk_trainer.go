package python

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
			operation: "CreateTrainingJob", members: members, spelling: spelling, config: trainingConfig, trainer: true,
			// Version 3.27 looks for the subnets and groups without the session that has them, and finds none.
			doubtful: "VpcConfig.Subnets VpcConfig.SecurityGroupIds",
		}
	}
}
