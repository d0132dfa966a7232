package placement

import (
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Home is a VPC that a subnet, a security group or a domain is in, as far as it can be told from others.
type Home struct {
	// VPC is nil where it isn't in the tree, and Lookup the data source that finds it then.
	VPC    *network.VPC
	Lookup *network.Lookup
	// Holds says in which worlds it is the one, and Reason why it isn't known which one it is.
	Holds  value.Truth
	Reason string
	// Name is what it is called: empty where it isn't known which one it is.
	Name string
	// of is the subnet whose VPC it is, where nothing else is known of it.
	of value.Value
	// named is the value that names it, where it is neither in the tree nor found.
	named value.Value
	// isDefault says in which worlds it is the account's default VPC.
	isDefault value.Truth
}

// homeOf returns the VPC that an edge leads to.
func homeOf(e network.Edge[network.VPC]) Home {
	h := Home{VPC: e.To, Lookup: e.Lookup, Holds: e.Holds, Reason: e.Reason, named: e.Value()}
	switch {
	case e.To != nil:
		h.Name, h.isDefault = e.To.Head().Subject(), defaultVPC(e.To)
	case e.Lookup != nil && !e.Lookup.FindsVPC():
		// The VPC of a subnet or group that is looked up.
		for _, of := range e.Lookup.VPCs {
			if of.Lookup == nil || of.Lookup.FindsVPC() {
				inner := homeOf(of)
				inner.Holds = value.Yes()
				return inner
			}
		}
		h.Lookup, h.isDefault, h.of = nil, e.Lookup.Default, foundSubnet(e.Lookup)
	case e.Lookup != nil:
		h.Name, h.isDefault = e.Lookup.Raw.Subject, e.Lookup.Default
	default:
		h.Name = e.Name
		h.isDefault = value.Unknowable(cmp.Or(e.Reason, "it is not known which VPC it is"), e.From)
	}
	return h
}

// defaultVPC says in which worlds a VPC of the graph is the account's default one.
func defaultVPC(v *network.VPC) value.Truth {
	if m, ok := v.Resource.(*model.VPC); ok && m.Raw.Fact && m.CIDRBlock.Kind() == value.KindOpaque {
		// Others name it, and nobody has described it.
		return value.Unknowable("output of aws ec2 describe-vpcs named under network: in .vpclint.yaml would tell whether "+m.Subject()+" is the default VPC", m.CIDRBlock.Origin())
	}
	return value.Always(tri.Of(v.Default), &value.Origin{Span: v.Head().Span()})
}

// same says in which worlds two homes are one VPC.
func (h Home) same(o Home) value.Truth {
	switch {
	case h.Lookup != nil && h.Lookup == o.Lookup, value.Same(h.named, o.named), value.Same(h.of, o.of):
		return whether(h.Holds).And(whether(o.Holds))
	case h.VPC != nil && h.VPC == o.VPC:
		return h.Holds.And(o.Holds)
	case h.VPC != nil && o.VPC != nil && h.VPC.Head().Raw.Fact == o.VPC.Head().Raw.Fact:
		return value.No()
	}
	if both := h.isDefault.And(o.isDefault); both.Known() == tri.True {
		return whether(h.Holds).And(whether(o.Holds)) // a region has one
	}
	if h.isDefault.Known() != tri.Unknown && o.isDefault.Known() != tri.Unknown && h.isDefault.Known() != o.isDefault.Known() {
		return value.No()
	}
	a, aKnown := h.named.AsString()
	b, bKnown := o.named.AsString()
	if h.VPC == nil && o.VPC == nil && aKnown && bKnown {
		return value.Always(tri.Of(a == b), nil)
	}
	for _, x := range []Home{h, o} {
		if x.Name == "" || x.VPC == nil && x.Reason != "" {
			return value.Unknowable(cmp.Or(x.Reason, "it is not known which VPC it is"), x.named.Origin())
		}
	}
	return value.Unknowable("it is not known whether "+h.Name+" is "+o.Name, nil)
}

// A Tenant is what a workload names that is in a VPC: a subnet, a security group, or the VPC itself.
type Tenant struct {
	Kind TenantKind
	// Name is what it is called; empty where it isn't known which one it is.
	Name string
	// Found reports whether it is a data source that finds it.
	Found bool
	// Homes are the VPCs that it may be in; a group that is associated with several is in each of them.
	Homes []Home
	// Holds says in which worlds the workload names it, From where.
	Holds value.Truth
	From  *value.Origin
	via   []finding.Step
}

// Lost reports whether nothing is known of where a tenant is.
func (t Tenant) Lost() bool {
	return !slices.ContainsFunc(t.Homes, func(h Home) bool { return h.Name != "" })
}

// A TenantKind says what a Tenant is.
type TenantKind uint8

// The kinds of tenants.
const (
	TenantSubnet TenantKind = iota
	TenantGroup
	TenantVPC
)

// Tenants returns what a workload names at one of the places where it is attached.
func (a *Analysis) Tenants(w *network.Workload, p *network.Placement) []Tenant {
	if out, ok := a.tenants[p]; ok {
		return out
	}
	out := a.tenantsOf(w, p)
	a.tenants[p] = out
	return out
}

func (a *Analysis) tenantsOf(w *network.Workload, p *network.Placement) []Tenant {
	out := make([]Tenant, 0, len(w.VPCs)+len(p.Subnets)+len(p.SecurityGroups))
	for _, e := range w.VPCs {
		h := homeOf(e)
		h.Holds = e.Holds
		out = append(out, Tenant{Kind: TenantVPC, Name: h.Name, Homes: []Home{h}, Holds: whether(e.Holds), From: e.From})
	}
	for _, e := range p.Subnets {
		t := Tenant{Kind: TenantSubnet, Holds: e.Holds, From: e.From}
		switch {
		case e.To != nil:
			t.Name = e.To.Head().Subject()
			t.Homes = a.homesOf(e.To)
		case e.Lookup != nil:
			t.Name, t.Found, t.Holds = e.Lookup.Raw.Subject, true, value.Yes()
			t.Homes = lookedUp(e.Lookup, e.Reason)
		default:
			t.Name = e.Name
			t.Homes, t.Holds = unknownHome(e.Reason, e.From), value.Yes()
			t.Homes[0].of = e.Value()
		}
		t.via = e.Via
		out = append(out, t)
	}
	for _, e := range p.SecurityGroups {
		t := Tenant{Kind: TenantGroup, Holds: e.Holds, From: e.From}
		switch {
		case e.To != nil:
			t.Name = e.To.Head().Subject()
			for _, v := range e.To.VPCs {
				t.Homes = append(t.Homes, homeOf(v))
			}
		case e.Lookup != nil:
			t.Name, t.Found, t.Holds = e.Lookup.Raw.Subject, true, value.Yes()
			t.Homes = lookedUp(e.Lookup, e.Reason)
		default:
			t.Name = e.Name
			t.Homes, t.Holds = unknownHome(e.Reason, e.From), value.Yes()
		}
		if len(t.Homes) == 0 {
			t.Homes = unknownHome("it is not known in which VPC "+cmp.Or(t.Name, "its security group")+" is", e.From)
		}
		t.via = e.Via
		out = append(out, t)
	}
	return out
}

// Steps lead from the name to the VPC.
func (t Tenant) Steps() []finding.Step {
	out := append([]finding.Step{}, t.via...)
	for _, h := range t.Homes {
		if h.Name == "" || t.Name == "" {
			continue
		}
		at := h.named.Origin()
		if at != nil && !at.Span.IsZero() {
			verb := " is in "
			if t.Found {
				verb = " looks in "
			}
			out = append(out, finding.Step{Span: at.Span, Message: t.Name + verb + h.Name})
		}
	}
	return out
}

// homesOf is subnetHomes, remembered: many workloads are in one subnet.
func (a *Analysis) homesOf(s *network.Subnet) []Home {
	if out, ok := a.homes[s]; ok {
		return out
	}
	out := slices.Clip(subnetHomes(s))
	a.homes[s] = out
	return out
}

// subnetHomes returns the VPCs that a subnet may be in, one in each world.
func subnetHomes(s *network.Subnet) []Home {
	known := value.Always(tri.True, &value.Origin{Span: s.Head().Span()})
	if s.Default && s.VPC.To == nil {
		return []Home{{Holds: value.Yes(), Name: "the default VPC", named: s.VPC.Value(), isDefault: known}}
	}
	var out []Home
	for _, e := range s.VPCs {
		h := homeOf(e)
		if s.Default {
			h.isDefault = known
		}
		out = append(out, h)
	}
	if len(out) == 0 {
		return unknownHome("it is not known in which VPC "+s.Head().Subject()+" is", known.Cases()[0].Origin)
	}
	return out
}

// lookedUp returns the VPCs in which a data source looks for subnets or groups.
func lookedUp(k *network.Lookup, reason string) []Home {
	if len(k.VPCs) == 0 {
		h := unknownHome(cmp.Or(reason, k.Raw.Subject+" is looked up during deployment"), &value.Origin{Span: k.Raw.Span})
		h[0].of = foundSubnet(k)
		if h[0].isDefault = k.Default; k.Default.Known() == tri.True {
			h[0].Name = "the default VPC"
		}
		return h
	}
	var out []Home
	for _, e := range k.VPCs {
		h := homeOf(e)
		if k.Default.Known() == tri.True {
			h.isDefault = k.Default
		}
		if e.Lookup != nil {
			h.Holds = value.Yes() // a data source finds what it looks for
		}
		out = append(out, h)
	}
	return out
}

// foundSubnet returns what names the one subnet that a data source finds: the id that it is given, else its own.
func foundSubnet(k *network.Lookup) value.Value {
	if k.Raw.Type != "aws_subnet" {
		return value.Value{}
	}
	if id := k.Raw.Props.Attr("id"); id.Kind() != value.KindAbsent {
		return id
	}
	return value.OfSymbol(value.Ref{Addr: k.Raw.Addr, Attr: "id"})
}

func unknownHome(reason string, from *value.Origin) []Home {
	return []Home{{
		Holds: value.Unknowable(reason, from), Reason: reason, isDefault: value.Unknowable(reason, from),
	}}
}

// together says in which worlds two tenants have a VPC in common.
func (t Tenant) together(o Tenant) value.Truth {
	common := value.No()
	for _, a := range t.Homes {
		for _, b := range o.Homes {
			common = common.Or(a.same(b))
		}
	}
	return common
}

// DefaultSteps show which of its VPCs are the default one.
func (t Tenant) DefaultSteps() []finding.Step {
	var out []finding.Step
	for _, h := range t.Homes {
		for _, c := range h.isDefault.Cases() {
			if c.Holds == tri.True && c.Origin != nil && !c.Origin.Span.IsZero() {
				out = append(out, finding.Step{Span: c.Origin.Span, Message: isDefault(t, h)})
				break
			}
		}
	}
	return out
}

func isDefault(t Tenant, h Home) string {
	switch {
	case h.Lookup != nil, h.VPC != nil:
		return h.Name + " is the default VPC"
	case t.Found:
		return t.Name + " finds default subnets"
	}
	return t.Name + " is a default subnet"
}

// InDefault says in which worlds a tenant is in the account's default VPC.
func (t Tenant) InDefault() value.Truth {
	in := value.No()
	for _, h := range t.Homes {
		if h.isDefault.Known() == tri.True {
			in = in.Or(h.isDefault)
			continue
		}
		in = in.Or(h.isDefault.And(whether(h.Holds)))
	}
	return in
}

// whether is true where t isn't false: which VPC it is need not be known for knowing of what kind it is.
func whether(t value.Truth) value.Truth {
	if len(t.Cases()) == 1 {
		return value.Always(tri.Of(t.Known() != tri.False), t.Cases()[0].Origin).When(t.Cases()[0].When)
	}
	ts := make([]value.Truth, 0, len(t.Cases()))
	for _, c := range t.Cases() {
		ts = append(ts, value.Always(tri.Of(c.Holds != tri.False), c.Origin).When(c.When))
	}
	return value.Join(ts...)
}

// A Mix is two things that a workload names and that have no VPC in common.
type Mix struct {
	Holds        value.Truth
	First, Other Tenant
}

// maxTenants bounds the things of different VPCs that are compared with each other.
const maxTenants = 24

// Mixes returns what a workload names at one place and that may be in different VPCs, the odd one second.
func (a *Analysis) Mixes(w *network.Workload, p *network.Placement) []Mix {
	tenants, out := distinct(a.Tenants(w, p))
	if len(tenants) > maxTenants {
		return []Mix{{Holds: value.Unknowable("it names too many subnets and security groups", nil), First: tenants[0], Other: tenants[0]}}
	}
	for i, t := range tenants {
		for _, o := range tenants[i+1:] {
			if t.Kind == TenantVPC && o.Kind == TenantVPC {
				continue // it names one VPC, which is one of these
			}
			holds := t.Holds.And(o.Holds).And(t.together(o).Not())
			if holds.Known() != tri.False {
				out = append(out, Mix{Holds: holds, First: t, Other: o})
			}
		}
	}
	return out
}

// distinct returns one tenant for those of which nothing tells apart where they are: what is true of one is true of all. Of
// those that aren't known for one reason it isn't known either whether they are in one VPC.
func distinct(tenants []Tenant) (out []Tenant, lost []Mix) {
next:
	for _, t := range tenants {
		for i := range out {
			if len(t.Homes) != 1 || len(out[i].Homes) != 1 {
				continue
			}
			a, b := t.Homes[0], out[i].Homes[0]
			same := a.Holds.Known() == b.Holds.Known() && a.same(b).Known() == tri.True
			if !same && (a.Name != "" || b.Name != "" || a.Reason == "" || a.Reason != b.Reason) {
				continue
			}
			if !same && len(lost) == 0 {
				lost = []Mix{{Holds: t.Holds.And(out[i].Holds).And(a.Holds), First: out[i], Other: t}}
			}
			out[i].Holds = out[i].Holds.Or(t.Holds)
			continue next
		}
		if out = append(out, t); len(out) > maxTenants {
			break
		}
	}
	return out, lost
}
