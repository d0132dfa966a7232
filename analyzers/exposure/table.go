package exposure

import (
	"net/netip"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A way is where packets may go.
type way uint8

const (
	// toGateway is to an internet gateway.
	toGateway way = iota
	// out is to what lets packets out that have no public address.
	out
	// through is to an internet gateway, for a public NAT gateway's packets: what leaves the tree may lead there too. Behind
	// is what is left of that to a private one.
	through
	behind
	// openly is to an internet gateway or an egress-only one, for packets that have a public address.
	openly
	ways
)

// A table is a route table as packets see it.
type table struct {
	*network.RouteTable
	entries [families][]entry
	facts   [families][ways]*Fact
}

// An entry is a route for one range of addresses.
type entry struct {
	route *network.Route
	// prefix is the range; unknown of one that may be any.
	prefix  netip.Prefix
	unknown bool
	// there says in which worlds there is such a route.
	there value.Truth
}

func (a *Analysis) table(t *network.RouteTable) *table {
	if known := a.tables[t]; known != nil {
		return known
	}
	out := &table{RouteTable: t}
	for i := range t.Routes {
		out.add(&t.Routes[i])
	}
	a.tables[t] = out
	return out
}

// add adds the ranges that a route is for.
func (t *table) add(r *network.Route) {
	if r.Propagated {
		// Virtual private gateways know no IPv6. AWS: Site-to-Site VPN user guide, "IPv4 and IPv6 traffic".
		t.entries[IPv4] = append(t.entries[IPv4], entry{
			route: r, unknown: true,
			there: r.Holds.And(value.Unknowable("which routes "+r.Subject+" propagates is not known", nil)),
		})
		return
	}
	t.ranges(IPv4, r, r.DestinationCIDRBlock, r.Holds)
	t.ranges(IPv6, r, r.DestinationIPv6CIDRBlock, r.Holds)
	for _, list := range r.Lists {
		holds := r.Holds.And(list.Holds)
		switch {
		case list.To == nil:
			t.open(r, holds.And(value.Unknowable("what the prefix list holds is not known", list.From)))
			continue
		case list.To.Service:
			continue // one service's addresses are not the internet
		}
		for _, in := range list.To.Ranges {
			t.ranges(IPv4, r, in.CIDR, holds.And(in.Holds))
			t.ranges(IPv6, r, in.CIDR, holds.And(in.Holds))
		}
		if more := list.To.Complete; more.Known() != tri.True {
			t.open(r, holds.And(more.Lacking("not all of its routes and associations are known")))
		}
	}
}

// open adds that a route may be for anything.
func (t *table) open(r *network.Route, there value.Truth) {
	if there.Known() == tri.False {
		return
	}
	for f := range families {
		t.entries[f] = append(t.entries[f], entry{route: r, unknown: true, there: there})
	}
}

// ranges adds the ranges that a text may spell.
func (t *table) ranges(f Family, r *network.Route, cidr value.String, there value.Truth) {
	for _, arm := range cidr.Arms() {
		v := arm.Value
		e := entry{route: r, there: there.Within(arm.When)}
		text, known := v.AsString()
		switch {
		case v.Kind() == value.KindAbsent:
			continue
		case known:
			prefix, err := netip.ParsePrefix(text)
			if err != nil || prefix.Addr().Is4() != (f == IPv4) {
				continue
			}
			e.prefix = prefix.Masked()
		case narrow(v):
			continue
		default:
			e.unknown = true
			e.there = e.there.And(value.Unknowable(v.Reason(), v.Origin()))
		}
		t.entries[f] = append(t.entries[f], e)
	}
}

// narrow reports whether an unknown range is certainly less than the internet: that of a VPC or a subnet, which is /16 at
// most, and one of which the beginning is known. AWS: VPC user guide, "VPC CIDR blocks".
func narrow(v value.Value) bool {
	if ref, ok := v.Symbol(); ok {
		switch ref.Attr {
		case "cidr_block", "CidrBlock", "ipv6_cidr_block", "Ipv6CidrBlock", "CidrBlockAssociations", "Ipv6CidrBlocks":
			return true
		}
	}
	return v.Is("0.0.0.0/0").Known() == tri.False && v.Is("::/0").Known() == tri.False
}

// leads says in which worlds packets for the whole internet go a way.
func (t *table) leads(a *Analysis, f Family, w way) Fact {
	if known := t.facts[f][w]; known != nil {
		return *known
	}
	fact := newMix(a, t.entries[f], f, w).fact()
	complete := t.Complete
	if w == toGateway {
		// A route that may be elsewhere can only make the table public, never private.
		complete = t.GatewaysComplete
	}
	fact.Holds = fact.Holds.Or(complete.Lacking("not all of its routes and associations are known"))
	t.facts[f][w] = &fact
	return fact
}

// path shows a route, and what it leads to.
func (a *Analysis) path(r *network.Route, w way) []finding.Step {
	to := r.DestinationCIDRBlock.Literal()
	if to == "" {
		to = r.DestinationIPv6CIDRBlock.Literal()
	}
	if to == "" && len(r.Lists) == 1 && r.Lists[0].To != nil && r.Lists[0].To.Resource != nil {
		to = "the ranges of " + r.Lists[0].To.Head().Subject()
	}
	if to == "" {
		to = "the internet"
	}
	for i := range r.Targets {
		t := &r.Targets[i]
		if !t.Holds.Somewhere() || a.class(t, w).Known() == tri.False {
			continue
		}
		if r.Implied {
			return []finding.Step{{Span: r.At, Message: r.Subject + " leads to " + t.What}}
		}
		steps := []finding.Step{{Span: r.At, Message: r.Subject + " sends " + to + " to " + t.What}}
		switch {
		case t.NAT != nil:
			steps = append(steps, a.natPath(t.NAT)...)
		case t.Resource != nil:
			steps = append(steps, t.Resource.Head().Step(t.Resource.Head().Subject()+" is an internet gateway"))
		}
		return steps
	}
	return nil
}
