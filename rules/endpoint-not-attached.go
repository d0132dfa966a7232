package rules

import (
	"iter"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointNotAttached reports a VPC endpoint that workloads can't use, since it isn't where they are: a gateway endpoint that
// isn't on the route table of a workload's subnet, an interface endpoint in no subnet. AWS: "Gateway endpoints", routing;
// API_CreateVpcEndpoint.
var EndpointNotAttached = &Rule{
	ID:        "endpoint-not-attached",
	Severity:  finding.Medium,
	Title:     "A VPC endpoint is attached to nothing that SageMaker workloads use.",
	Label:     "the workload's traffic doesn't reach it",
	Help:      "attach it: a gateway endpoint to the route tables of the workloads' subnets, an interface endpoint to subnets",
	Precision: "high",
	Run: func(p *Pass) {
		guests, lost := p.guests()
		for _, ep := range p.Net.Endpoints {
			served := p.around(ep)
			if len(served) == 0 {
				continue
			}
			var suspects []Suspect
			for v := range vpcsOf(ep) {
				if here := guests[v]; len(here) > 0 {
					suspects = append(suspects, p.unattached(ep, v, here)...)
				}
			}
			p.among(ep, served, "shares its VPC with", suspects)
		}
		p.finish(lost, always)
	},
}

// vpcsOf returns the VPCs of the tree that an endpoint may be in.
func vpcsOf(ep *network.Endpoint) iter.Seq[*network.VPC] {
	return func(yield func(*network.VPC) bool) {
		for i := range ep.VPCs {
			if e := &ep.VPCs[i]; e.To != nil && e.Holds.Known() != tri.False && !yield(e.To) {
				return
			}
		}
	}
}

func (p *Pass) unattached(ep *network.Endpoint, v *network.VPC, guests []guest) []Suspect {
	gateway := ep.In(v).And(ep.VPCEndpointType.Is("Gateway"))
	local := ep.In(v).And(ep.VPCEndpointType.Is("Interface"))
	hosts := anyOf(guests)
	var suspects []Suspect
	if wrong := ep.InSubnets.Not().And(local).And(hosts); wrong.Possible() {
		suspects = append(suspects, Suspect{
			Wrong: wrong, At: ep.SubnetIDs.Leaf, From: placeOf(ep.SubnetIDs.Leaf, ep),
			Because: guests[0].steps(), about: guests,
			Message: "is in no subnet, so that " + named(p.residents(guests)) + " can't reach it",
		})
	}
	if wrong := ep.OnRouteTables.Not().And(gateway).And(hosts); wrong.Possible() {
		suspects = append(suspects, Suspect{
			Wrong: wrong, At: ep.RouteTableIDs.Leaf, From: placeOf(ep.RouteTableIDs.Leaf, ep),
			Because: guests[0].steps(), about: guests,
			Message: "is on no route table, so that nothing from " + named(p.residents(guests)) + " goes there",
		})
	}
	isS3 := p.Facts.Endpoints.Is(ep, v, endpoints.S3, endpoints.Gateway).And(ep.OnRouteTables)
	if isS3.Known() == tri.False {
		return suspects
	}
	subnets, by := bySubnet(guests)
	for _, s := range subnets {
		here := by[s]
		wrong := isS3.And(anyOf(here))
		if s == nil {
			wrong = wrong.And(value.Unknowable(here[0].reason, here[0].edge.From))
			suspects = append(suspects, Suspect{Wrong: wrong, At: ep.RouteTableIDs.Leaf, From: placeOf(ep.RouteTableIDs.Leaf, ep), about: here})
			continue
		}
		if wrong = wrong.And(p.Facts.Endpoints.Routed(s, v, endpoints.S3).Not()); !wrong.Possible() {
			continue
		}
		suspects = append(suspects, Suspect{
			Wrong: wrong, At: ep.RouteTableIDs.Leaf, From: placeOf(ep.RouteTableIDs.Leaf, ep),
			Message: "is not on the route table of " + s.Head().Subject() + ", the subnet of " + named(p.residents(here)),
			about:   here,
			Because: append(here[0].runs(), p.Facts.Endpoints.OnTable(ep, s).Path...),
		})
	}
	return suspects
}

// bySubnet groups guests by their subnet, which is nil for those of which it isn't known.
func bySubnet(guests []guest) ([]*network.Subnet, map[*network.Subnet][]guest) {
	var order []*network.Subnet
	by := map[*network.Subnet][]guest{}
	for _, g := range guests {
		if by[g.subnet] == nil {
			order = append(order, g.subnet)
		}
		by[g.subnet] = append(by[g.subnet], g)
	}
	return order, by
}
