package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// UnapprovedSubnet reports a workload that names a subnet by an id which isn't on the configured list of approved ones.
var UnapprovedSubnet = &Rule{
	ID:         "unapproved-subnet",
	Severity:   finding.High,
	Configured: "approved.subnets",
	Title:      "A SageMaker workload names a subnet that is not approved.",
	Label:      "not on the list of approved subnets",
	Help:       "name a subnet of approved.subnets in .vpclint.yaml, or have this one approved",
	Precision:  "very-high",
	Elsewhere:  Counterparts{Config: []string{"sagemaker-notebook-instance-inside-vpc"}},
	Run: func(p *Pass) {
		if p.Approved.Subnets == nil {
			return
		}
		list := approval{ids: p.Approved.Subnets, prefix: "subnet-", what: "subnet"}
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			for i := range w.Placements {
				place := &w.Placements[i]
				suspects = append(suspects, list.suspects(place.Placement.Subnets, placement.Attached(w, place))...)
			}
			p.ReportAny(w, suspects)
		}
	},
}

// An approval is the list of ids of one kind that a configuration approves.
type approval struct {
	ids []string
	// prefix begins the ids, and what is what they are called.
	prefix, what string
}

// suspects returns one for each thing that a list names and that may be an id which isn't approved. A reference is none: what
// the tree makes has no id yet.
func (a approval) suspects(list value.Strings, applies value.Truth) []Suspect {
	members, complete := list.Members()
	var out []Suspect
	for _, m := range members {
		out = append(out, Suspect{
			Wrong: applies.And(a.wrong(m.Value).Within(m.When)), At: list.Leaf, From: m.Value.Origin(),
			Message: fmt.Sprintf("names %s, which is not an approved %s", m.Value.Literal(), a.what),
		})
	}
	return append(out, Suspect{At: list.Leaf, Wrong: applies.And(complete.Lacking("not all of its " + a.what + "s are known"))})
}

// wrong says in which worlds a value is an id that isn't approved.
func (a approval) wrong(v value.Value) value.Truth {
	text, literal := v.AsString()
	switch {
	case literal && text == "", slices.Contains(a.ids, text):
		return value.Always(tri.False, v.Origin())
	case literal && strings.HasPrefix(text, a.prefix):
		return value.Always(tri.True, v.Origin())
	case literal:
		return value.Unknowable(strconv.Quote(text)+" is no id, so it is not known which "+a.what+" it stands for", v.Origin())
	case v.Kind() == value.KindSymbol:
		return value.Always(tri.False, v.Origin())
	}
	return value.Unknowable(cmp.Or(v.Reason(), "it is not known which "+a.what+" it is"), v.Origin())
}
