// Package endpoints answers which services of AWS a subnet reaches privately: by which VPC endpoint, and whether its route
// tables, its subnets, its security groups and its DNS let it.
//
// In goes the linked network, out come three-valued facts with the places that show them. It knows no rule, no wording of
// findings and no severity.
package endpoints

import (
	"slices"

	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Fact is a verdict and the places that show it.
type Fact struct {
	Holds value.Truth
	Path  []finding.Step
}

// A Type is a type of VPC endpoints, as AWS spells it.
type Type string

// The types that reach a service of AWS's.
const (
	Gateway   Type = "Gateway"
	Interface Type = "Interface"
)

// An Analysis is what is true of the VPC endpoints of one network. It is not safe for concurrent use.
type Analysis struct {
	graph    *network.Graph
	firewall *firewall.Analysis
	present  map[presence]Fact
	onTable  map[attachment]Fact
	routed   map[routing]value.Truth
	regions  map[*network.VPC]string
}

type presence struct {
	vpc     *network.VPC
	service Service
	typ     Type
}

type routing struct {
	subnet  *network.Subnet
	vpc     *network.VPC
	service Service
}

type attachment struct {
	endpoint *network.Endpoint
	subnet   *network.Subnet
}

// Analyze prepares the analysis of a network; each fact is established when it is asked for.
func Analyze(g *network.Graph, f *firewall.Analysis) *Analysis {
	return &Analysis{
		graph: g, firewall: f, present: map[presence]Fact{}, onTable: map[attachment]Fact{}, routed: map[routing]value.Truth{},
	}
}

// Present says in which worlds a VPC has an endpoint of a type for a service, whatever that is attached to.
func (a *Analysis) Present(v *network.VPC, s Service, t Type) Fact {
	key := presence{v, s, t}
	if f, ok := a.present[key]; ok {
		return f
	}
	f := Fact{Holds: value.No()}
	for _, ep := range v.Endpoints {
		here := a.Is(ep, v, s, t)
		if f.Path == nil && here.Somewhere() {
			f.Path = []finding.Step{ep.Step(ep.Subject() + " is its endpoint for " + string(s))}
		}
		if f.Holds = f.Holds.Or(here); f.Holds.Known() == tri.True {
			break
		}
	}
	f.Holds = f.Holds.Or(v.EndpointsComplete.Lacking("not all endpoints of " + v.Head().Subject() + " are known"))
	a.present[key] = f
	return f
}

// Is says in which worlds an endpoint is one of a VPC, of a type and for a service of that VPC's region.
func (a *Analysis) Is(ep *network.Endpoint, v *network.VPC, s Service, t Type) value.Truth {
	serves := Serves(ep, s)
	if serves.Known() == tri.False {
		return serves
	}
	return ep.In(v).And(ep.VPCEndpointType.Is(string(t))).And(serves).And(a.near(ep, v))
}

// near says in which worlds an endpoint's service is in the region of its VPC. AWS: "Cross-Region enabled AWS services".
func (a *Analysis) near(ep *network.Endpoint, v *network.VPC) value.Truth {
	return ep.ServiceRegion.Each(func(r value.Value) value.Truth {
		there, known := r.AsString()
		if !known || there == "" {
			return value.Yes() // mostly the region that everything else is in, too
		}
		switch here := a.region(v); {
		case here != "":
			return value.Always(tri.Of(here == there), r.Origin())
		case ep.Raw.Fact:
			return value.Yes() // describe-vpc-endpoints tells it of every endpoint
		}
		return value.Unknowable("it is not known whether "+v.Head().Subject()+" is in "+there, r.Origin())
	})
}

// region returns the region of a VPC, as the zones of its subnets and the names of its endpoints tell it; "" where they
// don't.
func (a *Analysis) region(v *network.VPC) string {
	if a.regions == nil {
		a.regions = map[*network.VPC]string{}
		for _, s := range a.graph.Subnets {
			if zone := zoneOf(s); zone != "" && s.VPC.To != nil {
				a.regions[s.VPC.To] = zone[:len(zone)-1]
			}
		}
	}
	if r, ok := a.regions[v]; ok {
		return r
	}
	for _, ep := range v.Endpoints {
		if name, ok := ep.ServiceName.AsString(); ok && ep.ServiceRegion.Kind() == value.KindAbsent && region(name) != "" {
			a.regions[v] = region(name)
			break
		}
	}
	return a.regions[v]
}

// OnTable says in which worlds a gateway endpoint is on the route table that takes effect in a subnet. The path shows which
// that is. AWS: "Gateway endpoints", routing.
func (a *Analysis) OnTable(ep *network.Endpoint, s *network.Subnet) Fact {
	key := attachment{ep, s}
	if f, ok := a.onTable[key]; ok {
		return f
	}
	tables, complete := s.Tables()
	f := Fact{Holds: value.No()}
	for _, t := range tables {
		if alike(ep, s, t) {
			f = Fact{Holds: value.Yes(), Path: t.Path}
			a.onTable[key] = f
			return f
		}
		if t.Default && s.VPC.To != nil {
			t.Table = s.VPC.To.Implicit
		}
		here := t.Holds.And(on(ep, t))
		f.Holds = f.Holds.Or(here)
		// The table that the endpoint is not on tells most.
		if f.Path == nil || here.Known() == tri.False && t.Holds.Known() != tri.False {
			f.Path = t.Path
		}
	}
	f.Holds = f.Holds.Or(complete.Lacking("not all of its route tables are known"))
	a.onTable[key] = f
	return f
}

// Routed says in which worlds packets from a subnet for a service go to an endpoint of its VPC: a gateway endpoint on its
// route table, or an interface endpoint that the service's name leads to, which serves all of the VPC.
func (a *Analysis) Routed(s *network.Subnet, v *network.VPC, service Service) value.Truth {
	key := routing{s, v, service}
	if t, ok := a.routed[key]; ok {
		return t
	}
	holds := value.No()
	for _, ep := range v.Endpoints {
		if holds.Known() == tri.True {
			break
		}
		if is := a.Is(ep, v, service, Gateway); is.Known() != tri.False {
			holds = holds.Or(is.And(a.OnTable(ep, s).Holds))
		}
		if is := a.Is(ep, v, service, Interface); is.Known() != tri.False {
			holds = holds.Or(is.And(ep.InSubnets).And(a.Resolves(ep, v)))
		}
	}
	holds = holds.Or(v.EndpointsComplete.Lacking("not all endpoints of " + v.Head().Subject() + " are known"))
	a.routed[key] = holds
	return holds
}

// on says in which worlds an endpoint is on a table.
func on(ep *network.Endpoint, t network.Effective) value.Truth {
	if t.Table == nil && t.Named.Name == "" && !t.Default {
		return value.Unknowable(t.Named.Reason, t.Named.From)
	}
	holds := value.No()
	for _, e := range ep.RouteTables {
		switch {
		case t.Table != nil && e.To == t.Table, e.To == nil && e.Name != "" && e.Name == t.Named.Name:
			holds = holds.Or(e.Holds)
		case e.To == nil && e.Name == "":
			// It names one that isn't known: maybe this.
			holds = holds.Or(e.Holds.And(value.Unknowable(e.Reason, e.From)))
		}
	}
	return holds.Or(ep.RouteTablesComplete.Lacking("not all of its route tables are known"))
}

// alike reports whether a subnet and an endpoint are both given one table that isn't in the tree, by one name.
func alike(ep *network.Endpoint, s *network.Subnet, t network.Effective) bool {
	if t.Table != nil || len(s.Associations) != 1 || s.Associations[0].Head().Exists().Known() != tri.True {
		return false
	}
	return slices.ContainsFunc(ep.RouteTables, func(e network.Edge[network.RouteTable]) bool {
		return e.To == nil && e.Same(t.Named)
	})
}

// Resolves says in which worlds the service's own name leads to an interface endpoint in a VPC: its private DNS is on, and
// the VPC has DNS support and DNS hostnames. AWS: "Access an AWS service using an interface VPC endpoint", private DNS.
func (a *Analysis) Resolves(ep *network.Endpoint, v *network.VPC) value.Truth {
	return ep.PrivateDNS.And(v.DNSSupport.IsTrue()).And(v.DNSHostnames.IsTrue())
}

// Admits says in which worlds the security groups of an interface endpoint let HTTPS in from one side.
func (a *Analysis) Admits(ep *network.Endpoint, from firewall.Side) firewall.Fact {
	return a.firewall.Admits(firewall.EndpointSide(ep), from, firewall.HTTPS)
}

// Reaches says in which worlds a subnet of a VPC reaches a service without leaving it, from interfaces with the given groups,
// and by which endpoint.
func (a *Analysis) Reaches(s *network.Subnet, v *network.VPC, from firewall.Side, service Service) Fact {
	f := Fact{Holds: value.No()}
	for _, ep := range v.Endpoints {
		here, path := value.No(), []finding.Step(nil)
		if is := a.Is(ep, v, service, Gateway); is.Known() != tri.False {
			table := a.OnTable(ep, s)
			here, path = is.And(table.Holds), table.Path
		}
		if is := a.Is(ep, v, service, Interface); is.Known() != tri.False {
			wall := a.Admits(ep, from)
			here = here.Or(is.And(ep.InSubnets).And(a.Resolves(ep, v)).And(wall.Holds))
			path = append(slices.Clip(path), wall.Path...)
		}
		if f.Path == nil && here.Somewhere() {
			f.Path = append(slices.Clip(path), ep.Step(ep.Subject()+" leads to "+string(service)))
		}
		f.Holds = f.Holds.Or(here)
	}
	f.Holds = f.Holds.Or(v.EndpointsComplete.Lacking("not all endpoints of " + v.Head().Subject() + " are known"))
	return f
}
