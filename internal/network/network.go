// Package network answers who is connected to whom: it links typed resources into VPCs, subnets, route tables, routes,
// gateways, endpoints and workloads.
//
// In goes the estate, out comes the graph. This is the only place where ids and references become edges, whatever
// language either end was written in. An edge is three-valued and remembers where it is written. The package draws no
// conclusion: what follows from the edges is the analyzers' business.
package network

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An Edge says that something names a T.
type Edge[T any] struct {
	// To is what is named; nil where it isn't in the tree.
	To *T
	// Holds says in which worlds it is named.
	Holds value.Truth
	// From is where it is named, and how the name came there.
	From *value.Origin
	// Name is how it is named, where that is a literal id.
	Name string
	// Reason says why To is nil.
	Reason string
	// Via are the places that tell which resource a literal id is.
	Via []finding.Step
	// member is the one thing that is named, and when the world in which it is.
	member value.Value
	when   value.World
}

// A Subnet is a subnet with what decides its routes.
type Subnet struct {
	model.Resource
	// Default reports whether it is a default subnet of the account's default VPC.
	Default bool
	// VPC is the VPC that it is in.
	VPC Edge[VPC]
	// Associations are the explicit associations with route tables.
	Associations []Association
	// Complete says in which worlds no other association is in the tree.
	Complete value.Truth
}

// An Association gives a subnet its route table.
type Association struct {
	model.Resource
	Table Edge[RouteTable]
	Holds value.Truth
}

// A VPC is a VPC with what decides its main route table.
type VPC struct {
	model.Resource
	// Default reports whether it is the account's default VPC.
	Default bool
	// Main are the route tables that are made its main one.
	Main []MainTable
	// Implicit is the main route table that comes with every VPC, with the routes that are added to it by
	// main_route_table_id or default_route_table_id.
	Implicit *RouteTable
	// Complete says in which worlds no other table can be made its main one.
	Complete value.Truth
	// Endpoints are the VPC endpoints in it.
	Endpoints []*Endpoint
}

// A MainTable makes a route table the main one of a VPC.
type MainTable struct {
	model.Resource
	Table Edge[RouteTable]
	Holds value.Truth
}

// A RouteTable is a route table with its routes, inline and separate.
type RouteTable struct {
	model.Resource
	Routes []Route
	// Complete says in which worlds the tree has no other route of the table.
	Complete value.Truth
}

// A Route is one route of a table.
type Route struct {
	// At is where it is written; Subject is what it is called.
	At      source.Span
	Subject string
	Holds   value.Truth
	// Destinations are the members that say where it leads, of which one is set.
	DestinationCIDRBlock, DestinationIPv6CIDRBlock, DestinationPrefixListID value.String
	// GatewayID names the target, where it is an internet or a virtual private gateway.
	GatewayID value.String
	// Gateway is the internet gateway that GatewayID names.
	Gateway Edge[InternetGateway]
}

// An InternetGateway connects a VPC to the internet.
type InternetGateway struct{ model.Resource }

// An Endpoint is a VPC endpoint with its policy, wherever that is written.
type Endpoint struct {
	*model.VPCEndpoint
	// Policies are the policies that are managed apart from the endpoint.
	Policies []Edge[model.VPCEndpointPolicy]
	// Complete says in which worlds no other separate policy can be this endpoint's.
	Complete value.Truth
	// VPCs are those that it may be in, and Subnets those of an interface endpoint, wherever that is written.
	VPCs    []Edge[VPC]
	Subnets []Edge[Subnet]
}

// A Workload is a workload with the subnets that it is attached to.
type Workload struct {
	model.Workload
	Placements []Placement
	// Serverless says in which worlds it is a model that only serverless variants of endpoints use: these run in no VPC.
	// AWS: "Deploy models with Amazon SageMaker Serverless Inference", feature exclusions.
	Serverless value.Truth
}

