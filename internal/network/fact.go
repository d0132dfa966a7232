package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// What the tree declares is what will be, and facts are what was when they were saved. So the tree wins, and facts fill in
// what it says nothing of.

// learns reports whether facts tell something of a subnet: it is a fact itself, or it is declared without a route table in
// a VPC that isn't declared.
func learns(s *Subnet) bool {
	if s.Head().Raw.Fact {
		return true
	}
	// What is declared goes first.
	if len(s.Associations) > 0 && !s.Associations[0].Head().Raw.Fact {
		return false
	}
	return !slices.ContainsFunc(s.VPCs, func(e Edge[VPC]) bool { return e.To != nil && !e.To.Head().Raw.Fact })
}

// settle takes away the certainty of facts that contradict each other: a subnet has one route table at most, and a VPC one
// main table. AWS: API_AssociateRouteTable.
func (l *linker) settle() {
	for _, s := range l.graph.Subnets {
		tables := map[string]bool{}
		for _, a := range s.Associations {
			if a.Head().Raw.Fact {
				tables[tableName(a.Table)] = true
			}
		}
		for i := range s.Associations {
			if a := &s.Associations[i]; len(tables) > 1 && a.Head().Raw.Fact {
				a.Holds = contradicted(a.Resource, "which route table "+s.Head().Subject()+" has")
			}
		}
	}
	for _, v := range l.graph.VPCs {
		tables := map[string]bool{}
		for _, m := range v.Main {
			if m.Head().Raw.Fact {
				tables[tableName(m.Table)] = true
			}
		}
		for i := range v.Main {
			if m := &v.Main[i]; len(tables) > 1 && m.Head().Raw.Fact {
				m.Holds = contradicted(m.Resource, "which the main route table of "+v.Head().Subject()+" is")
			}
		}
	}
}

// tableName tells the tables of one subnet or VPC apart.
func tableName(e Edge[RouteTable]) string {
	if e.To != nil {
		addr := e.To.Head().Addr()
		return addr.Unit + "\n" + addr.Name
	}
	return e.Name
}

func contradicted(r model.Resource, what string) value.Truth {
	return value.Unknowable("the files under network: contradict each other about "+what, &value.Origin{Span: r.Head().Span()})
}
