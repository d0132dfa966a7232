package rules

import (
	"cmp"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// SingleSubnet reports a workload that names one subnet only, or subnets of one availability zone only.
// AWS: "Give SageMaker hosted endpoints access to resources in your Amazon VPC", which asks for two zones.
var SingleSubnet = &Rule{
	ID:        "single-subnet",
	Severity:  finding.Low,
	Strict:    true,
	Title:     "A SageMaker workload can run in one availability zone only.",
	Label:     "all in one availability zone",
	Help:      "name subnets of two availability zones or more",
	Precision: "high",
	Run: func(p *Pass) {
		p.placed(func(w *network.Workload, place *network.Placement, attached value.Truth) []Suspect {
			if _, ok := w.Workload.(*model.NotebookInstance); ok || place.Optional {
				return nil // it can name no more than one, or it is one group of several
			}
			several := placement.Several(place).AtLeast(2)
			s := Suspect{At: place.Placement.Subnets.Leaf, From: place.Placement.Subnets.Origin()}
			zones := s
			s.Wrong, s.Message = attached.And(several.Not()), placeName(place)+"names one subnet only"
			zones.Wrong = attached.And(several).And(placement.Spread(place).Not())
			zones.Message = placeName(place) + "names subnets of one availability zone only"
			if zones.Wrong.Somewhere() {
				zones.Because = p.zones(place)
			}
			return []Suspect{s, zones}
		})
	},
}

// zones says in which zone each subnet is.
func (p *Pass) zones(place *network.Placement) []finding.Step {
	var out []finding.Step
	for _, e := range place.Subnets {
		if e.To == nil || len(out) == maxSpaces {
			continue
		}
		zone := placement.Zone(e.To)
		if o := zone.Origin(); o != nil && !o.Span.IsZero() {
			out = append(out, finding.Step{Span: o.Span, Message: e.To.Head().Subject() + " is in " + cmp.Or(zone.Literal(), "this zone")})
		}
	}
	return out
}
