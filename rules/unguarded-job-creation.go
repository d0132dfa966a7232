package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
)

// UnguardedJobCreation reports an Allow that lets SageMaker's workloads be created without a VPC. AWS: SageMaker AI developer
// guide, "Identity-based policy examples", "Connect ... to resources in a VPC".
var UnguardedJobCreation = &Rule{
	ID:         "unguarded-job-creation",
	Severity:   finding.High,
	Title:      "A policy lets SageMaker workloads be created outside the private network.",
	Label:      "nothing requires a VPC of the request",
	Help:       `deny these actions where the request has no VPC: "Null": {"sagemaker:VpcSubnets": "true"}`,
	Precision:  "high",
	Weaknesses: []int{862},
	Run: func(p *Pass) {
		for _, g := range p.identity().allows {
			s := g.suspect(g.wrong(g.bare), g.bare, "lets %s through without sagemaker:VpcSubnets")
			p.ReportAny(g.subject, []Suspect{s})
		}
	},
}
