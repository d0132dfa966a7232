package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/secret"
)

// AccessKeyInJob reports an AWS access key that is written where a job, or the code that starts it, takes it from. Whoever reads
// it has the rights of its user, from anywhere. AWS: "Security best practices in IAM", require workloads to use temporary
// credentials with IAM roles; API_CreateTrainingJob, HyperParameters and Environment.
var AccessKeyInJob = &Rule{
	ID:         "access-key-in-job",
	Severity:   finding.Critical,
	Title:      "A job or its session holds a literal AWS access key.",
	Label:      "whoever reads this has the rights of its user",
	Help:       "deactivate the key, and let the job use its execution role",
	Precision:  "very-high",
	Weaknesses: []int{798},
	Run: func(p *Pass) {
		for workload, g := range p.given() {
			p.reportCredentials(workload, g, secret.Kind.AWS)
		}
		for _, s := range p.Sessions {
			p.reportSession(s)
		}
	},
}
