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
	var fact Fact
	// associated says in which worlds the subnet has an explicit association.
	associated := value.No()
	result := value.No()
	for _, as := range s.Associations {
		associated = associated.Or(as.Holds)
		table := a.table(as.Table)
		here := as.Holds.And(table.Holds)
		if fact.Path == nil && fails(here) {
			name := as.Table.Name
			if as.Table.To != nil {
				name = as.Table.To.Head().Subject()
			}
			if s.Head().Span() != as.Head().Span() { // else an association is all that is told of it
				fact.Path = append(fact.Path, s.Head().Step(s.Head().Subject()+" is "+said(s)))
			}
			fact.Path = append(fact.Path, as.Head().Step(as.Head().Subject()+" gives it the route table "+name))
			fact.Path = append(fact.Path, table.Path...)
		}
		result = result.Or(here)
	}
	main := a.main(s)
	implicit := associated.Not().And(s.Complete).And(main.Holds)
	if fact.Path == nil && fails(implicit) {
		fact.Path = append([]finding.Step{s.Head().Step(s.Head().Subject() + " has no route table of its own")}, main.Path...)
	}
	fact.Holds = result.Or(implicit).Or(unknownUnless(s.Complete))
	return fact
}

// said says how a subnet is known.
func said(s *network.Subnet) string {
	if s.Head().Raw.Fact {
		return "described here"
	}
	return "declared here"
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

// main judges the main route table of the subnet's VPC.
func (a *Analysis) main(s *network.Subnet) Fact {
	if s.Default && s.VPC.To == nil {
		return Fact{Holds: value.Yes(), Path: []finding.Step{s.Head().Step("the main route table of the default VPC leads to an internet gateway")}}
	}
	vpc := s.VPC.To
	if vpc == nil {
		reason := s.VPC.Reason
		if reason == "" {
			reason = "the VPC of " + s.Head().Subject() + " is not in the tree"
		}
		return Fact{Holds: value.Unknowable(reason, s.VPC.From)}
	}
	if vpc.Default && len(vpc.Main) == 0 {
		return Fact{Holds: s.VPC.Holds, Path: []finding.Step{vpc.Head().Step("the main route table of the default VPC leads to an internet gateway")}}
	}
	var fact Fact
	fact.Holds = value.No()
	replaced := value.No()
	for _, m := range vpc.Main {
		table := a.table(m.Table)
		here := m.Holds.And(table.Holds)
		replaced = replaced.Or(m.Holds)
		if fact.Path == nil && fails(here) {
			fact.Path = append([]finding.Step{m.Head().Step(m.Head().Subject() + " is the main route table of " + vpc.Head().Subject())}, table.Path...)
		}
		fact.Holds = fact.Holds.Or(here)
	}
	own := a.routes(vpc.Implicit)
	implicit := replaced.Not().And(vpc.Complete).And(own.Holds)
	if fact.Path == nil && fails(implicit) {
		step := vpc.Head().Step("it is in " + vpc.Head().Subject() + ", whose main route table applies")
		if table := vpc.Implicit.Head(); table.Addr() != vpc.Head().Addr() {
			step = table.Step(table.Subject() + " is the main route table of " + vpc.Head().Subject())
		}
		fact.Path = append([]finding.Step{step}, own.Path...)
	}
	fact.Holds = fact.Holds.Or(implicit).Or(unknownUnless(vpc.Complete))
	return fact
}

func (a *Analysis) table(e network.Edge[network.RouteTable]) Fact {
	if e.To == nil {
		return Fact{Holds: value.Unknowable(e.Reason, e.From)}
	}
	return a.routes(e.To)
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
		toGateway := r.Holds.And(r.Gateway.Holds)
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
	fact.Holds = fact.Holds.Or(unknownUnless(t.Complete))
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
	gateway := "an internet gateway"
	switch {
	case r.Gateway.To != nil:
		gateway = "the internet gateway " + r.Gateway.To.Head().Subject()
	case r.Gateway.Name != "":
		gateway = "the internet gateway " + r.Gateway.Name
	}
	steps := []finding.Step{{Span: r.At, Message: r.Subject + " sends " + to + " to " + gateway}}
	if r.Gateway.To != nil {
		steps = append(steps, r.Gateway.To.Head().Step(r.Gateway.To.Head().Subject()+" is an internet gateway"))
	}
	return steps
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
