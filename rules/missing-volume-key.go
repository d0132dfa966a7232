package rules

import (
	"github.com/vpclint/vpclint/analyzers/encryption"
	"github.com/vpclint/vpclint/internal/finding"
)

// MissingVolumeKey reports volumes that are encrypted with a key of AWS's. Instance types with volumes of their own take no
// key. AWS: API_ResourceConfig, VolumeKmsKeyId, and its like for the other kinds.
var MissingVolumeKey = &Rule{
	ID:        "missing-volume-key",
	Severity:  finding.Low,
	Title:     "The volumes of a SageMaker workload are not encrypted with a customer managed key.",
	Label:     "a key of AWS's encrypts it, whose policy and use you don't control",
	Help:      "name a KMS key of your own",
	Precision: "very-high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.21", "SageMaker.23"},
		Config: []string{
			"sagemaker-endpoint-config-kms-key-required", "sagemaker-endpoint-configuration-kms-key-configured",
			"sagemaker-inf-experiment-instance-storage-kms-encrypted", "sagemaker-notebook-instance-kms-key-configured",
			"sagemaker-notebook-instance-storage-vol-kms-encrypted",
		},
		Prowler: []string{
			"sagemaker_endpoint_config_kms_encryption_enabled", "sagemaker_notebook_instance_encryption_enabled",
			"sagemaker_training_jobs_volume_and_output_encryption_enabled",
		},
	},
	Run: func(p *Pass) { p.keyed(encryption.Volumes) },
}
