package rules

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// VPCDNSOff reports a VPC in which the names of AWS's services don't resolve, or not to the endpoints that are to answer to
// them. AWS: "DNS attributes for your VPC".
var VPCDNSOff = &Rule{
	ID:        "vpc-dns-off",
	Severity:  finding.Medium,
	Title:     "A VPC with SageMaker workloads or private DNS has DNS off.",
	Label:     "private names don't resolve",
	Help:      "set {EnableDnsSupport} and {EnableDnsHostnames} to true",
	Precision: "very-high",
	Run: func(p *Pass) {
		guests, lost := p.guests()
		for _, v := range p.Net.VPCs {
			here := guests[v]
			private, ep := privateNames(v)
			if len(here) == 0 && ep == nil {
				continue
			}
			var suspects []Suspect
			if len(here) > 0 {
				suspects = append(suspects, Suspect{
					Wrong: v.DNSSupport.IsTrue().Not().And(anyOf(here)), At: v.DNSSupport.Leaf, From: placeOf(v.DNSSupport.Leaf, v),
					Because: here[0].steps(),
					Message: "has DNS support off, so that " + named(p.residents(here)) + " in it resolves no name of AWS's",
				})
			}
			if ep != nil {
				because := []finding.Step{ep.Step(ep.Subject() + " has private DNS on")}
				suspects = append(suspects, Suspect{
					Wrong: v.DNSSupport.IsTrue().Not().And(private), At: v.DNSSupport.Leaf, From: placeOf(v.DNSSupport.Leaf, v),
					Because: because,
					Message: "has DNS support off, which the private DNS of " + ep.Subject() + " needs",
				}, Suspect{
					Wrong: v.DNSHostnames.IsTrue().Not().And(private), At: v.DNSHostnames.Leaf, From: placeOf(v.DNSHostnames.Leaf, v),
					Because: because,
					Message: "has DNS hostnames off, which the private DNS of " + ep.Subject() + " needs",
				})
			}
			p.among(v, here, "is in", suspects)
		}
		p.finish(lost, always)
	},
}

// privateNames says in which worlds a VPC has an interface endpoint with private DNS, and returns the first such.
func privateNames(v *network.VPC) (value.Truth, *model.VPCEndpoint) {
	holds := value.No()
	var first *model.VPCEndpoint
	for _, ep := range v.Endpoints {
		here := ep.In(v).And(ep.VPCEndpointType.Is("Interface")).And(ep.PrivateDNS)
		if here.Possible() && (first == nil || here.Somewhere() && !holds.Somewhere()) {
			first = ep.VPCEndpoint
		}
		holds = holds.Or(here)
	}
	return holds, first
}
