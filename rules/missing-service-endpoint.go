package rules

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/exposure"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// MissingServiceEndpoint reports a VPC from whose subnets a workload has no way out, and which lacks an interface endpoint
// that the workload's kind needs. AWS: "Connect Studio in a VPC to external resources", "Connect a notebook instance in a
// VPC to external resources".
var MissingServiceEndpoint = &Rule{
	ID:        "missing-service-endpoint",
	Severity:  finding.Medium,
	Title:     "A SageMaker workload without a way out lacks an interface endpoint that it needs.",
	Label:     "the workload has no way to these services",
	Help:      "add an interface endpoint with private DNS for each of them",
	Precision: "high",
	Elsewhere: Counterparts{Config: []string{"vpc-endpoint-enabled"}},
	Run: func(p *Pass) {
		guests, lost := p.guests()
		for _, v := range p.Net.VPCs {
			var kinds []string
			byKind := map[string][]guest{}
			for _, g := range guests[v] {
				if len(endpoints.Needs(g.Workload)) == 0 {
					continue
				}
				if byKind[g.Kind()] == nil {
					kinds = append(kinds, g.Kind())
				}
				byKind[g.Kind()] = append(byKind[g.Kind()], g)
			}
			for _, kind := range kinds {
				for _, guests := range p.parties(v, kind, byKind[kind]) {
					p.hosted(v, guests, p.lacking(v, kind, guests))
				}
			}
		}
		p.finish(lost, func(g guest) value.Truth {
			needs := value.No()
			for _, n := range endpoints.Needs(g.Workload) {
				needs = needs.Or(n.Holds)
			}
			return needs
		})
	},
}

// parties tells those who certainly lack something from the others, where each has to be told by itself: of a VPC that is only
// described.
func (p *Pass) parties(v *network.VPC, kind string, guests []guest) [][]guest {
	if !v.Head().Raw.Fact {
		return [][]guest{guests}
	}
	lacks := map[*network.Workload]bool{}
	for _, g := range guests {
		lacks[g.Workload] = lacks[g.Workload] || p.lacking(v, kind, []guest{g}).Wrong.Somewhere()
	}
	var certain, others []guest
	for _, g := range guests {
		if lacks[g.Workload] {
			certain = append(certain, g)
		} else {
			others = append(others, g)
		}
	}
	return slices.DeleteFunc([][]guest{certain, others}, func(party []guest) bool { return len(party) == 0 })
}

// lacking makes one suspect of all that a VPC lacks for the workloads of one kind.
func (p *Pass) lacking(v *network.VPC, kind string, guests []guest) Suspect {
	missing := map[endpoints.Service]value.Truth{}
	var services []endpoints.Service
	var because []finding.Step
	var cut []guest
	for _, g := range guests {
		shut := g.holds.And(p.wayOut(g).Not())
		lacking := value.No()
		for _, need := range endpoints.Needs(g.Workload) {
			lacks := shut.And(need.Holds)
			if lacks.Known() == tri.False {
				continue
			}
			lacks = lacks.And(p.Facts.Endpoints.Present(v, need.Service, endpoints.Interface).Holds.Not())
			if because == nil && lacks.Somewhere() {
				because = p.cutOff(g)
			}
			if _, seen := missing[need.Service]; !seen {
				services = append(services, need.Service)
				missing[need.Service] = value.No()
			}
			missing[need.Service] = missing[need.Service].Or(lacks)
			lacking = lacking.Or(lacks)
		}
		if lacking.Possible() {
			cut = append(cut, g)
		}
	}
	all := value.No()
	var names []string
	for _, s := range services {
		all = all.Or(missing[s])
		if missing[s].Somewhere() {
			names = append(names, string(s))
		}
	}
	return Suspect{
		Wrong: all, At: value.Leaf{Property: kind}, From: header(v), Because: because, about: cut,
		Message: "has no endpoint for " + enumerate(names) + ", nor another way there",
	}
}

// wayOut says in which worlds a guest's packets have a way out of the VPC. Its interfaces have an address of IPv6 only where it
// is dual-stack.
func (p *Pass) wayOut(g guest) value.Truth {
	if g.subnet == nil {
		return value.Unknowable(g.reason, g.edge.From)
	}
	out := p.Exposure.OutIn(g.subnet, exposure.IPv4).Holds
	var addresses value.String
	switch w := g.Workload.Workload.(type) {
	case *model.NotebookInstance:
		addresses = w.IPAddressType
	case *model.Domain:
		addresses = w.Settings.IPAddressType
	default:
		return out
	}
	// CloudFormation spells it in capitals for a domain.
	dual := addresses.Is("dualstack").Or(addresses.Is("DUALSTACK"))
	if !dual.Possible() {
		return out
	}
	return out.Or(dual.And(p.Exposure.OutIn(g.subnet, exposure.IPv6).Holds))
}

// cutOff shows where a guest runs, and the route table that doesn't lead out of there.
func (p *Pass) cutOff(g guest) []finding.Step {
	if g.subnet == nil {
		return g.steps()
	}
	tables, _ := g.subnet.Tables()
	for _, t := range tables {
		if t.Holds.Known() != tri.False && t.Table != nil && len(t.Path) > 0 {
			table := t.Table.Head()
			return append(append(g.runs(), t.Path...), table.Step("that route table has no way out of the VPC"))
		}
	}
	return g.steps()
}

// enumerate joins words as a sentence does.
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
