package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/secret"
)

// SecretInEnvironment reports a secret that is written into the environment of a workload, where each describe call returns it
// and each version of the source keeps it. AWS: API_DescribeTrainingJob, Environment: "do not include any security-sensitive
// information including account access IDs, secrets, or tokens in any environment fields". API_CreateTrainingJob says the same of
// HyperParameters, which containers that use SageMaker's training toolkit find in their environment as SM_HP_<NAME>.
var SecretInEnvironment = &Rule{
	ID:         "secret-in-environment",
	Severity:   finding.High,
	Title:      "A workload's environment holds a literal secret.",
	Label:      "everyone who may describe the workload, or read this file, can read it",
	Help:       "replace it, and have the container fetch it from AWS Secrets Manager with the workload's role",
	Precision:  "high",
	Weaknesses: []int{798},
	Run: func(p *Pass) {
		for workload, g := range p.given() {
			if g.Kind != model.GivenArguments {
				p.reportCredentials(workload, g, func(k secret.Kind) bool { return !k.AWS() })
			}
		}
	},
}
