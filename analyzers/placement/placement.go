// Package placement answers which subnets and security groups each workload is attached to, and who is in which VPC.
//
// In goes the linked network, out come three-valued facts with the places that show them. It knows no rule, no wording of
// findings and no severity.
package placement

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/value"
)

// A Stay is a workload's being attached to a subnet.
type Stay struct {
	Workload  *network.Workload
	Placement *network.Placement
	Subnet    *network.Edge[network.Subnet]
	// Holds says in which worlds the workload is attached there.
	Holds value.Truth
}

// An Analysis is what is true of the workloads of one network. It is not safe for concurrent use.
type Analysis struct {
	stays []Stay
	// tenants remembers what is asked for by several rules.
	tenants map[*network.Placement][]Tenant
	placed  map[*network.Placement]value.Truth
	homes   map[*network.Subnet][]Home
}

// Analyze prepares the analysis of a network.
func Analyze(g *network.Graph) *Analysis {
	a := &Analysis{
		tenants: map[*network.Placement][]Tenant{}, placed: map[*network.Placement]value.Truth{}, homes: map[*network.Subnet][]Home{},
	}
	number := 0
	for _, w := range g.Workloads {
		for i := range w.Placements {
			number += len(w.Placements[i].Subnets)
		}
	}
	a.stays = make([]Stay, 0, number)
	for _, w := range g.Workloads {
		for i := range w.Placements {
			p := &w.Placements[i]
			for j := range p.Subnets {
				edge := &p.Subnets[j]
				a.stays = append(a.stays, Stay{Workload: w, Placement: p, Subnet: edge, Holds: p.Applies.And(edge.Holds)})
			}
		}
	}
	return a
}

// Stays returns every workload's being attached to a subnet, in the order of the workloads.
func (a *Analysis) Stays() []Stay { return a.stays }

// Attached says in which worlds a workload has interfaces in the subnets of a placement: a domain's carry file system
// traffic only unless it is VpcOnly, and serverless endpoints run in no VPC.
// AWS: "Connect Studio in a VPC to external resources".
func Attached(w *network.Workload, p *network.Placement) value.Truth {
	holds := p.Applies.And(w.Serverless.Not())
	if d, ok := w.Workload.(*model.Domain); ok {
		holds = holds.And(d.AppNetworkAccessType.Is("VpcOnly"))
	}
	return holds
}

// Placed is Attached in the worlds in which the placement names subnets. Where it may name none, it counts by those that it
// may name.
func (a *Analysis) Placed(w *network.Workload, p *network.Placement) value.Truth {
	if holds, ok := a.placed[p]; ok {
		return holds
	}
	holds := Attached(w, p).And(whether(p.Placement.Subnets.NonEmpty()))
	a.placed[p] = holds
	return holds
}
