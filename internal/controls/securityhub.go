package controls

// securityHub lists controls of AWS Security Hub CSPM. AWS: "Security Hub CSPM controls for SageMaker AI", "... for Amazon EC2",
// "... for AWS CloudTrail".
func securityHub() []Control {
	return []Control{
		{ID: "SageMaker.1", Rule: "sagemaker-notebook-no-direct-internet-access", Title: "Amazon SageMaker notebook instances should not have direct internet access"},
		{ID: "SageMaker.2", Rule: "sagemaker-notebook-instance-inside-vpc", Title: "SageMaker notebook instances should be launched in a custom VPC"},
		{ID: "SageMaker.3", Rule: "sagemaker-notebook-instance-root-access-check", Title: "Users should not have root access to SageMaker notebook instances"},
		{ID: "SageMaker.4", Rule: "sagemaker-endpoint-config-prod-instance-count", Title: "SageMaker endpoint production variants should have an initial instance count greater than 1", Beside: "availability"},
		{ID: "SageMaker.5", Rule: "sagemaker-model-isolation-enabled", Title: "SageMaker models should have network isolation enabled"},
		{ID: "SageMaker.6", Rule: "sagemaker-app-image-config-tagged", Title: "SageMaker app image configurations should be tagged", Beside: "tags"},
		{ID: "SageMaker.7", Rule: "sagemaker-image-tagged", Title: "SageMaker images should be tagged", Beside: "tags"},
		{ID: "SageMaker.8", Rule: "sagemaker-notebook-instance-platform-version", Title: "SageMaker notebook instances should run on supported platforms", Beside: "patches"},
		{ID: "SageMaker.9", Rule: "sagemaker-data-quality-job-encrypt-in-transit", Title: "SageMaker data quality job definitions should have inter-container traffic encryption enabled"},
		{ID: "SageMaker.10", Rule: "sagemaker-model-explainability-job-encrypt-in-transit", Title: "SageMaker model explainability job definitions should have inter-container traffic encryption enabled"},
		{ID: "SageMaker.11", Rule: "sagemaker-data-quality-job-isolation", Title: "SageMaker data quality job definitions should have network isolation enabled"},
		{ID: "SageMaker.12", Rule: "sagemaker-model-bias-job-isolation", Title: "SageMaker model bias job definitions should have network isolation enabled"},
		{ID: "SageMaker.13", Rule: "sagemaker-model-quality-job-encrypt-in-transit", Title: "SageMaker model quality job definitions should have inter-container traffic encryption enabled"},
		{ID: "SageMaker.14", Rule: "sagemaker-monitoring-schedule-isolation", Title: "SageMaker monitoring schedules should have network isolation enabled"},
		{ID: "SageMaker.15", Rule: "sagemaker-model-bias-job-encrypt-in-transit", Title: "SageMaker model bias job definitions should have inter-container traffic encryption enabled"},
		{ID: "SageMaker.16", Rule: "sagemaker-model-private-registry-required", Title: "SageMaker models should use private registry in VPC for primary containers"},
		{ID: "SageMaker.17", Rule: "sagemaker-featuregroup-encryption-at-rest", Title: "SageMaker feature group offline stores should be encrypted with AWS KMS keys", Beside: "data of the feature store"},
		{ID: "SageMaker.18", Rule: "sagemaker-featuregroup-online-store-encryption", Title: "SageMaker feature group online stores with standard storage should be encrypted with AWS KMS keys", Beside: "data of the feature store"},
		{ID: "SageMaker.19", Rule: "sagemaker-model-multicontainer-private-registry", Title: "SageMaker models should use private registry in VPC for multi-container inference pipelines"},
		{ID: "SageMaker.20", Rule: "sagemaker-model-explainability-job-network-isolation", Title: "SageMaker model explainability job definitions should have network isolation enabled"},
		{ID: "SageMaker.21", Rule: "sagemaker-notebook-instance-storage-vol-kms-encrypted", Title: "SageMaker notebook instances should be encrypted with customer managed AWS KMS keys"},
		{ID: "SageMaker.22", Rule: "sagemaker-monitoring-schedule-traffic-encryption", Title: "SageMaker monitoring schedules should have inter-container traffic encryption enabled"},
		{ID: "SageMaker.23", Rule: "sagemaker-inf-experiment-instance-storage-kms-encrypted", Title: "SageMaker inference experiments should have instance storage volume encrypted with customer managed AWS KMS keys"},
		{ID: "SageMaker.24", Rule: "sagemaker-inf-experiment-data-storage-kms-encrypted", Title: "SageMaker inference experiments should have data storage encrypted with customer managed AWS KMS keys"},
		{ID: "SageMaker.25", Rule: "sagemaker-model-quality-job-definition-isolation", Title: "SageMaker model quality job definitions should have network isolation enabled"},

		// Those of other services that a rule corresponds to.
		{ID: "EC2.2", Rule: "vpc-default-security-group-closed", Title: "VPC default security groups should not allow inbound or outbound traffic"},
		{ID: "EC2.6", Rule: "vpc-flow-logs-enabled", Title: "VPC flow logging should be enabled in all VPCs"},
		{ID: "EC2.13", Rule: "restricted-ssh", Title: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22"},
		{ID: "EC2.14", Rule: "restricted-common-ports", Title: "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389"},
		{ID: "EC2.15", Rule: "subnet-auto-assign-public-ip-disabled", Title: "Amazon EC2 subnets should not automatically assign public IP addresses"},
		{ID: "EC2.18", Rule: "vpc-sg-open-only-to-authorized-ports", Title: "Security groups should only allow unrestricted incoming traffic for authorized ports"},
		{ID: "EC2.19", Rule: "restricted-common-ports", Title: "Security groups should not allow unrestricted access to ports with high risk"},
		{ID: "EC2.53", Rule: "vpc-sg-port-restriction-check", Title: "EC2 security groups should not allow ingress from 0.0.0.0/0 to remote server administration ports"},
		{ID: "EC2.54", Rule: "vpc-sg-port-restriction-check", Title: "EC2 security groups should not allow ingress from ::/0 to remote server administration ports"},
		// Endpoints for services that no workload of SageMaker's needs: it pulls images from outside of the VPC.
		{ID: "EC2.10", Rule: "vpc-endpoint-enabled", Title: "Amazon EC2 should be configured to use VPC endpoints that are created for the Amazon EC2 service", Beside: "endpoints that no workload needs"},
		{ID: "EC2.55", Rule: "vpc-endpoint-enabled", Title: "VPCs should be configured with an interface endpoint for ECR API", Beside: "endpoints that no workload needs"},
		{ID: "EC2.56", Rule: "vpc-endpoint-enabled", Title: "VPCs should be configured with an interface endpoint for Docker Registry", Beside: "endpoints that no workload needs"},

		{ID: "CloudTrail.1", Rule: "multi-region-cloudtrail-enabled", Title: "CloudTrail should be enabled and configured with at least one multi-Region trail that includes read and write management events"},
		{ID: "CloudTrail.3", Rule: "cloudtrail-enabled", Title: "At least one CloudTrail trail should be enabled"},
	}
}
