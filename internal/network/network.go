// Package network answers who is connected to whom: it links typed resources into VPCs, subnets, route tables, routes,
// gateways, endpoints and workloads.
//
// In goes the estate, out comes the graph. This is the only place where ids and references become edges, whatever
// language either end was written in. An edge is three-valued and remembers where it is written. The package draws no
// conclusion: what follows from the edges is the analyzers' business.
package network

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
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
	// VPCs are those that it may be in, and Subnets those of an interface endpoint.
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
		v := &VPC{Resource: r, Default: isDefault, Implicit: &RouteTable{Resource: r, Complete: value.Yes()}}
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
		addSubnet(r, true, value.Value{})
	}
	for _, r := range e.InternetGateways {
		g := &InternetGateway{Resource: r}
		l.graph.InternetGateways = append(l.graph.InternetGateways, g)
		l.gateways[r.Head().Addr()] = g
	}
}

func (l *linker) routes(e *model.Estate) {
	addTable := func(r model.Resource, inline []model.InlineRoute, all model.Presence) {
		_, complete := all.Members()
		t := &RouteTable{Resource: r, Complete: complete}
		for i := range inline {
			t.Routes = append(t.Routes, l.inlineRoute(r, &inline[i]))
		}
		l.graph.RouteTables = append(l.graph.RouteTables, t)
		l.tables[r.Head().Addr()] = t
	}
	for _, r := range e.RouteTables {
		addTable(r, r.Routes, r.Inline)
	}
	for _, r := range e.DefaultRouteTables {
		// aws_vpc.x.default_route_table_id is the table that the VPC comes with: adopting it adds no other.
		edges, _ := resolve(l, r.DefaultRouteTableID.Value, l.vpcs, "VPC")
		if len(edges) == 1 && edges[0].To != nil && edges[0].Holds.Known() == tri.True {
			l.adopt(edges[0].To.Implicit, r)
			continue
		}
		addTable(r, r.Routes, r.Inline)
	}
	for _, r := range e.Routes {
		edges, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
		for _, edge := range edges {
			if edge.To != nil {
				edge.To.Routes = append(edge.To.Routes, l.route(r, edge.Holds.And(r.Exists())))
			}
		}
		if len(edges) == 0 || anyUnresolved(edges) {
			l.strayRoute(r)
		}
	}
}

// adopt makes a VPC's own route table that of a resource which manages it.
func (l *linker) adopt(t *RouteTable, r *model.DefaultRouteTable) {
	_, complete := r.Inline.Members()
	t.Resource, t.Complete = r, t.Complete.And(complete)
	for i := range r.Routes {
		t.Routes = append(t.Routes, l.inlineRoute(r, &r.Routes[i]))
	}
	l.tables[r.Addr()] = t
}

// strayRoute notes that a route may belong to a table of the same unit that can't be told: what isn't seen there can't be
// taken for absent.
func (l *linker) strayRoute(r *model.Route) {
	if literal, ok := r.RouteTableID.AsString(); ok && literal != "" {
		return // another table's id, which is not one of the tree's
	}
	if r.GatewayID.Kind() == value.KindAbsent {
		return // a route to anything but a gateway makes no table public
	}
	for _, t := range l.graph.RouteTables {
		if t.Complete.Known() == tri.Unknown {
			continue
		}
		if t.Head().Addr().Unit == r.Addr().Unit && mayRefer(r.RouteTableID.Value, t.Head().Addr()) {
			t.Complete = t.Complete.And(value.Unknowable("it is not known to which table "+r.Subject()+" belongs", r.RouteTableID.Origin()))
		}
	}
}

// mayRefer reports whether an unresolved value could name the resource: it refers to it, or to nothing that is known.
func mayRefer(v value.Value, addr value.Address) bool {
	refs := v.Refs()
	if len(refs) == 0 {
		return v.Kind() == value.KindOpaque || v.Kind() == value.KindText || v.Kind() == value.KindChoice
	}
	for _, ref := range refs {
		if ref.Addr == addr {
			return true
		}
	}
	return false
}

func anyUnresolved[T any](edges []Edge[T]) bool {
	for _, e := range edges {
		if e.To == nil {
			return true
		}
	}
	return false
}

