package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A RouteTable is a route table with its routes, inline and separate.
type RouteTable struct {
	model.Resource
	// VPCs are those that it may be in: one, but for what isn't known.
	VPCs   []Edge[VPC]
	Routes []Route
	// Complete says in which worlds the tree has no other route of the table, and GatewaysComplete in which it has no other
	// that may lead to an internet gateway.
	Complete, GatewaysComplete value.Truth
}

// A Route is one route of a table.
type Route struct {
	// At is where it is written; Subject is what it is called.
	At      source.Span
	Subject string
	Holds   value.Truth
	// Destinations are the members that say where it leads, of which one is set.
	DestinationCIDRBlock, DestinationIPv6CIDRBlock, DestinationPrefixListID value.String
	// Lists are the prefix lists that DestinationPrefixListID names.
	Lists []Edge[PrefixList]
	// Targets are what it may lead to. None in a world is a black hole: what it was led to is gone.
	Targets []Target
	// Implied reports whether it is written nowhere: a default VPC comes with it.
	Implied bool
	// Propagated reports whether a virtual private gateway tells its destination, which nobody knows but for that gateway.
	Propagated bool
}

func (l *linker) routes(e *model.Estate) {
	addTable := func(r model.Resource, inline []model.InlineRoute, all model.Presence, vpcs []Edge[VPC]) {
		_, complete := all.Members()
		t := &RouteTable{Resource: r, Complete: complete.And(l.unread(r)), VPCs: vpcs}
		t.GatewaysComplete = t.Complete
		for i := range inline {
			t.Routes = append(t.Routes, l.inlineRoute(r, &inline[i]))
		}
		l.graph.RouteTables = append(l.graph.RouteTables, t)
		l.tables[r.Head().Addr()] = t
	}
	for _, r := range e.RouteTables {
		vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		addTable(r, r.Routes, r.Inline, vpcs)
	}
	for _, r := range e.DefaultRouteTables {
		// aws_vpc.x.default_route_table_id is the table that the VPC comes with: adopting it adds no other.
		edges, _ := resolve(l, r.DefaultRouteTableID.Value, l.vpcs, "VPC")
		if len(edges) == 1 && edges[0].To != nil && belongs(r, edges[0].To, edges[0].Holds).Known() == tri.True {
			l.adopt(edges[0].To.Implicit, r)
			continue
		}
		addTable(r, r.Routes, r.Inline, edges)
	}
	strays, gateways := newDoubts(), newDoubts()
	for _, r := range e.Routes {
		among := []*doubts{strays}
		if r.GatewayID.Kind() != value.KindAbsent {
			among = append(among, gateways)
		}
		edges, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
		for _, edge := range edges {
			if edge.To != nil {
				edge.To.Routes = append(edge.To.Routes, l.route(r, belongs(r, edge.To, edge.Holds).And(r.Exists())))
				continue
			}
			l.strayRoute(among, r, edge)
		}
		if len(edges) == 0 {
			l.strayRoute(among, r, Edge[RouteTable]{Holds: value.Yes(), member: r.RouteTableID.Value})
		}
	}
	l.propagations(e, strays)
	for _, t := range l.graph.RouteTables {
		vpcs := vpcsOf(t.VPCs)
		found := l.found(t, vpcs, "aws_route_table", "aws_route_tables")
		t.Complete = t.Complete.And(strays.of(t, vpcs)).And(found)
		t.GatewaysComplete = t.GatewaysComplete.And(gateways.of(t, vpcs)).And(found)
	}
}

// adopt makes a VPC's own route table that of a resource which manages it.
func (l *linker) adopt(t *RouteTable, r *model.DefaultRouteTable) {
	_, complete := r.Inline.Members()
	t.Resource, t.Complete = r, t.Complete.And(complete).And(l.unread(r))
	t.GatewaysComplete = t.Complete
	exists := r.Exists()
	for i := range t.Routes {
		// Adopting takes away what nobody wrote. Terraform: aws_default_route_table.
		t.Routes[i].Holds = t.Routes[i].Holds.And(exists.Not())
	}
	for i := range r.Routes {
		route := l.inlineRoute(r, &r.Routes[i])
		route.Holds = route.Holds.And(exists)
		t.Routes = append(t.Routes, route)
	}
	l.tables[r.Addr()] = t
}

// strayRoute notes that a route may belong to a table of the same unit that can't be told: what isn't seen there can't be
// taken for absent.
func (l *linker) strayRoute(among []*doubts, r *model.Route, e Edge[RouteTable]) {
	if e.Name != "" {
		return // another table's id, which is not one of the tree's
	}
	for _, d := range among {
		l.doubt(d, e.member, r.Addr().Unit, stray(r, e, "it is not known to which table "+r.Subject()+" belongs"))
	}
}

