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
