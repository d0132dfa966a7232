package rules

import (
	"fmt"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// PublicSubnet reports a workload in a subnet whose effective route table leads to an internet gateway, with the path
// that shows it. AWS: VPC user guide, "Subnet types".
var PublicSubnet = &Rule{
	ID:        "public-subnet",
	Severity:  finding.High,
	Title:     "A SageMaker workload sits in a public subnet.",
	Label:     "this subnet is public",
	Help:      "name subnets whose route table has no route to an internet gateway",
	Precision: "high",
	Elsewhere: Counterparts{Config: []string{"no-unrestricted-route-to-igw"}},
	Run: func(p *Pass) {
		hosts := p.inhabited()
		told := map[*network.Workload][]Suspect{}
		for _, ep := range p.Net.Endpoints {
			serves, first := hosts.serves(ep)
			suspects := p.public(ep.Subnets, ep.SubnetIDs.Leaf, serves.And(ep.VPCEndpointType.Is("Interface")), "stands")
			if !ep.Raw.Fact {
				p.ReportFor(ep, p.residents(p.around(ep)), suspects)
				continue
			}
			// What is only told is the fault of who uses it.
			if first != nil {
				told[first] = append(told[first], ofFact(ep, first, suspects)...)
			}
		}
		for _, w := range p.Net.Workloads {
			var suspects []Suspect
			looked := len(told[w]) > 0
			for i := range w.Placements {
				place := &w.Placements[i]
				if !p.Placement.Placed(w, place).Possible() {
					continue // who is in no subnet is in no private one either
				}
				applies := placement.Attached(w, place)
				looked = true
				suspects = append(suspects, p.public(place.Subnets, place.Placement.Subnets.Leaf, applies, "runs")...)
				// What else may be in the list may be public.
				if more := applies.And(place.Complete.Lacking("not all of its subnets are known")); more.Possible() {
					suspects = append(suspects, Suspect{At: place.Placement.Subnets.Leaf, Wrong: more})
				}
			}
			if looked {
				p.ReportAny(w, append(suspects, told[w]...))
			}
		}
	},
}

// ofFact makes what is wrong with an endpoint that is only told wrong with a workload that it serves.
func ofFact(ep *network.Endpoint, w *network.Workload, suspects []Suspect) []Suspect {
	var out []Suspect
	for _, s := range suspects {
		s.At, s.From = w.Placements[0].Placement.Subnets.Leaf, nil
		if s.Message != "" {
			s.Message = "uses the endpoint " + ep.Subject() + ", which " + s.Message
		}
		out = append(out, s)
	}
	return out
}

// public returns a suspect for each subnet that something is attached to.
func (p *Pass) public(edges []network.Edge[network.Subnet], at value.Leaf, applies value.Truth, verb string) []Suspect {
	var suspects []Suspect
	for i := range edges {
		edge := &edges[i]
		s := Suspect{At: at, From: edge.From}
		if edge.To == nil {
			s.Wrong = unknownWhere(edge.Holds, edge.Reason).And(applies)
		} else {
			public := p.Exposure.Public(edge.To)
			if s.Wrong = applies.And(edge.Holds).And(public.Holds); !s.Wrong.Possible() {
				continue
			}
			s.Message = fmt.Sprintf("%s in the public subnet %s", verb, edge.To.Head().Subject())
			s.Because = append(append([]finding.Step{}, edge.Via...), public.Path...)
		}
		suspects = append(suspects, s)
	}
	return suspects
}

// A hosts says which VPCs workloads are in.
type hosts struct {
	// first is the first workload in a VPC, and astray a workload of a unit of which the VPC isn't known.
	first  map[*network.VPC]*network.Workload
	astray map[string]value.Truth
}

// inhabited returns the VPCs in which workloads have interfaces, be it for file system traffic only, as those of a domain that
// isn't VpcOnly.
func (p *Pass) inhabited() hosts {
	h := hosts{first: map[*network.VPC]*network.Workload{}, astray: map[string]value.Truth{}}
	for _, w := range p.Net.Workloads {
		if w.Serverless.Known() == tri.True {
			continue
		}
		for _, place := range w.Placements {
			for _, edge := range place.Subnets {
				h.add(w, edge)
			}
		}
	}
	return h
}

func (h hosts) add(w *network.Workload, edge network.Edge[network.Subnet]) {
	if edge.To == nil {
		if edge.Name == "" && edge.Holds.Known() != tri.False {
			h.astray[w.Head().Addr().Unit] = value.Unknowable(edge.Reason, edge.From)
		}
		return
	}
	for _, vpc := range edge.To.VPCs {
		if vpc.To != nil && h.first[vpc.To] == nil {
			h.first[vpc.To] = w
		}
	}
}

// serves says in which worlds an endpoint serves a workload: its VPC hosts one. It returns the first one.
func (h hosts) serves(ep *network.Endpoint) (value.Truth, *network.Workload) {
	serves := value.No()
	var first *network.Workload
	for _, vpc := range ep.VPCs {
		switch w := h.first[vpc.To]; {
		case w != nil:
			serves = serves.Or(vpc.Holds)
			if first == nil {
				first = w
			}
		case vpc.To != nil && !vpc.To.Head().Raw.Fact:
			if astray, ok := h.astray[ep.Addr().Unit]; ok {
				serves = serves.Or(vpc.Holds.And(astray))
			}
		}
	}
	return serves, first
}

// unknownWhere is unknown in the worlds where t is not false.
func unknownWhere(t value.Truth, reason string) value.Truth {
	if t.Known() == tri.False {
		return t
	}
	return t.And(value.Unknowable(reason, nil))
}
