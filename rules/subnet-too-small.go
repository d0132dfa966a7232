package rules

import (
	"fmt"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// SubnetTooSmall reports a workload whose subnets have fewer than two addresses for each of its instances, so that it can't
// start. AWS: "Give SageMaker training jobs access to resources in your Amazon VPC", Ensure that subnets have enough IP
// addresses.
var SubnetTooSmall = &Rule{
	ID:        "subnet-too-small",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload's subnets have too few addresses for its instances.",
	Label:     "these have too few addresses",
	Help:      "name more subnets, or larger ones",
	Precision: "high",
	Run: func(p *Pass) {
		p.placed(func(w *network.Workload, place *network.Placement, attached value.Truth) []Suspect {
			n := p.Placement.InstancesAt(w, place)
			free := p.Placement.Space(place)
			s := Suspect{At: place.Placement.Subnets.Leaf, From: place.Placement.Subnets.Origin()}
			wrong, needs, has := tooFew(n, free, placement.Chosen(w))
			if s.Wrong = attached.And(wrong); s.Wrong.Known() == tri.False {
				return []Suspect{}
			}
			s.Message = fmt.Sprintf("%sneeds %d addresses for %s, and its subnets have %d", placeName(place), perInstance*needs.Least, instances(needs), has.Most)
			s.Because = p.spaces(place)
			if o := needs.Origin; o != nil && !o.Span.IsZero() {
				s.Because = append(s.Because, finding.Step{Span: o.Span, Message: "it has " + instances(needs)})
			}
			return []Suspect{s}
		})
	},
}

// perInstance is how many addresses an instance takes. AWS asks for more where it has an Elastic Fabric Adapter.
const perInstance = 2

// tooFew says in which worlds there are too few addresses, and how many there are in the first one. Of instances that
// SageMaker chooses, those that there are at least are all that count.
func tooFew(n, free placement.Count, chosen bool) (wrong value.Truth, needs, has placement.Tally) {
	var ts []value.Truth
	found := false
	for _, i := range n.Tallies() {
		if chosen {
			i.Most = i.Least
		}
		for _, f := range free.Tallies() {
			when, ok := i.When.And(f.When)
			if !ok {
				continue
			}
			reason, origin := f.Reason, f.Origin
			if i.Least != i.Most {
				reason, origin = i.Reason, i.Origin
			}
			t := value.Unknowable(reason, origin)
			switch {
			case f.Most < perInstance*i.Least:
				t = value.Always(tri.True, nil)
				if !found {
					needs, has, found = i, f, true
				}
			case i.Most != placement.Unbounded && f.Least >= perInstance*i.Most:
				t = value.Always(tri.False, nil)
			}
			ts = append(ts, t.When(when))
		}
	}
	return value.Join(ts...), needs, has
}

// instances says how many there are.
func instances(t placement.Tally) string {
	switch {
	case t.Least == 1 && t.Most == 1:
		return "1 instance"
	case t.Least == t.Most:
		return fmt.Sprintf("%d instances", t.Least)
	}
	return fmt.Sprintf("at least %d instances", t.Least)
}

// maxSpaces bounds the subnets that a trace lists.
const maxSpaces = 4

// spaces says how many addresses each subnet has.
func (p *Pass) spaces(place *network.Placement) []finding.Step {
	var out []finding.Step
	for _, e := range place.Subnets {
		if e.To == nil || len(out) == maxSpaces {
			continue
		}
		for _, t := range placement.Free(e.To).Tallies() {
			if o := t.Origin; t.Least == t.Most && o != nil && !o.Span.IsZero() {
				out = append(out, finding.Step{Span: o.Span, Message: fmt.Sprintf("%s has %d addresses, without the five that AWS keeps", e.To.Head().Subject(), t.Least)})
				break
			}
		}
	}
	return out
}
