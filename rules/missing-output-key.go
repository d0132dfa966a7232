package rules

import (
	"github.com/vpclint/vpclint/analyzers/encryption"
	"github.com/vpclint/vpclint/internal/finding"
)

// MissingOutputKey reports what is written to S3 under the key that the bucket, or S3, has for everybody.
// AWS: API_OutputDataConfig, KmsKeyId, and its like for the other kinds.
var MissingOutputKey = &Rule{
	ID:        "missing-output-key",
	Severity:  finding.Low,
	Title:     "What a SageMaker workload writes is not encrypted with a customer managed key.",
	Label:     "a key of AWS's encrypts it, whose policy and use you don't control",
	Help:      "name a KMS key of your own",
	Precision: "very-high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"SageMaker.24"},
		Config:      []string{"sagemaker-inf-experiment-data-storage-kms-encrypted"},
		Prowler:     []string{"sagemaker_training_jobs_volume_and_output_encryption_enabled"},
	},
	Run: func(p *Pass) { p.keyed(encryption.Outputs) },
}
