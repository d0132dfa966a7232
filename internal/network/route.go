package network

import (
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

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
	// Targets are all that it may lead to, the internet gateway among them.
	Targets []Target
}

// A Target is where a route may lead.
type Target struct {
	Kind TargetKind
	// Holds says in which worlds it leads there, From where that is written, and Reason why it isn't known.
	Holds  value.Truth
	From   *value.Origin
	Reason string
	// Resource is the target, where it is in the tree, and Name its id, where that is literal.
	Resource model.Resource
	Name     string
	// NAT is the NAT gateway, where it is one of the tree's.
	NAT *NatGateway
}

// A TargetKind says what a Target is.
type TargetKind uint8

// The kinds of targets. AWS: API_CreateRoute.
const (
	ToUnknown TargetKind = iota
	ToInternetGateway
	ToEgressOnlyInternetGateway
	ToNatGateway
	// ToNatInstance is an instance or a network interface.
	ToNatInstance
	// ToElsewhere leaves the tree: a transit gateway, a peering, a virtual private gateway, a core network, an endpoint of a
	// gateway load balancer, a local or carrier gateway.
	ToElsewhere
	// ToVPC is the VPC itself: "local".
	ToVPC
)

// A NatGateway lets private subnets out. A regional one is in no subnet.
type NatGateway struct {
	*model.NatGateway
	Subnets []Edge[Subnet]
}

// An InternetGateway connects a VPC to the internet.
type InternetGateway struct{ model.Resource }

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
		if len(edges) == 1 && edges[0].To != nil && belongs(r, edges[0].To, edges[0].Holds).Known() == tri.True {
			l.adopt(edges[0].To.Implicit, r)
			continue
		}
		addTable(r, r.Routes, r.Inline)
	}
	for _, r := range e.Routes {
		edges, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
		for _, edge := range edges {
			if edge.To != nil {
				edge.To.Routes = append(edge.To.Routes, l.route(r, belongs(r, edge.To, edge.Holds).And(r.Exists())))
				continue
			}
			l.strayRoute(r, edge)
		}
		if len(edges) == 0 {
			l.strayRoute(r, Edge[RouteTable]{Holds: value.Yes(), member: r.RouteTableID.Value})
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
func (l *linker) strayRoute(r *model.Route, e Edge[RouteTable]) {
	if e.Name != "" {
		return // another table's id, which is not one of the tree's
	}
	if r.GatewayID.Kind() == value.KindAbsent {
		return // a route to anything but a gateway makes no table public
	}
	complete := stray(r, e, "it is not known to which table "+r.Subject()+" belongs")
	for _, t := range l.graph.RouteTables {
		if t.Complete.Known() != tri.Unknown && sameUnit(t, r) && l.mayRefer(e.member, t.Head().Raw) {
			t.Complete = t.Complete.And(complete)
		}
	}
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
	// What the tree declares goes first: facts fill in what it says nothing of.
	for _, fact := range []bool{false, true} {
		for _, r := range e.SubnetRouteTables {
			if r.Raw.Fact == fact && r.SubnetID.Kind() != value.KindAbsent { // else it is a gateway's
				l.associate(r)
			}
		}
		for _, r := range e.MainRouteTables {
			if r.Raw.Fact == fact {
				l.makeMain(r)
			}
		}
	}
	l.settle()
}

// associate gives subnets the table that an association says.
func (l *linker) associate(r *model.SubnetRouteTableAssociation) {
	tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
	subnets, _ := resolve(l, r.SubnetID.Value, l.subnets, "subnet")
	for _, s := range subnets {
		if s.To == nil {
			l.strayAssociation(r, s)
			continue
		}
		if r.Raw.Fact && !learns(s.To) {
			continue
		}
		for _, t := range tables {
			s.To.Associations = append(s.To.Associations, Association{
				Resource: r, Table: t, Holds: belongs(r, s.To, s.Holds).And(t.Holds).And(r.Exists()),
			})
		}
	}
}

// makeMain makes a table the main one of a VPC.
func (l *linker) makeMain(r *model.MainRouteTableAssociation) {
	tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
	vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
	for _, v := range vpcs {
		if v.To == nil {
			l.strayMain(r, v)
			continue
		}
		if r.Raw.Fact && !v.To.Head().Raw.Fact {
			continue // the tree says which table it has
		}
		for _, t := range tables {
			v.To.Main = append(v.To.Main, MainTable{
				Resource: r, Table: t, Holds: belongs(r, v.To, v.Holds).And(t.Holds).And(r.Exists()),
			})
		}
	}
}

// strayMain notes that a table may be made the main one of a VPC of the same unit.
func (l *linker) strayMain(r *model.MainRouteTableAssociation, e Edge[VPC]) {
	if e.Name != "" {
		return
	}
	complete := stray(r, e, "it is not known which VPC "+r.Subject()+" is for")
	for _, v := range l.graph.VPCs {
		if v.Complete.Known() != tri.Unknown && sameUnit(v, r) && l.mayRefer(e.member, v.Head().Raw) {
			v.Complete = v.Complete.And(complete)
		}
	}
}

// strayAssociation notes that an association may be that of a subnet of the same unit.
func (l *linker) strayAssociation(r *model.SubnetRouteTableAssociation, e Edge[Subnet]) {
	if e.Name != "" {
		return
	}
	complete := stray(r, e, "it is not known which subnet "+r.Subject()+" is for")
	for _, s := range l.graph.Subnets {
		if s.Complete.Known() != tri.Unknown && sameUnit(s, r) && l.mayRefer(e.member, s.Head().Raw) {
			s.Complete = s.Complete.And(complete)
		}
	}
}

// stray is unknown in the worlds in which there is a resource that may be for another than is seen, and true elsewhere.
func stray[T any](r model.Resource, e Edge[T], reason string) value.Truth {
	var ts []value.Truth
	for _, c := range r.Head().Exists().And(e.Holds).Cases() {
		t := value.Unknowable(reason, e.From)
		if c.Holds == tri.False {
			t = value.Yes()
		}
		ts = append(ts, t.When(c.When))
	}
	return value.Join(ts...)
}

func sameUnit(a, b model.Resource) bool { return a.Head().Addr().Unit == b.Head().Addr().Unit }
