package rules

import (
	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// placed judges every workload that may have interfaces in subnets: f is given each of its places, and the worlds in which
// it is attached there. Workloads that certainly have none are not looked at.
func (p *Pass) placed(f func(w *network.Workload, place *network.Placement, attached value.Truth) []Suspect) {
	for _, w := range p.Net.Workloads {
		var suspects []Suspect
		looked := false
		for i := range w.Placements {
			place := &w.Placements[i]
			// Where it may name none, it is judged by those that it may name.
			attached := placement.Attached(w, place).And(possible(place.Placement.Subnets.NonEmpty()))
			if attached.Known() == tri.False {
				continue
			}
			if more := f(w, place, attached); more != nil {
				looked = true
				suspects = append(suspects, more...)
			}
		}
		if looked {
			p.ReportAny(w, suspects)
		}
	}
}

// possible is true where t isn't false.
func possible(t value.Truth) value.Truth {
	ts := make([]value.Truth, 0, len(t.Cases()))
	for _, c := range t.Cases() {
		ts = append(ts, value.Always(tri.Of(c.Holds != tri.False), nil).When(c.When))
	}
	return value.Join(ts...)
}

// placeName begins a message about a part of a workload.
func placeName(place *network.Placement) string {
	if place.Part == "" {
		return ""
	}
	return place.Part + " "
}

// tenantName is what a tenant is called, where it is known which one it is.
func tenantName(t placement.Tenant, otherwise string) string {
	if t.Name == "" {
		return otherwise
	}
	return t.Name
}