func (l *linker) inlineRoute(table model.Resource, r *model.InlineRoute) Route {
	// A route that may be there is judged as if it were, as one that stands apart is.
	holds := value.In(r.When)
	at := table.Head().Span()
	if o := r.Body.Origin(); o != nil {
		at = o.Span
	}
	out := Route{
		At: at, Subject: "a route of " + table.Head().Subject(), Holds: holds,
		DestinationCIDRBlock: r.DestinationCIDRBlock, DestinationIPv6CIDRBlock: r.DestinationIPv6CIDRBlock,
		DestinationPrefixListID: r.DestinationPrefixListID, GatewayID: r.GatewayID,
	}
	out.Gateway = l.gateway(r.GatewayID)
	return out
}

func (l *linker) route(r *model.Route, holds value.Truth) Route {
	out := Route{
		At: r.Span(), Subject: r.Subject(), Holds: holds,
		DestinationCIDRBlock: r.DestinationCIDRBlock, DestinationIPv6CIDRBlock: r.DestinationIPv6CIDRBlock,
		DestinationPrefixListID: r.DestinationPrefixListID, GatewayID: r.GatewayID,
	}
	out.Gateway = l.gateway(r.GatewayID)
	return out
}

// gateway links the target of a route that is an internet gateway. GatewayId is polymorphic: it also names virtual
// private gateways, gateway endpoints and "local".
func (l *linker) gateway(id value.String) Edge[InternetGateway] {
	edges, _ := resolve(l, id.Value, l.gateways, "internet gateway")
	for i := range edges {
		e := &edges[i]
		switch ref, ok := e.member.Symbol(); {
		case e.To != nil:
		case strings.HasPrefix(e.Name, "igw-"), ok && l.looksUpGateway(ref):
			// EC2's ids tell their kind.
			e.Holds, e.Reason = value.Always(tri.True, e.From).Within(e.when), ""
		case e.Name != "":
			e.Holds, e.Reason = value.Always(tri.False, e.From), ""
		}
	}
	switch len(edges) {
	case 0:
		return Edge[InternetGateway]{Holds: value.No(), From: id.Origin()}
	case 1:
		return edges[0]
	}
	// Several worlds: it is an internet gateway in some of them.
	merged := edges[0]
	for _, e := range edges[1:] {
		if merged.To == nil && e.To != nil {
			merged.To, merged.From = e.To, e.From
		}
		merged.Holds = merged.Holds.Or(e.Holds)
	}
	return merged
}

// looksUpGateway reports whether a reference is to a data source that finds an internet gateway.
func (l *linker) looksUpGateway(ref value.Ref) bool {
	raw := l.known(ref.Addr)
	return raw != nil && raw.Data && raw.Type == "aws_internet_gateway"
}

func (l *linker) associations(e *model.Estate) {
	for _, r := range e.SubnetRouteTables {
		if r.SubnetID.Kind() == value.KindAbsent {
			continue // a gateway's
		}
		tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
		subnets, _ := resolve(l, r.SubnetID.Value, l.subnets, "subnet")
		for _, s := range subnets {
			if s.To == nil {
				l.strayAssociation(r)
				continue
			}
			for _, t := range tables {
				s.To.Associations = append(s.To.Associations, Association{
					Resource: r, Table: t, Holds: s.Holds.And(t.Holds).And(r.Exists()),
				})
			}
		}
	}
	for _, r := range e.MainRouteTables {
		tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
		vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		for _, v := range vpcs {
			for _, t := range tables {
				if v.To != nil {
					v.To.Main = append(v.To.Main, MainTable{Resource: r, Table: t, Holds: v.Holds.And(t.Holds).And(r.Exists())})
				}
			}
		}
	}
}

