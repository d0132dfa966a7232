package controls

// prowler lists checks of Prowler: the titles of their metadata.
func prowler() []Control {
	return []Control{
		{ID: "sagemaker_clarify_exists", Title: "Amazon SageMaker Clarify processing jobs exist in the region", Beside: "use of a service"},
		{ID: "sagemaker_domain_sso_configured", Title: "SageMaker domains use SSO authentication instead of IAM mode", Beside: "who logs in"},
		{ID: "sagemaker_endpoint_config_kms_encryption_enabled", Title: "SageMaker endpoint configuration is encrypted with a KMS key"},
		{ID: "sagemaker_endpoint_config_prod_variant_instances", Title: "SageMaker endpoint configuration has all production variants with at least two initial instances", Beside: "availability"},
		{ID: "sagemaker_models_monitor_enabled", Title: "Amazon SageMaker has a monitoring schedule scheduled", Beside: "use of a service"},
		{ID: "sagemaker_models_network_isolation_enabled", Title: "Amazon SageMaker model has network isolation enabled"},
		{ID: "sagemaker_models_registry_in_use", Title: "Amazon SageMaker Model Registry should have at least one approved model package", Beside: "use of a service"},
		{ID: "sagemaker_models_vpc_settings_configured", Title: "Amazon SageMaker model has VPC settings enabled"},
		{ID: "sagemaker_notebook_instance_encryption_enabled", Title: "SageMaker notebook instance is encrypted with a KMS key"},
		{ID: "sagemaker_notebook_instance_no_secrets", Title: "SageMaker notebook instance lifecycle configuration contains no hardcoded secrets", Beside: "text of lifecycle scripts"},
		{ID: "sagemaker_notebook_instance_root_access_disabled", Title: "Amazon SageMaker notebook instance has root access disabled"},
		{ID: "sagemaker_notebook_instance_vpc_settings_configured", Title: "Amazon SageMaker notebook instance has VPC settings configured"},
		{ID: "sagemaker_notebook_instance_without_direct_internet_access_configured", Title: "Amazon SageMaker notebook instance has direct internet access disabled"},
		{ID: "sagemaker_training_jobs_intercontainer_encryption_enabled", Title: "Amazon SageMaker training job has inter-container traffic encryption enabled"},
		{ID: "sagemaker_training_jobs_network_isolation_enabled", Title: "Amazon SageMaker training job has network isolation enabled"},
		{ID: "sagemaker_training_jobs_volume_and_output_encryption_enabled", Title: "Amazon SageMaker training job volume has KMS encryption enabled"},
		{ID: "sagemaker_training_jobs_vpc_settings_configured", Title: "Amazon SageMaker training job has VPC configuration enabled"},

		// Those of other services that a rule corresponds to.
		{ID: "cloudtrail_multi_region_enabled", Title: "Region has at least one CloudTrail trail logging"},
		{ID: "cloudtrail_multi_region_enabled_logging_management_events", Title: "CloudTrail trail logs management events for read and write operations"},
		{ID: "ec2_securitygroup_allow_ingress_from_internet_to_all_ports", Title: "Security group does not have all ports open to the Internet"},
		{ID: "ec2_securitygroup_allow_ingress_from_internet_to_any_port", Title: "Security group has no 0.0.0.0/0 or ::/0 ingress to any port, or is attached only to allowed interface types or instance owners"},
		{ID: "ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports", Title: "Security group does not allow ingress from 0.0.0.0/0 or ::/0 to high-risk TCP ports"},
		{ID: "ec2_securitygroup_default_restrict_traffic", Title: "VPC default security group has no inbound or outbound rules"},
		{ID: "vpc_endpoint_connections_trust_boundaries", Title: "VPC endpoint policy allows access only from trusted AWS accounts"},
		{ID: "vpc_flow_logs_enabled", Title: "VPC flow logs are enabled"},
		{ID: "vpc_subnet_no_public_ip_by_default", Title: "VPC subnet does not assign public IP addresses by default"},
	}
}
