package rules

import (
	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointPrivateDNSOff reports an interface endpoint in a workload's VPC that doesn't answer to the service's own name, so
// that SDKs pass it by. AWS: "Access an AWS service using an interface VPC endpoint", private DNS.
var EndpointPrivateDNSOff = &Rule{
	ID:        "endpoint-private-dns-off",
	Severity:  finding.Medium,
	Title:     "An interface endpoint that SageMaker workloads need has private DNS off.",
	Label:     "the service's own name doesn't lead here",
	Help:      "set {PrivateDnsEnabled} to true",
	Precision: "high",
	Run: func(p *Pass) {
		guests, lost := p.guests()
		for _, ep := range p.Net.Endpoints {
			served := p.around(ep)
			if len(served) == 0 {
				continue
			}
			wrong := value.No()
			for v := range vpcsOf(ep) {
				// S3's gateway endpoint needs no name, and goes before.
				spare := endpoints.Serves(ep, endpoints.S3).And(p.Facts.Endpoints.Present(v, endpoints.S3, endpoints.Gateway).Holds)
				wrong = wrong.Or(anyOf(guests[v]).And(ep.In(v)).And(spare.Not()))
			}
			wrong = wrong.And(ep.VPCEndpointType.Is("Interface")).And(endpoints.IsDocumented(ep))
			p.among(ep, served, "shares its VPC with", []Suspect{{
				Wrong: ep.PrivateDNS.Not().And(wrong), At: ep.PrivateDNSEnabled.Leaf, From: placeOf(ep.PrivateDNSEnabled.Leaf, ep),
				Message: "has private DNS off, so that the calls of " + named(p.residents(served)) + " don't find it",
				Because: served[0].steps(),
				about:   served,
			}})
		}
		p.finish(lost, always)
	},
}
