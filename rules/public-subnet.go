package rules

import (
	"fmt"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// PublicSubnet reports a workload in a subnet whose effective route table leads to an internet gateway, with the path
// that shows it. AWS: VPC user guide, "Subnet types".
var PublicSubnet = &Rule{
	ID:        "public-subnet",
	Severity:  finding.High,
	Title:     "A SageMaker workload sits in a public subnet.",
	Label:     "this subnet is public",
	Help:      "name subnets whose route table has no route to an internet gateway",
	Precision: "high",
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			for _, place := range w.Placements {
				applies := place.Applies
				if d, ok := w.Workload.(*model.Domain); ok {
					applies = d.AppNetworkAccessType.Is("VpcOnly")
				}
				suspects = append(suspects, p.public(place.Subnets, place.Placement.Subnets.Leaf, applies, "runs")...)
				// What else may be in the list may be public.
				suspects = append(suspects, Suspect{
					At:    place.Placement.Subnets.Leaf,
					Wrong: applies.And(unknownWhere(place.Complete.Not(), "not all of its subnets are known")),
				})
			}
			p.ReportAny(w, suspects)
		}
		hosts := hosting(p.Net)
		for _, ep := range p.Net.Endpoints {
			// Endpoints of a VPC without workloads serve none.
			serves := value.No()
			for _, vpc := range ep.VPCs {
				if hosts[vpc.To] {
					serves = serves.Or(vpc.Holds)
				}
			}
			p.ReportAny(ep, p.public(ep.Subnets, ep.SubnetIDs.Leaf, serves.And(ep.VPCEndpointType.Is("Interface")), "stands"))
		}
	},
}

// public returns a suspect for each subnet that something is attached to.
func (p *Pass) public(edges []network.Edge[network.Subnet], at value.Leaf, applies value.Truth, verb string) []Suspect {
	var suspects []Suspect
	for _, edge := range edges {
		s := Suspect{At: at, From: edge.From}
		if edge.To == nil {
			s.Wrong = unknownWhere(edge.Holds, edge.Reason).And(applies)
		} else {
			public := p.Exposure.Public(edge.To)
			s.Wrong = applies.And(edge.Holds).And(public.Holds)
			s.Message = fmt.Sprintf("%s in the public subnet %s", verb, edge.To.Head().Subject())
			s.Because = append(append([]finding.Step{}, edge.Via...), public.Path...)
		}
		suspects = append(suspects, s)
	}
	return suspects
}

// hosting returns the VPCs in which a workload may be.
func hosting(g *network.Graph) map[*network.VPC]bool {
	hosts := map[*network.VPC]bool{}
	for _, w := range g.Workloads {
		for _, place := range w.Placements {
			for _, edge := range place.Subnets {
				if edge.To != nil && edge.To.VPC.To != nil {
					hosts[edge.To.VPC.To] = true
				}
			}
		}
	}
	return hosts
}

// unknownWhere is unknown in the worlds where t is not false.
func unknownWhere(t value.Truth, reason string) value.Truth {
	return t.And(value.Unknowable(reason, nil))
}
