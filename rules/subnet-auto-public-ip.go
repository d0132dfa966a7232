package rules

import (
	"slices"

	"github.com/vpclint/vpclint/analyzers/placement"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// SubnetAutoPublicIP reports a subnet with a workload in it, or in strict any subnet, that gives public addresses to what is
// launched there. AWS: API_ModifySubnetAttribute; VPC user guide, "Modify the IP addressing attributes of your subnet".
var SubnetAutoPublicIP = &Rule{
	ID:        "subnet-auto-public-ip",
	Severity:  finding.Medium,
	Title:     "A subnet that hosts a SageMaker workload gives out public addresses.",
	Label:     "what is launched here is given a public address",
	Help:      "turn it off, and place what needs a public address in a subnet of its own",
	Precision: "very-high",
	Run: func(p *Pass) {
		stays := map[*network.Subnet][]placement.Stay{}
		for _, s := range p.Placement.Stays() {
			if to := s.Subnet.To; to != nil {
				stays[to] = append(stays[to], s)
			}
		}
		for _, s := range p.Net.Subnets {
			if s.Head().Raw.Fact {
				continue
			}
			hosts, workloads, uses := value.No(), []model.Resource(nil), []finding.Step(nil)
			for _, stay := range stays[s] {
				here := placement.Attached(stay.Workload, stay.Placement).And(stay.Holds)
				if here.Known() == tri.False {
					continue
				}
				hosts = hosts.Or(here)
				workloads = append(workloads, stay.Workload)
				if from := stay.Subnet.From; from != nil && len(uses) < maxUses && !from.Span.IsZero() {
					uses = append(uses, finding.Step{Span: from.Span, Message: stay.Workload.Head().Subject() + " runs in it"})
				}
			}
			if p.Strict {
				hosts = value.Yes()
			}
			if hosts.Known() != tri.False {
				suspects := p.givesOut(s, hosts)
				for i := range suspects {
					suspects[i].Because = slices.Concat(suspects[i].Because, uses)
				}
				p.ReportFor(s, workloads, suspects)
			}
		}
		p.toldSubnets()
	},
}

// maxUses bounds the workloads that a trace lists.
const maxUses = 3

// givesOut returns the suspects of a subnet, in the worlds in which it matters.
func (p *Pass) givesOut(s *network.Subnet, matters value.Truth) []Suspect {
	v4, v6, native := addressing(s)
	out := p.Exposure.IPv6Out(s)
	return []Suspect{
		{Wrong: v4.IsTrue().And(matters), At: v4.Leaf, Message: "gives out public IPv4 addresses"},
		{Wrong: v6.IsTrue().And(out.Holds).And(matters), At: v6.Leaf, Message: "gives out IPv6 addresses, and has a route out for them", Because: out.Path},
		{Wrong: native.IsTrue().And(out.Holds).And(matters), At: native.Leaf, Message: "gives out IPv6 addresses, and has a route out for them", Because: out.Path},
	}
}

func addressing(s *network.Subnet) (v4, v6, native value.Bool) {
	switch r := s.Resource.(type) {
	case *model.Subnet:
		return r.MapPublicIPOnLaunch, r.AssignIPv6AddressOnCreation, r.IPv6Native
	case *model.DefaultSubnet:
		return r.MapPublicIPOnLaunch, r.AssignIPv6AddressOnCreation, r.IPv6Native
	}
	return
}

// toldSubnets judges workloads by the subnets that aren't declared in the tree: those that facts tell of, and those that
// aren't known.
func (p *Pass) toldSubnets() {
	for _, w := range p.Net.Workloads {
		var suspects []Suspect
		for i := range w.Placements {
			place := &w.Placements[i]
			attached := placement.Attached(w, place)
			at := place.Placement.Subnets.Leaf
			if attached.Known() == tri.False {
				continue
			}
			for _, e := range place.Subnets {
				if e.To != nil && !e.To.Head().Raw.Fact {
					continue
				}
				if e.To == nil {
					suspects = append(suspects, Suspect{At: at, From: e.From, Wrong: attached.And(unknownWhere(e.Holds, e.Reason))})
					continue
				}
				for _, s := range p.givesOut(e.To, attached.And(e.Holds)) {
					s.Because = append(append([]finding.Step{}, e.Via...), s.Because...)
					if o := s.At.Origin(); o != nil && !o.Span.IsZero() {
						s.Because = append(s.Because, finding.Step{Span: o.Span, Message: e.To.Head().Subject() + " " + s.Message})
					}
					s.At, s.From, s.Message = at, e.From, placeName(place)+"runs in "+e.To.Head().Subject()+", which "+s.Message
					suspects = append(suspects, s)
				}
			}
			if !place.Complete.Everywhere() || place.Complete.Known() != tri.True {
				suspects = append(suspects, Suspect{At: at, Wrong: attached.And(unknownWhere(place.Complete.Not(), "not all of its subnets are known"))})
			}
		}
		if len(suspects) > 0 {
			p.ReportAny(w, suspects)
		}
	}
}
