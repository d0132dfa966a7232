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
			attached := p.Placement.Placed(w, place)
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
