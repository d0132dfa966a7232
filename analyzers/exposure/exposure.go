// Package exposure answers which subnets reach, or are reached from, the internet.
//
// In goes the linked network, out comes for each subnet a three-valued verdict with the path that shows it: subnet,
// association, route, gateway. It knows no rule, no wording of findings and no severity.
package exposure

import (
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// A Fact is a verdict on a subnet and the places that show it.
type Fact struct {
	Holds value.Truth
	// Path leads from the subnet to the gateway, for a verdict that holds somewhere.
	Path []finding.Step
}

// A Family is a family of addresses.
type Family uint8

// The families.
const (
	IPv4 Family = iota
	IPv6
	families
)

// An Analysis is what is true of the subnets of one network. It is not safe for concurrent use.
type Analysis struct {
	graph   *network.Graph
	spaces  [families]space
	subnets map[*network.Subnet]*subnet
	tables  map[*network.RouteTable]*table
}

// A subnet is what is known of one: what Subnet.Tables returns, and the answers to what was asked.
type subnet struct {
	tables   []network.Effective
	complete value.Truth
	facts    [families][ways]*Fact
}

// Analyze prepares the analysis of a network; each subnet is judged when it is asked for.
func Analyze(g *network.Graph) *Analysis {
	return &Analysis{
		graph: g, spaces: spaces(), subnets: map[*network.Subnet]*subnet{}, tables: map[*network.RouteTable]*table{},
	}
}

// Public reports whether the effective route table of a subnet (its explicit association, else its VPC's main table)
// sends packets for the whole internet to an internet gateway. AWS: VPC user guide, "Route tables".
func (a *Analysis) Public(s *network.Subnet) Fact {
	return either(a.PublicIn(s, IPv4), a.PublicIn(s, IPv6))
}

// PublicIn is Public for one family of addresses.
func (a *Analysis) PublicIn(s *network.Subnet, f Family) Fact { return a.leads(s, f, toGateway) }

// Out reports whether packets from a subnet for the whole internet have a way out of the VPC that works without a public
// address: a NAT gateway or instance. What leaves the tree, as a transit gateway does, leaves it open. An internet gateway is no
// way out for SageMaker's interfaces, which have no public address. It is about IPv4, in which AWS's services answer unless they
// are asked by other names.
func (a *Analysis) Out(s *network.Subnet) Fact { return a.OutIn(s, IPv4) }

// OutIn is Out for one family of addresses. That of IPv4 is translation: by a NAT gateway that is public and itself has a way
// to an internet gateway. That of IPv6 is an egress-only gateway.
func (a *Analysis) OutIn(s *network.Subnet, f Family) Fact { return a.leads(s, f, out) }

// IPv6Out reports whether IPv6 packets from a subnet for the whole internet get there, by an internet gateway or an egress-only
// one: IPv6 addresses are public, so that what has one gets out with it.
// AWS: VPC user guide, "Enable outbound IPv6 traffic using egress-only internet gateways".
func (a *Analysis) IPv6Out(s *network.Subnet) Fact { return a.leads(s, IPv6, openly) }

// either holds where one of two facts does.
func either(x, y Fact) Fact {
	fact := Fact{Holds: x.Holds.Or(y.Holds), Path: x.Path}
	if fact.Path == nil {
		fact.Path = y.Path
	}
	return fact
}

// leads says in which worlds a subnet's packets for the whole internet go a certain way.
func (a *Analysis) leads(s *network.Subnet, f Family, w way) Fact {
	known := a.subnets[s]
	if known == nil {
		known = &subnet{}
		known.tables, known.complete = s.Tables()
		a.subnets[s] = known
	}
	if fact := known.facts[f][w]; fact != nil {
		return *fact
	}
	fact := Fact{Holds: value.No()}
	for _, t := range known.tables {
		here, path := t.Holds, t.Path
		switch {
		case t.Default && (w == out || w == behind || f == IPv6):
			here = value.No() // 0.0.0.0/0 to an internet gateway is all that there is
		case t.Table != nil:
			routes := a.table(t.Table).leads(a, f, w)
			here, path = here.And(routes.Holds), append(slices.Clip(path), routes.Path...)
		}
		if fact.Path == nil && here.Somewhere() {
			fact.Path = path
		}
		fact.Holds = fact.Holds.Or(here)
	}
	fact.Holds = fact.Holds.Or(known.complete.Lacking("not all of its routes and associations are known"))
	known.facts[f][w] = &fact
	return fact
}
