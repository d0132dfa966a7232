// Package exposure answers which subnets reach, or are reached from, the internet.
//
// In goes the linked network, out comes for each subnet a three-valued verdict with the path that shows it: subnet,
// association, route, gateway. It knows no rule, no wording of findings and no severity.
package exposure

import (
	"net/netip"

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
			fact.Path = append([]finding.Step{
				s.Head().Step(s.Head().Subject() + " is declared here"),
				as.Head().Step(as.Head().Subject() + " gives it the route table " + name),
			}, table.Path...)
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
	if s.Default {
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
	if vpc.Default {
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
	implicit := replaced.Not().And(own.Holds)
	if fact.Path == nil && fails(implicit) {
		step := vpc.Head().Step("it is in " + vpc.Head().Subject() + ", whose main route table applies")
		if table := vpc.Implicit.Head(); table.Addr() != vpc.Head().Addr() {
			step = table.Step(table.Subject() + " is the main route table of " + vpc.Head().Subject())
		}
		fact.Path = append([]finding.Step{step}, own.Path...)
	}
	fact.Holds = fact.Holds.Or(implicit)
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
		if whole, steps := h.whole(); fails(whole) {
			if fact.Path == nil {
				fact.Path = steps
			}
			fact.Holds = fact.Holds.Or(whole)
		}
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

// halves collects the routes of one address family to an internet gateway that are for less than every address:
// 0.0.0.0/1 and 128.0.0.0/1 add up to it.
type halves struct {
	set   netipx.IPSetBuilder
	bits  int
	holds value.Truth
	any   bool
	steps []finding.Step
}

func (h *halves) add(r *network.Route, cidr value.String, toGateway value.Truth) {
	text, ok := cidr.AsString()
	if !ok || !fails(toGateway) {
		return
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil || prefix.Bits() == 0 {
		return
	}
	h.set.AddPrefix(prefix.Masked())
	h.bits = prefix.Addr().BitLen()
	if !h.any {
		h.any, h.holds = true, toGateway
	} else {
		h.holds = h.holds.And(toGateway)
	}
	h.steps = append(h.steps, path(r)...)
}

func (h *halves) whole() (value.Truth, []finding.Step) {
	if !h.any {
		return value.No(), nil
	}
	set, err := h.set.IPSet()
	if err != nil {
		return value.No(), nil
	}
	all := netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	if h.bits == 128 {
		all = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
	}
	if !set.ContainsPrefix(all) {
		return value.No(), nil
	}
	return h.holds, h.steps
}
