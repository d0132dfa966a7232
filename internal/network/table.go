package network

import (
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An Effective is a route table that may be a subnet's.
type Effective struct {
	// Table is nil where it isn't in the tree.
	Table *RouteTable
	// Named is how an association names it.
	Named Edge[RouteTable]
	// Holds says in which worlds it is the subnet's table.
	Holds value.Truth
	// Path are the places that show it, from the subnet on.
	Path []finding.Step
	// Default reports whether it is the main table of a default VPC that isn't in the tree, which leads to an internet gateway.
	// AWS: VPC user guide, "Default VPCs".
	Default bool
}

// Tables returns the route tables that may be a subnet's: its explicit association, else its VPC's main table. The truth
// says in which worlds it is one of them. AWS: VPC user guide, "Route tables".
func (s *Subnet) Tables() ([]Effective, value.Truth) {
	out := make([]Effective, 0, max(1, len(s.Associations)))
	associated := value.No()
	for _, a := range s.Associations {
		associated = associated.Or(a.Holds)
		name := a.Table.Name
		if a.Table.To != nil {
			name = a.Table.To.Head().Subject()
		}
		e := Effective{Table: a.Table.To, Named: a.Table, Holds: a.Holds}
		e.Path = make([]finding.Step, 0, 2)
		if s.Head().Span() != a.Head().Span() { // else an association is all that is told of it
			e.Path = append(e.Path, s.Head().Step(s.Head().Subject()+" is "+s.said()))
		}
		e.Path = append(e.Path, a.Head().Step(a.Head().Subject()+" gives it the route table "+name))
		if e.Table == nil && e.Holds.Known() != tri.False {
			e.Holds = e.Holds.And(value.Unknowable(a.Table.Reason, a.Table.From))
		}
		out = append(out, e)
	}
	// A subnet has one route table: with one of its own it can't get another.
	own := s.Complete.Or(associated)
	implicit := associated.Not()
	if implicit.Known() == tri.False {
		return out, own
	}
	main, complete := s.mainTables()
	for _, m := range main {
		m.Holds = implicit.And(s.Complete).And(m.Holds)
		m.Path = append([]finding.Step{s.Head().Step(s.Head().Subject() + " has no route table of its own")}, m.Path...)
		out = append(out, m)
	}
	return out, own.And(associated.Or(complete))
}

// said says how a subnet is known.
func (s *Subnet) said() string {
	if s.Head().Raw.Fact {
		return "described here"
	}
	return "declared here"
}

// mainLeads says what is so of an untouched default VPC.
const mainLeads = "the main route table of the default VPC leads to an internet gateway"

// mainTables returns the main route tables of the VPCs that the subnet may be in.
func (s *Subnet) mainTables() ([]Effective, value.Truth) {
	if s.Default && !slices.ContainsFunc(s.VPCs, func(e Edge[VPC]) bool { return e.To != nil }) {
		return []Effective{{Holds: value.Yes(), Default: true, Path: []finding.Step{s.Head().Step(mainLeads)}}}, value.Yes()
	}
	if len(s.VPCs) == 0 {
		return nil, value.Unknowable("the VPC of "+s.Head().Subject()+" is not in the tree", s.VPC.From)
	}
	var out []Effective
	complete := value.Yes()
	for _, e := range s.VPCs {
		if e.To == nil {
			reason := cmp.Or(e.Reason, "the VPC of "+s.Head().Subject()+" is not in the tree")
			complete = complete.And(e.Holds.Not().Or(value.Unknowable(reason, e.From)))
			continue
		}
		main, all := e.To.mainTables()
		for _, m := range main {
			m.Holds = e.Holds.And(m.Holds)
			out = append(out, m)
		}
		complete = complete.And(e.Holds.Not().Or(all))
	}
	return out, complete
}

// mainTables returns what may be a VPC's main route table.
func (v *VPC) mainTables() ([]Effective, value.Truth) {
	var out []Effective
	replaced := value.No()
	for _, m := range v.Main {
		replaced = replaced.Or(m.Holds)
		e := Effective{Table: m.Table.To, Named: m.Table, Holds: m.Holds}
		e.Path = append(e.Path, m.Head().Step(m.Head().Subject()+" is the main route table of "+v.Head().Subject()))
		if e.Table == nil && e.Holds.Known() != tri.False {
			e.Holds = e.Holds.And(value.Unknowable(m.Table.Reason, m.Table.From))
		}
		out = append(out, e)
	}
	implicit := Effective{Table: v.Implicit, Holds: replaced.Not().And(v.Complete)}
	switch table := v.Implicit.Head(); {
	case table.Addr() != v.Head().Addr():
		implicit.Path = []finding.Step{table.Step(table.Subject() + " is the main route table of " + v.Head().Subject())}
	case !v.Default:
		implicit.Path = []finding.Step{v.Head().Step("it is in " + v.Head().Subject() + ", whose main route table applies")}
	}
	return append(out, implicit), v.Complete
}