// strayAssociation notes that an association may be that of a subnet of the same unit.
func (l *linker) strayAssociation(r *model.SubnetRouteTableAssociation) {
	if literal, ok := r.SubnetID.AsString(); ok && literal != "" {
		return
	}
	for _, s := range l.graph.Subnets {
		if s.Complete.Known() == tri.Unknown {
			continue
		}
		if s.Head().Addr().Unit == r.Addr().Unit && mayRefer(r.SubnetID.Value, s.Head().Addr()) {
			s.Complete = s.Complete.And(value.Unknowable("it is not known which subnet "+r.Subject()+" is for", r.SubnetID.Origin()))
		}
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
	}
	for _, p := range e.VPCEndpointPolicies {
		edges, _ := resolve(l, p.VPCEndpointID.Value, byAddr, "endpoint")
		for _, edge := range edges {
			// A policy that may be missing leaves it open whether the endpoint has one.
			holds := edge.Holds.And(p.Raw.Exists)
			if edge.To != nil {
				edge.To.Policies = append(edge.To.Policies, Edge[model.VPCEndpointPolicy]{To: p, Holds: holds, From: edge.From})
				continue
			}
			for _, ep := range l.graph.Endpoints {
				if ep.Addr().Unit == p.Addr().Unit && mayRefer(p.VPCEndpointID.Value, ep.Addr()) {
					ep.Complete = ep.Complete.And(value.Unknowable("it is not known which endpoint "+p.Subject()+" is for", p.VPCEndpointID.Origin()))
				}
			}
		}
	}
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

// resolve finds what a value names among the resources of one kind, one edge for each thing that it may be. The truth
// says in which worlds it can name nothing else.
func resolve[T any](l *linker, v value.Value, among map[value.Address]*T, what string) ([]Edge[T], value.Truth) {
	members, complete := v.Members()
	var edges []Edge[T]
	for _, m := range members {
		edges = append(edges, resolveMember(l, m, among, what)...)
	}
	return edges, complete
}

func resolveMember[T any](l *linker, m value.Member, among map[value.Address]*T, what string) []Edge[T] {
	v, origin := m.Value, m.Value.Origin()
	// An element of a list of unknown length is one that exists if the list has any.
	base := Edge[T]{From: origin, Holds: value.Always(tri.True, origin).Within(m.When), member: v, when: m.When}
	if ref, ok := v.Symbol(); ok {
		if to := among[ref.Addr]; to != nil {
			base.To = to
			return []Edge[T]{base}
		}
		base.Reason = notInTree(l, ref, what)
		base.Holds = unresolved(l, ref, base.Reason, origin).Within(m.When)
		return []Edge[T]{base}
	}
	if literal, ok := v.AsString(); ok {
		return literalEdges(l, literal, base, among, what)
	}
	// What is only known to be computed from a resource may be that resource.
	var edges []Edge[T]
	for _, ref := range v.Refs() {
		if to := among[ref.Addr]; to != nil {
			edges = append(edges, Edge[T]{To: to, From: origin, Holds: value.Unknowable(v.Reason(), origin).Within(m.When), member: v, when: m.When})
		}
	}
	if len(edges) == 0 {
		base.Reason = v.Reason()
		base.Holds = value.Unknowable(v.Reason(), origin).Within(m.When)
		edges = append(edges, base)
	}
	return edges
}

func literalEdges[T any](l *linker, literal string, base Edge[T], among map[value.Address]*T, what string) []Edge[T] {
	base.Name = literal
	for _, id := range l.literals[literal] {
		if to := among[id.Ref.Addr]; to != nil {
			base.To = to
			base.Via = []finding.Step{{Span: id.Span, Message: literal + " is " + l.subject(id.Ref.Addr)}}
			return []Edge[T]{base}
		}
	}
	switch {
	case literal == "":
		return nil // Terraform and AWS take it for absence
	case !idPattern.MatchString(literal):
		base.Reason = strconv.Quote(literal) + " is no id, so it is not known which " + what + " it stands for"
	default:
		base.Reason = what + " " + literal + " is not in the tree; a saved terraform state would tell which it is"
	}
	base.Holds = value.Unknowable(base.Reason, base.From).Within(base.when)
	return []Edge[T]{base}
}

// idPattern is the form of EC2's ids. AWS: EC2 user guide, "Resource IDs".
var idPattern = regexp.MustCompile(`^[a-z]+-(?:[a-z]+-)*[0-9a-f]{8,17}$`)

func (l *linker) subject(addr value.Address) string {
	if raw := l.known(addr); raw != nil {
		return raw.Subject
	}
	return addr.Name
}

// unresolved is what an edge holds whose reference is to something that isn't of the kind: false where it is known to be
// something else, unknown otherwise.
func unresolved(l *linker, ref value.Ref, reason string, origin *value.Origin) value.Truth {
	if raw := l.known(ref.Addr); raw != nil && !raw.Data {
		return value.Always(tri.False, origin)
	}
	return value.Unknowable(reason, origin)
}

func notInTree(l *linker, ref value.Ref, what string) string {
	name := ref.Addr.Name
	switch raw := l.known(ref.Addr); {
	case raw == nil:
	case raw.Data:
		return raw.Subject + " is looked up during deployment"
	default:
		return raw.Subject + " is no " + what
	}
	if strings.Contains("."+name, ".data.") {
		return name + " is looked up during deployment"
	}
	return what + " " + name + " is not in the tree"
}