// A Placement is where a workload, or a part of it, is attached.
type Placement struct {
	model.Placement
	Subnets []Edge[Subnet]
	// Complete says in which worlds it is attached to no other subnets.
	Complete value.Truth
}

// A Graph is the linked estate. Everything is in the order in which the front-ends gave it.
type Graph struct {
	Workloads        []*Workload
	VPCs             []*VPC
	Subnets          []*Subnet
	RouteTables      []*RouteTable
	InternetGateways []*InternetGateway
	Endpoints        []*Endpoint
}

// Link makes edges of ids and references. The identities tell which literal ids are which resources.
func Link(estate *model.Estate, identities []resource.Identity) *Graph {
	l := &linker{
		graph:    &Graph{},
		vpcs:     map[value.Address]*VPC{},
		subnets:  map[value.Address]*Subnet{},
		tables:   map[value.Address]*RouteTable{},
		gateways: map[value.Address]*InternetGateway{},
		literals: map[string][]resource.Identity{},
	}
	for _, id := range identities {
		l.literals[id.Literal] = append(l.literals[id.Literal], id)
	}
	l.known = estate.Declared
	l.declare(estate)
	l.routes(estate)
	l.associations(estate)
	l.endpoints(estate)
	l.workloads(estate)
	return l.graph
}

type linker struct {
	graph    *Graph
	vpcs     map[value.Address]*VPC
	subnets  map[value.Address]*Subnet
	tables   map[value.Address]*RouteTable
	gateways map[value.Address]*InternetGateway
	known    func(value.Address) *resource.Raw
	literals map[string][]resource.Identity
}

func (l *linker) declare(e *model.Estate) {
	addVPC := func(r model.Resource, isDefault bool) {
		v := &VPC{Resource: r, Default: isDefault, Implicit: &RouteTable{Resource: r, Complete: value.Yes()}, Complete: value.Yes()}
		l.graph.VPCs = append(l.graph.VPCs, v)
		l.graph.RouteTables = append(l.graph.RouteTables, v.Implicit)
		l.vpcs[r.Head().Addr()] = v
		l.tables[r.Head().Addr()] = v.Implicit
	}
	for _, r := range e.VPCs {
		addVPC(r, false)
	}
	for _, r := range e.DefaultVPCs {
		addVPC(r, true)
	}
	addSubnet := func(r model.Resource, isDefault bool, vpc value.Value) {
		s := &Subnet{Resource: r, Default: isDefault, Complete: value.Yes()}
		if edges, _ := resolve(l, vpc, l.vpcs, "VPC"); len(edges) == 1 {
			s.VPC = edges[0]
		} else {
			s.VPC = Edge[VPC]{Holds: value.Unknowable("it is not known in which VPC it is", vpc.Origin()), Reason: "it is not known in which VPC it is"}
		}
		l.graph.Subnets = append(l.graph.Subnets, s)
		l.subnets[r.Head().Addr()] = s
	}
	for _, r := range e.Subnets {
		addSubnet(r, false, r.VPCID.Value)
	}
	for _, r := range e.DefaultSubnets {
		addSubnet(r, true, r.VPCID.Value)
	}
	for _, r := range e.InternetGateways {
		g := &InternetGateway{Resource: r}
		l.graph.InternetGateways = append(l.graph.InternetGateways, g)
		l.gateways[r.Head().Addr()] = g
	}
}

