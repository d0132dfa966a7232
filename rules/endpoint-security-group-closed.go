package rules

import (
	"slices"

	"github.com/vpclint/vpclint/analyzers/endpoints"
	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// EndpointSecurityGroupClosed reports an interface endpoint whose security groups let no HTTPS in from a workload in its VPC.
// AWS: "Access an AWS service using an interface VPC endpoint", security groups.
var EndpointSecurityGroupClosed = &Rule{
	ID:        "endpoint-security-group-closed",
	Severity:  finding.Medium,
	Title:     "An interface endpoint's security groups admit no HTTPS from a SageMaker workload.",
	Label:     "no group here lets the workload in on port 443",
	Help:      "admit TCP 443 from the workload's security groups",
	Precision: "high",
	Run: func(p *Pass) {
		guests, lost := p.guests()
		parties := map[*network.VPC][]party{}
		for v, here := range guests {
			parties[v] = partiesOf(here)
		}
		for _, ep := range p.Net.Endpoints {
			served := p.around(ep)
			if len(served) == 0 {
				continue
			}
			var suspects []Suspect
			for v := range vpcsOf(ep) {
				suspects = append(suspects, p.closed(ep, v, parties[v])...)
			}
			p.among(ep, served, "shares its VPC with", suspects)
		}
		p.finish(lost, always)
	},
}

// A party is workloads whose interfaces have the same security groups in the same subnets.
type party struct {
	side   firewall.Side
	guests []guest
	// holds says in which worlds there are such interfaces.
	holds value.Truth
}

func partiesOf(guests []guest) []party {
	var out []party
	index := map[glance][]int{}
	seen := map[*network.Attachment]bool{}
	for _, g := range guests {
		for i := range g.Attachments {
			a := &g.Attachments[i]
			if a.Placement != g.place || seen[a] {
				continue
			}
			seen[a] = true
			here := g.holds.And(a.Holds)
			if here.Known() == tri.False {
				continue
			}
			key := glanceAt(a)
			at := len(out)
			for _, known := range index[key] {
				if alike(out[known].side.Groups, a.SecurityGroups) && alike(out[known].side.Subnets, a.Placement.Subnets) {
					at = known
				}
			}
			if at == len(out) {
				out = append(out, party{side: firewall.SideOf(a), holds: value.No()})
				if key.plain {
					index[key] = append(index[key], at)
				}
			}
			out[at].guests = append(out[at].guests, g)
			out[at].holds = out[at].holds.Or(here)
		}
	}
	return out
}

// A glance is what tells most interfaces apart of which the security groups or the subnets aren't the same.
type glance struct {
	group           *network.SecurityGroup
	subnet          *network.Subnet
	groups, subnets int
	plain           bool
}

func glanceAt(a *network.Attachment) glance {
	g := glance{groups: len(a.SecurityGroups), subnets: len(a.Placement.Subnets), plain: plain(a)}
	if g.groups > 0 {
		g.group = a.SecurityGroups[0].To
	}
	if g.subnets > 0 {
		g.subnet = a.Placement.Subnets[0].To
	}
	return g
}

// plain reports whether all is known of the groups and the subnets of interfaces, so that others may have the same.
func plain(a *network.Attachment) bool {
	return a.Complete.Known() == tri.True && !slices.ContainsFunc(a.SecurityGroups, unsure) && !slices.ContainsFunc(a.Placement.Subnets, unsure)
}

func unsure[T any](e network.Edge[T]) bool { return e.To == nil || e.Holds.Known() != tri.True }

// alike reports whether edges lead to the same.
func alike[T any](a, b []network.Edge[T]) bool {
	return slices.EqualFunc(a, b, func(x, y network.Edge[T]) bool { return x.To == y.To })
}

// closed suspects an endpoint of being closed to each party.
func (p *Pass) closed(ep *network.Endpoint, v *network.VPC, parties []party) []Suspect {
	is := ep.In(v).And(ep.VPCEndpointType.Is("Interface")).And(endpoints.IsDocumented(ep))
	// Where S3 has a gateway endpoint, nobody in the VPC needs this one.
	spare := endpoints.Serves(ep, endpoints.S3).And(p.Facts.Endpoints.Present(v, endpoints.S3, endpoints.Gateway).Holds)
	if is = is.And(spare.Not()); is.Known() == tri.False {
		return nil
	}
	var suspects []Suspect
	for _, party := range parties {
		wrong := is.And(party.holds).And(p.Facts.Endpoints.Admits(ep, party.side).Holds.Not())
		if !wrong.Possible() {
			continue
		}
		suspects = append(suspects, Suspect{
			Wrong: wrong, At: ep.SecurityGroupIDs.Leaf, From: placeOf(ep.SecurityGroupIDs.Leaf, ep),
			Message: "admits no HTTPS from " + named(p.residents(party.guests)),
			about:   party.guests,
			Because: append(party.guests[0].runs(), wallSteps(ep.SecurityGroups, party.side.Groups)...),
		})
	}
	return suspects
}

// wallSteps shows the security groups of both ends.
func wallSteps(to, from []network.Edge[network.SecurityGroup]) []finding.Step {
	var out []finding.Step
	for _, e := range from {
		if e.To != nil && e.From != nil && !e.From.Span.IsZero() {
			out = append(out, finding.Step{Span: e.From.Span, Message: "it has the security group " + groupName(e.To)})
		}
	}
	for _, e := range to {
		if e.To != nil {
			out = append(out, e.To.Head().Step(groupName(e.To)+", which the endpoint has, admits none of it"))
		}
	}
	return out
}

// groupName is what a security group is called.
func groupName(g *network.SecurityGroup) string {
	if _, own := g.Resource.(*model.VPC); own {
		return "the default security group of " + g.Head().Subject()
	}
	return g.Head().Subject()
}
