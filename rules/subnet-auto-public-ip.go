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
	Stricter:  true,
	Title:     "A subnet that hosts a SageMaker workload gives out public addresses.",
	Label:     "what is launched here is given a public address",
	Help:      "turn it off, and place what needs a public address in a subnet of its own",
	Precision: "very-high",
	Elsewhere: Counterparts{
		SecurityHub: []string{"EC2.15"},
		Config:      []string{"subnet-auto-assign-public-ip-disabled"},
		Prowler:     []string{"vpc_subnet_no_public_ip_by_default"},
	},
	Run: func(p *Pass) {
		stays := map[*network.Subnet][]placement.Stay{}
		for _, s := range p.Placement.Stays() {
			s.Holds = s.Holds.And(placement.Attached(s.Workload, s.Placement))
			if to := s.Subnet.To; to != nil && s.Holds.Known() != tri.False {
				stays[to] = append(stays[to], s)
			}
		}
		var told hearing
		for _, s := range p.Net.Subnets {
			guests := stays[s]
			hosts := value.No()
			workloads := make([]model.Resource, 0, len(guests))
			for _, g := range guests {
				hosts = g.Holds.Or(hosts)
				workloads = append(workloads, g.Workload)
			}
			switch {
			case s.Head().Raw.Fact && len(guests) > 0:
				// What is told is nobody's to judge: its first guest stands for it.
				told.add(guests[0].Workload, workloads, p.told(s, guests[0], hosts))
			case s.Head().Raw.Fact:
			case p.Strict:
				p.ReportFor(s, workloads, p.hosting(s, guests, value.Yes()))
			case len(guests) > 0:
				p.ReportFor(s, workloads, p.hosting(s, guests, hosts))
			}
		}
		told.report(p)
		p.unknownSubnets()
	},
}

// maxUses bounds the workloads that a trace lists.
const maxUses = 3

// hosting returns the suspects of a subnet that is declared, and shows who is in it.
func (p *Pass) hosting(s *network.Subnet, guests []placement.Stay, matters value.Truth) []Suspect {
	suspects := p.givesOut(s, matters)
	if len(suspects) == 0 {
		return nil
	}
	var uses []finding.Step
	for _, g := range guests[:min(len(guests), maxUses)] {
		if from := g.Subnet.From; from != nil && !from.Span.IsZero() {
			uses = append(uses, finding.Step{Span: from.Span, Message: g.Workload.Head().Subject() + " runs in it"})
		}
	}
	for i := range suspects {
		suspects[i].Because = slices.Concat(suspects[i].Because, uses)
	}
	return suspects
}

// told returns the suspects of a subnet that facts tell of, at the reference of a workload in it.
func (p *Pass) told(s *network.Subnet, guest placement.Stay, matters value.Truth) []Suspect {
	suspects := p.givesOut(s, matters)
	for i := range suspects {
		x := &suspects[i]
		x.Because = slices.Concat(guest.Subnet.Via, x.Because)
		if o := x.At.Origin(); o != nil && !o.Span.IsZero() {
			x.Because = append(x.Because, finding.Step{Span: o.Span, Message: s.Head().Subject() + " " + x.Message})
		}
		x.At, x.From = guest.Placement.Placement.Subnets.Leaf, guest.Subnet.From
		x.Message = placeName(guest.Placement) + "runs in " + s.Head().Subject() + ", which " + x.Message
	}
	return suspects
}

// givesOut returns the suspects of a subnet, in the worlds in which it matters.
func (p *Pass) givesOut(s *network.Subnet, matters value.Truth) []Suspect {
	v4, v6, native := addressing(s)
	out := p.Exposure.IPv6Out(s)
	return slices.DeleteFunc([]Suspect{
		{Wrong: v4.IsTrue().And(matters), At: v4.Leaf, Message: "gives out public IPv4 addresses"},
		{Wrong: v6.IsTrue().And(out.Holds).And(matters), At: v6.Leaf, Message: "gives out IPv6 addresses, and has a route out for them", Because: out.Path},
		{Wrong: native.IsTrue().And(out.Holds).And(matters), At: native.Leaf, Message: "gives out IPv6 addresses, and has a route out for them", Because: out.Path},
	}, func(s Suspect) bool { return !s.Wrong.Possible() })
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

// unknownSubnets judges workloads by the subnets of which nothing is known.
func (p *Pass) unknownSubnets() {
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
				if e.To == nil && e.Holds.Known() != tri.False {
					suspects = append(suspects, Suspect{At: at, From: e.From, Wrong: attached.And(unknownWhere(e.Holds, e.Reason))})
				}
			}
			if place.Complete.Known() != tri.True {
				suspects = append(suspects, Suspect{At: at, Wrong: attached.And(place.Complete.Lacking("not all of its subnets are known"))})
			}
		}
		if len(suspects) > 0 {
			p.ReportAny(w, suspects)
		}
	}
}
