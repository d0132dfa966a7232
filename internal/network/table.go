package network

import (
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An Effective is a route table that may be a subnet's.
type Effective struct {
	// Table is nil where it isn't in the tree.
	Table *RouteTable
	// Holds says in which worlds it is the subnet's table.
	Holds value.Truth
	// Path are the places that show it, from the subnet on.
	Path []finding.Step
	// Default reports whether it is the untouched main table of the account's default VPC, which leads to an internet gateway.
	// AWS: VPC user guide, "Default VPCs".
	Default bool
}

// Tables returns the route tables that may be a subnet's: its explicit association, else its VPC's main table. The truth
// says in which worlds it is one of them. AWS: VPC user guide, "Route tables".
func (s *Subnet) Tables() ([]Effective, value.Truth) {
	var out []Effective
	associated := value.No()
	for _, a := range s.Associations {
		associated = associated.Or(a.Holds)
		name := a.Table.Name
		if a.Table.To != nil {
			name = a.Table.To.Head().Subject()
		}
		e := Effective{Table: a.Table.To, Holds: a.Holds}
		if s.Head().Span() != a.Head().Span() { // else an association is all that is told of it
			e.Path = append(e.Path, s.Head().Step(s.Head().Subject()+" is "+s.said()))
		}
		e.Path = append(e.Path, a.Head().Step(a.Head().Subject()+" gives it the route table "+name))
		if e.Table == nil && e.Holds.Known() != tri.False {
			e.Holds = e.Holds.And(value.Unknowable(a.Table.Reason, a.Table.From))
		}
		out = append(out, e)
	}
	implicit := associated.Not()
	if implicit.Known() == tri.False {
		return out, s.Complete
	}
	main, complete := s.mainTables()
	for _, m := range main {
		m.Holds = implicit.And(s.Complete).And(m.Holds)
		m.Path = append([]finding.Step{s.Head().Step(s.Head().Subject() + " has no route table of its own")}, m.Path...)
		out = append(out, m)
	}
	return out, s.Complete.And(associated.Or(complete))
}

// said says how a subnet is known.
func (s *Subnet) said() string {
	if s.Head().Raw.Fact {
		return "described here"
	}
	return "declared here"
}

// mainTables returns the main route tables of the subnet's VPC.
func (s *Subnet) mainTables() ([]Effective, value.Truth) {
	const leads = "the main route table of the default VPC leads to an internet gateway"
	vpc := s.VPC.To
	switch {
	case s.Default && vpc == nil:
		return []Effective{{Holds: value.Yes(), Default: true, Path: []finding.Step{s.Head().Step(leads)}}}, value.Yes()
	case vpc == nil:
		reason := s.VPC.Reason
		if reason == "" {
			reason = "the VPC of " + s.Head().Subject() + " is not in the tree"
		}
		return nil, value.Unknowable(reason, s.VPC.From)
	case vpc.Default && len(vpc.Main) == 0:
		return []Effective{{Holds: s.VPC.Holds, Default: true, Path: []finding.Step{vpc.Head().Step(leads)}}}, value.Yes()
	}
	var out []Effective
	replaced := value.No()
	for _, m := range vpc.Main {
		replaced = replaced.Or(m.Holds)
		e := Effective{Table: m.Table.To, Holds: m.Holds}
		e.Path = append(e.Path, m.Head().Step(m.Head().Subject()+" is the main route table of "+vpc.Head().Subject()))
		if e.Table == nil && e.Holds.Known() != tri.False {
			e.Holds = e.Holds.And(value.Unknowable(m.Table.Reason, m.Table.From))
		}
		out = append(out, e)
	}
	step := vpc.Head().Step("it is in " + vpc.Head().Subject() + ", whose main route table applies")
	if table := vpc.Implicit.Head(); table.Addr() != vpc.Head().Addr() {
		step = table.Step(table.Subject() + " is the main route table of " + vpc.Head().Subject())
	}
	return append(out, Effective{
		Table: vpc.Implicit, Holds: replaced.Not().And(vpc.Complete), Path: []finding.Step{step},
	}), vpc.Complete
}
