// Package exposure answers which subnets reach, or are reached from, the internet.
//
// In goes the linked network, out comes for each subnet a three-valued verdict with the path that shows it: subnet,
// association, route, gateway. It knows no rule, no wording of findings and no severity.
package exposure

import (
	"net/netip"
	"slices"

	"go4.org/netipx"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Fact is a verdict on a subnet and the places that show it.
type Fact struct {
	Holds value.Truth
	// Path leads from the subnet to the internet gateway, for a verdict that holds somewhere.
	Path []finding.Step
}

// An Analysis is what is true of the subnets of one network. It is not safe for concurrent use.
type Analysis struct {
	public map[*network.Subnet]Fact
	tables map[*network.RouteTable]Fact
}

// Analyze prepares the analysis of a network; each subnet is judged when it is asked for.
func Analyze() *Analysis {
	return &Analysis{public: map[*network.Subnet]Fact{}, tables: map[*network.RouteTable]Fact{}}
}

// Public reports whether the effective route table of a subnet (its explicit association, else its VPC's main table)
// sends packets for the whole internet to an internet gateway. AWS: VPC user guide, "Route tables".
func (a *Analysis) Public(s *network.Subnet) Fact {
	if f, ok := a.public[s]; ok {
		return f
	}
	f := a.subnet(s)
	a.public[s] = f
	return f
}

func (a *Analysis) subnet(s *network.Subnet) Fact {
	tables, complete := s.Tables()
	fact := Fact{Holds: value.No()}
	for _, t := range tables {
		here, path := t.Holds, t.Path
		if t.Table != nil {
			routes := a.routes(t.Table)
			here, path = here.And(routes.Holds), append(slices.Clip(path), routes.Path...)
		}
		if fact.Path == nil && fails(here) {
			fact.Path = path
		}
		fact.Holds = fact.Holds.Or(here)
	}
	fact.Holds = fact.Holds.Or(unknownUnless(complete))
	return fact
}

// fails reports whether t is certain in some world.
func fails(t value.Truth) bool {
	for _, c := range t.Cases() {
		if c.Holds == tri.True {
			return true
		}
	}
	return false
}

// Out reports whether packets from a subnet for the whole internet have a way out of the VPC that works without a public
// address: a NAT gateway or instance, an egress-only gateway. What leaves the tree, as a transit gateway does, leaves it open.
// An internet gateway is no way out for SageMaker's interfaces, which have no public address.
func (a *Analysis) Out(s *network.Subnet) Fact {
	return Fact{Holds: value.Unknowable("routes to other targets than internet gateways are not read", nil)}
}

// routes judges one route table.
func (a *Analysis) routes(t *network.RouteTable) Fact {
	if f, ok := a.tables[t]; ok {
		return f
	}
	f := judge(t)
	a.tables[t] = f
	return f
}

func judge(t *network.RouteTable) Fact {
	fact := Fact{Holds: value.No()}
	var part4, part6 halves
	for i := range t.Routes {
		r := &t.Routes[i]
		toGateway := r.Holds.And(gateway(r))
		whole := destination(r)
		here := toGateway.And(whole)
		if fact.Path == nil && fails(here) {
			fact.Path = path(r)
		}
		fact.Holds = fact.Holds.Or(here)
		part4.add(r, r.DestinationCIDRBlock, toGateway)
		part6.add(r, r.DestinationIPv6CIDRBlock, toGateway)
	}
	for _, h := range []*halves{&part4, &part6} {
		whole, steps := h.whole()
		if fact.Path == nil && fails(whole) {
			fact.Path = steps
		}
		fact.Holds = fact.Holds.Or(whole)
	}
	// A route that may be elsewhere can only make the table public, never private.
	fact.Holds = fact.Holds.Or(unknownUnless(t.GatewaysComplete))
	return fact
}

// unknownUnless is false where t holds and unknown where it doesn't: what is not known to be complete may hold more.
func unknownUnless(t value.Truth) value.Truth {
	ts := make([]value.Truth, 0, len(t.Cases()))
	for _, c := range t.Cases() {
		if c.Holds == tri.True {
			ts = append(ts, value.No().When(c.When))
			continue
		}
		reason := c.Reason
		if reason == "" {
			reason = "not all of its routes and associations are known"
		}
		ts = append(ts, value.Unknowable(reason, c.Origin).When(c.When))
	}
	return value.Join(ts...)
}

// destination holds where a route is for every address of IPv4 or IPv6.
func destination(r *network.Route) value.Truth {
	any4 := everything(r.DestinationCIDRBlock)
	any6 := everything(r.DestinationIPv6CIDRBlock)
	list := r.DestinationPrefixListID.NonEmpty()
	if fails(list) {
		list = value.Unknowable("what the prefix list holds is not known", r.DestinationPrefixListID.Origin())
	}
	return any4.Or(any6).Or(list)
}

// everything holds where a block is of every address of its family, however it is spelt.
func everything(cidr value.String) value.Truth {
	return cidr.Each(func(v value.Value) value.Truth {
		if text, known := v.AsString(); known {
			prefix, err := netip.ParsePrefix(text)
			return value.Always(tri.Of(err == nil && prefix.Bits() == 0), v.Origin())
		}
		return v.Is("0.0.0.0/0")
	})
}

func path(r *network.Route) []finding.Step {
	to := r.DestinationCIDRBlock.Literal()
	if to == "" {
		to = r.DestinationIPv6CIDRBlock.Literal()
	}
	if to == "" {
		to = "the internet"
	}
	var steps []finding.Step
	for _, t := range r.Targets {
		if t.Kind != network.ToInternetGateway || !fails(t.Holds) {
			continue
		}
		steps = append(steps, finding.Step{Span: r.At, Message: r.Subject + " sends " + to + " to " + t.What})
		if t.Resource != nil {
			steps = append(steps, t.Resource.Head().Step(t.Resource.Head().Subject()+" is an internet gateway"))
		}
		break
	}
	return steps
}

// gateway says in which worlds a route leads to an internet gateway.
func gateway(r *network.Route) value.Truth {
	leads := value.No()
	for _, t := range r.Targets {
		switch t.Kind {
		case network.ToInternetGateway:
			leads = leads.Or(t.Holds)
		case network.ToUnknown:
			leads = leads.Or(t.Holds.And(value.Unknowable(t.Reason, t.From)))
		}
	}
	return leads
}

// halves collects the routes of one address family that are for less than every address: 0.0.0.0/1 and 128.0.0.0/1 to an
// internet gateway add up to it.
type halves struct {
	parts []part
}

// A part is a block of addresses, and in which worlds it is routed to an internet gateway.
type part struct {
	prefix    netip.Prefix
	toGateway value.Truth
	steps     []finding.Step
}

func (h *halves) add(r *network.Route, cidr value.String, toGateway value.Truth) {
	text, ok := cidr.AsString()
	if !ok || toGateway.Known() == tri.False {
		return
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil || prefix.Bits() == 0 {
		return
	}
	h.parts = append(h.parts, part{prefix: prefix.Masked(), toGateway: toGateway, steps: path(r)})
}

// maxSums bounds the worlds over which blocks are added up.
const maxSums = 64

// A sum is what is routed to an internet gateway in one world: for certain, and perhaps.
type sum struct {
	when          value.World
	certain, open []netip.Prefix
	reason        string
}

// whole says in which worlds the parts add up to every address, and shows the routes that are part of it.
func (h *halves) whole() (value.Truth, []finding.Step) {
	if len(h.parts) < 2 || !covers(h.prefixes()) {
		return value.No(), nil
	}
	sums := []sum{{}}
	var steps []finding.Step
	for _, p := range h.parts {
		steps = append(steps, p.steps...)
		var next []sum
		for _, s := range sums {
			for _, c := range p.toGateway.Cases() {
				if w, ok := s.when.And(c.When); ok {
					next = append(next, s.with(w, p.prefix, c))
				}
			}
		}
		if sums = next; len(sums) > maxSums {
			return value.Unknowable("its routes depend on too many conditions", nil), steps
		}
	}
	var ts []value.Truth
	for _, s := range sums {
		t := value.No()
		switch {
		case covers(s.certain):
			t = value.Yes()
		case covers(append(slices.Clone(s.certain), s.open...)):
			t = value.Unknowable(s.reason, nil)
		}
		ts = append(ts, t.When(s.when))
	}
	return value.Join(ts...), steps
}

func (s sum) with(when value.World, prefix netip.Prefix, c value.Case) sum {
	s.when = when
	switch c.Holds {
	case tri.True:
		s.certain = append(slices.Clone(s.certain), prefix)
	case tri.Unknown:
		s.open = append(slices.Clone(s.open), prefix)
		s.reason = c.Reason
	}
	return s
}

func (h *halves) prefixes() []netip.Prefix {
	out := make([]netip.Prefix, len(h.parts))
	for i, p := range h.parts {
		out[i] = p.prefix
	}
	return out
}

// covers reports whether blocks of one family hold every address of it.
func covers(prefixes []netip.Prefix) bool {
	if len(prefixes) == 0 {
		return false
	}
	var b netipx.IPSetBuilder
	for _, p := range prefixes {
		b.AddPrefix(p)
	}
	set, err := b.IPSet()
	if err != nil {
		return false
	}
	all := netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	if prefixes[0].Addr().Is6() {
		all = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
	}
	return set.ContainsPrefix(all)
}
