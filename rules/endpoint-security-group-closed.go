package rules

import (
	"fmt"
	"strings"

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
	index := map[string]int{}
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
			key := keyOf(a)
			at, ok := index[key]
			if !ok {
				at = len(out)
				index[key] = at
				out = append(out, party{side: firewall.SideOf(a), holds: value.No()})
			}
			out[at].guests = append(out[at].guests, g)
			out[at].holds = out[at].holds.Or(here)
		}
	}
	return out
}

// keyOf is equal for interfaces of which the security groups and the addresses are the same.
func keyOf(a *network.Attachment) string {
	var b strings.Builder
	same := a.Complete.Known() == tri.True
	for _, e := range a.SecurityGroups {
		fmt.Fprintf(&b, "%p;", e.To)
		same = same && e.To != nil && e.Holds.Known() == tri.True
	}
	for _, e := range a.Placement.Subnets {
		fmt.Fprintf(&b, "%p;", e.To)
		same = same && e.To != nil && e.Holds.Known() == tri.True
	}
	if !same {
		return fmt.Sprintf("%p", a)
	}
	return b.String()
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
