package rules

import (
	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/internal/finding"
)

// MissingS3Endpoint reports a VPC that hosts a workload and has no endpoint for S3, so that what the workload reads and writes
// takes another way, or none. AWS: "Give SageMaker AI training jobs access to resources in your Amazon VPC".
var MissingS3Endpoint = &Rule{
	ID:        "missing-s3-endpoint",
	Severity:  finding.High,
	Title:     "A VPC that hosts a SageMaker workload has no endpoint for S3.",
	Label:     "its workloads' data has no private way to S3",
	Help:      "add a gateway endpoint for S3 to the route tables of the workloads' subnets",
	Precision: "high",
	Elsewhere: Counterparts{Config: []string{"vpc-endpoint-enabled"}},
	Run: func(p *Pass) {
		guests, lost := p.guests()
		for _, v := range p.Net.VPCs {
			here := guests[v]
			if len(here) == 0 {
				continue
			}
			gateway := p.Facts.Endpoints.Present(v, endpoints.S3, endpoints.Gateway)
			other := p.Facts.Endpoints.Present(v, endpoints.S3, endpoints.Interface)
			p.hosted(v, here, Suspect{
				Wrong:   anyOf(here).And(gateway.Holds.Or(other.Holds).Not()),
				From:    header(v),
				Message: "has no endpoint for S3",
				Because: here[0].steps(),
				about:   here,
			})
		}
		p.finish(lost, always)
	},
}