// propagations gives tables the routes that virtual private gateways tell them.
func (l *linker) propagations(e *model.Estate, strays *doubts) {
	for _, t := range l.graph.RouteTables {
		var vgws value.Strings
		switch r := t.Resource.(type) {
		case *model.RouteTable:
			vgws = r.PropagatingVGWs
		case *model.DefaultRouteTable:
			vgws = r.PropagatingVGWs
		default:
			continue
		}
		if there := vgws.NonEmpty(); there.Known() != tri.False {
			t.Routes = append(t.Routes, propagated(t, vgws.Value, there))
		}
	}
	for _, r := range e.VPNRoutePropagations {
		edges, _ := resolve(l, r.RouteTableIDs.Value, l.tables, "route table")
		for _, edge := range edges {
			switch {
			case edge.To != nil:
				edge.To.Routes = append(edge.To.Routes, propagated(r, r.VPNGatewayID.Value, belongs(r, edge.To, edge.Holds).And(r.Exists())))
			case edge.Name == "":
				l.doubt(strays, edge.member, r.Addr().Unit, stray(r, edge, "it is not known to which table "+r.Subject()+" belongs"))
			}
		}
	}
}

// propagated is what a table takes over from a virtual private gateway.
func propagated(r model.Resource, vgw value.Value, holds value.Truth) Route {
	return Route{
		At: r.Head().Span(), Subject: r.Head().Subject(), Holds: holds, Propagated: true,
		Targets: []Target{{Kind: ToElsewhere, Holds: value.Yes(), From: vgw.Origin(), What: "a virtual private gateway", Name: vgw.Literal()}},
	}
}

func (l *linker) inlineRoute(table model.Resource, r *model.InlineRoute) Route {
	// A route that may be there is judged as if it were, as one that stands apart is.
	holds := value.In(r.When)
	at := table.Head().Span()
	if o := r.Body.Origin(); o != nil {
		at = o.Span
	}
	return Route{
		At: at, Lists: l.listsOf(r.DestinationPrefixListID, r.GatewayID), Subject: "a route of " + table.Head().Subject(), Holds: holds,
		DestinationCIDRBlock: r.DestinationCIDRBlock, DestinationIPv6CIDRBlock: r.DestinationIPv6CIDRBlock,
		DestinationPrefixListID: r.DestinationPrefixListID, Targets: l.targets(&r.Target),
	}
}

func (l *linker) route(r *model.Route, holds value.Truth) Route {
	return Route{
		At: r.Span(), Lists: l.listsOf(r.DestinationPrefixListID, r.GatewayID), Subject: r.Subject(), Holds: holds,
		DestinationCIDRBlock: r.DestinationCIDRBlock, DestinationIPv6CIDRBlock: r.DestinationIPv6CIDRBlock,
		DestinationPrefixListID: r.DestinationPrefixListID, Targets: l.targets(&r.Target),
	}
}

func (l *linker) associations(e *model.Estate) {
	subnets, vpcs := newDoubts(), newDoubts()
	// What the tree declares goes first: facts fill in what it says nothing of.
	for _, fact := range []bool{false, true} {
		for _, r := range e.SubnetRouteTables {
			if r.Raw.Fact == fact && r.SubnetID.Kind() != value.KindAbsent { // else it is a gateway's
				l.associate(subnets, r)
			}
		}
		for _, r := range e.MainRouteTables {
			if r.Raw.Fact == fact {
				l.makeMain(vpcs, r)
			}
		}
	}
	for _, s := range l.graph.Subnets {
		in := vpcsOf(s.VPCs)
		s.Complete = s.Complete.And(subnets.of(s, in)).And(l.unread(s)).And(l.found(s, in, "aws_subnet", "aws_subnets", "aws_subnet_ids"))
	}
	for _, v := range l.graph.VPCs {
		self := []value.Address{v.Head().Addr()}
		v.Complete = v.Complete.And(vpcs.of(v, self)).And(l.unread(v)).And(l.found(v, self, "aws_vpc", "aws_vpcs"))
	}
	l.settle()
}

// associate gives subnets the table that an association says.
func (l *linker) associate(strays *doubts, r *model.SubnetRouteTableAssociation) {
	tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
	subnets, _ := resolve(l, r.SubnetID.Value, l.subnets, "subnet")
	for _, s := range subnets {
		if s.To == nil {
			if s.Name == "" {
				l.doubt(strays, s.member, r.Addr().Unit, stray(r, s, "it is not known which subnet "+r.Subject()+" is for"))
			}
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
func (l *linker) makeMain(strays *doubts, r *model.MainRouteTableAssociation) {
	tables, _ := resolve(l, r.RouteTableID.Value, l.tables, "route table")
	vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
	for _, v := range vpcs {
		if v.To == nil {
			if v.Name == "" {
				l.doubt(strays, v.member, r.Addr().Unit, stray(r, v, "it is not known which VPC "+r.Subject()+" is for"))
			}
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

// stray is unknown in the worlds in which there is a resource that may be for another than is seen, and true elsewhere.
func stray[T any](r model.Resource, e Edge[T], reason string) value.Truth {
	return elsewhere(r.Head().Exists().And(e.Holds), reason, e.From)
}

// elsewhere is true where t is false, and unknown for a reason where it isn't.
func elsewhere(t value.Truth, reason string, from *value.Origin) value.Truth {
	cases := t.Cases()
	ts := make([]value.Truth, len(cases))
	for i, c := range cases {
		ts[i] = value.Unknowable(reason, from)
		if c.Holds == tri.False {
			ts[i] = value.Yes()
		}
		ts[i] = ts[i].When(c.When)
	}
	return value.Join(ts...)
}

func sameUnit(a, b model.Resource) bool { return a.Head().Addr().Unit == b.Head().Addr().Unit }