func (l *linker) endpoints(e *model.Estate) {
	byAddr := map[value.Address]*Endpoint{}
	for _, r := range e.VPCEndpoints {
		ep := &Endpoint{VPCEndpoint: r, Complete: value.Yes()}
		byAddr[r.Addr()] = ep
		l.graph.Endpoints = append(l.graph.Endpoints, ep)
		vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		for _, v := range vpcs {
			if v.To != nil {
				v.To.Endpoints = append(v.To.Endpoints, ep)
				ep.VPCs = append(ep.VPCs, v)
			}
		}
		ep.Subnets, _ = resolve(l, r.SubnetIDs.Value, l.subnets, "subnet")
		for i := range r.SubnetConfigurations {
			c := &r.SubnetConfigurations[i]
			edges, _ := resolve(l, c.SubnetID.Value, l.subnets, "subnet")
			ep.Subnets = append(ep.Subnets, during(edges, value.In(c.When))...)
		}
	}
	for _, r := range e.VPCEndpointSubnets {
		edges, _ := resolve(l, r.VPCEndpointID.Value, byAddr, "endpoint")
		for _, edge := range edges {
			if edge.To != nil {
				subnets, _ := resolve(l, r.SubnetID.Value, l.subnets, "subnet")
				edge.To.Subnets = append(edge.To.Subnets, during(subnets, edge.Holds.And(r.Exists()))...)
			}
		}
	}
	for _, p := range e.VPCEndpointPolicies {
		edges, _ := resolve(l, p.VPCEndpointID.Value, byAddr, "endpoint")
		for _, edge := range edges {
			// A policy that may be missing leaves it open whether the endpoint has one.
			holds := edge.Holds.And(p.Raw.Exists)
			if edge.To != nil {
				edge.To.Policies = append(edge.To.Policies, Edge[model.VPCEndpointPolicy]{
					To: p, Holds: belongs(p, edge.To, holds), From: edge.From,
				})
				continue
			}
			for _, ep := range l.graph.Endpoints {
				if ep.Addr().Unit == p.Addr().Unit && l.mayRefer(p.VPCEndpointID.Value, ep.Raw) {
					ep.Complete = ep.Complete.And(value.Unknowable("it is not known which endpoint "+p.Subject()+" is for", p.VPCEndpointID.Origin()))
				}
			}
		}
	}
}

// during restricts edges to the worlds in which what they are written in holds.
func during[T any](edges []Edge[T], holds value.Truth) []Edge[T] {
	for i := range edges {
		edges[i].Holds = edges[i].Holds.And(holds)
	}
	return edges
}

func (l *linker) workloads(e *model.Estate) {
	for _, w := range e.Workloads() {
		out := &Workload{Workload: w, Serverless: value.No()}
		if m, ok := w.(*model.Model); ok {
			out.Serverless = serverless(m, e.EndpointConfigs)
		}
		for _, p := range w.Placements() {
			edges, complete := resolve(l, p.Subnets.Value, l.subnets, "subnet")
			out.Placements = append(out.Placements, Placement{Placement: p, Subnets: edges, Complete: complete})
		}
		l.graph.Workloads = append(l.graph.Workloads, out)
	}
}

// serverless holds where some endpoint configuration of the model's unit uses a model, and none but serverless variants do.
func serverless(m *model.Model, configs []*model.EndpointConfig) value.Truth {
	used, instances := value.No(), value.No()
	for _, c := range configs {
		if c.Addr().Unit != m.Addr().Unit {
			continue
		}
		for i := range c.ProductionVariants {
			v := &c.ProductionVariants[i]
			if !names(v.ModelName, m) {
				continue
			}
			here := value.In(v.When).And(c.Exists())
			used = used.Or(here)
			instances = instances.Or(here.And(v.ServerlessConfig.Set().Not()))
		}
	}
	return used.And(instances.Not())
}

// names reports whether a variant's model name is that of a model: a reference to it, the same text, or the same unknown
// value, read from the same place.
func names(name value.String, m *model.Model) bool {
	for _, ref := range name.Refs() {
		if ref.Addr == m.Addr() {
			return true
		}
	}
	a, aKnown := name.AsString()
	b, bKnown := m.ModelName.AsString()
	if aKnown || bKnown {
		return aKnown && bKnown && a == b
	}
	from, to := name.Origin().Root(), m.ModelName.Origin().Root()
	return name.Kind() != value.KindAbsent && m.ModelName.Kind() != value.KindAbsent &&
		from != nil && to != nil && from.Span == to.Span && !from.Span.IsZero()
}
