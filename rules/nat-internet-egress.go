package rules

import (
	"fmt"
	"slices"

	"github.com/vpclint/vpclint/analyzers/exposure"
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// NATInternetEgress reports a workload whose packets leave its private subnet for the internet: its subnet's routes lead to a
// NAT gateway that reaches it, and a security group lets them out. AWS: VPC user guide, "NAT gateways".
var NATInternetEgress = &Rule{
	ID:        "nat-internet-egress",
	Severity:  finding.Low,
	Strict:    true,
	Title:     "A SageMaker workload reaches the internet through a NAT gateway.",
	Label:     "the way out starts here",
	Help:      "let security groups out to VPC endpoints and prefix lists only, or route the subnet to no NAT gateway",
	Precision: "high",
	Run: func(p *Pass) {
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			looked := false
			for i := range w.Attachments {
				a := &w.Attachments[i]
				applies := a.Holds.And(a.Placement.Traffic).And(w.Serverless.Not())
				if applies.Known() == tri.False {
					continue
				}
				looked = true
				suspects = append(suspects, p.translated(a, applies)...)
			}
			if looked {
				p.ReportAny(w, suspects)
			}
		}
	},
}

// translated returns a suspect for each subnet of an attachment.
func (p *Pass) translated(a *network.Attachment, applies value.Truth) []Suspect {
	leaf := a.Placement.Placement.Subnets.Leaf
	out := p.Firewall.OutTo(firewall.SideOf(a), p.Exposure.Internet)
	applies = applies.And(out.Holds)
	if applies.Known() == tri.False {
		return nil
	}
	var suspects []Suspect
	for i := range a.Placement.Subnets {
		edge := &a.Placement.Subnets[i]
		s := Suspect{At: leaf, From: edge.From}
		if edge.To == nil {
			s.Wrong = applies.And(unknownWhere(edge.Holds, edge.Reason))
			suspects = append(suspects, s)
			continue
		}
		way := p.Exposure.OutIn(edge.To, exposure.IPv4)
		if s.Wrong = edge.Holds.And(way.Holds); s.Wrong.Possible() {
			s.Wrong = s.Wrong.And(p.Exposure.Public(edge.To).Holds.Not()).And(applies)
		}
		if !s.Wrong.Possible() {
			continue
		}
		s.Message = fmt.Sprintf("%sreaches the internet from %s through a NAT gateway", placeName(a.Placement), edge.To.Head().Subject())
		s.Because = slices.Concat(edge.Via, way.Path, out.Path)
		suspects = append(suspects, s)
	}
	if more := applies.And(a.Placement.Complete.Lacking("not all of its subnets are known")); more.Possible() {
		suspects = append(suspects, Suspect{At: leaf, Wrong: more})
	}
	return suspects
}
