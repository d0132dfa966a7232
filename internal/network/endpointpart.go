package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Terraform writes parts of an endpoint apart from it: subnets, route tables, security groups, private DNS, the policy.

type endpointParts struct {
	*linker
	byAddr map[value.Address]*Endpoint
	// byUnit are the VPCs of each unit, and strays the endpoints that may be in any of too many.
	byUnit map[string][]*VPC
	strays *doubts
}

// owners returns the endpoints that a part is of. Where that can't be told, it is noted as a doubt.
func (p endpointParts) owners(part model.Resource, id value.String, exists value.Truth, doubtful *doubts) []Edge[Endpoint] {
	edges, _ := resolve(p.linker, id.Value, p.byAddr, "endpoint")
	var out []Edge[Endpoint]
	for _, e := range edges {
		switch {
		case e.To != nil:
			e.Holds = belongs(part, e.To, e.Holds.And(exists))
			out = append(out, e)
		case e.Name == "" && e.Holds.Known() != tri.False: // else it is another endpoint's id, which is not one of the tree's
			p.doubt(doubtful, id.Value, part.Head().Addr().Unit, stray(part, e, "it is not known which endpoint "+part.Head().Subject()+" is for"))
		}
	}
	return out
}

// leaveOpen gives each endpoint what is in doubt about it: in which worlds no other part is of it.
func (p endpointParts) leaveOpen(doubtful *doubts, f func(ep *Endpoint, complete value.Truth)) {
	if doubtful.none() {
		return
	}
	for _, ep := range p.graph.Endpoints {
		f(ep, doubtful.of(ep, vpcsOf(ep.VPCs)))
	}
}

func (p endpointParts) subnets(parts []*model.VPCEndpointSubnetAssociation) {
	doubtful := newDoubts()
	for _, r := range parts {
		subnets, _ := resolve(p.linker, r.SubnetID.Value, p.linker.subnets, "subnet")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), doubtful) {
			owner.To.InSubnets = owner.To.InSubnets.Or(owner.Holds)
			for _, s := range subnets {
				s.Holds = owner.Holds.And(s.Holds)
				owner.To.Subnets = append(owner.To.Subnets, s)
			}
		}
	}
	p.leaveOpen(doubtful, func(ep *Endpoint, complete value.Truth) {
		ep.SubnetsComplete, ep.InSubnets = ep.SubnetsComplete.And(complete), ep.InSubnets.Or(complete.Not())
	})
}

func (p endpointParts) routeTables(parts []*model.VPCEndpointRouteTableAssociation) {
	doubtful := newDoubts()
	for _, r := range parts {
		tables, _ := resolve(p.linker, r.RouteTableID.Value, p.tables, "route table")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), doubtful) {
			owner.To.OnRouteTables = owner.To.OnRouteTables.Or(owner.Holds)
			for _, t := range tables {
				if t.To != nil {
					t.Holds = belongs(r, t.To, t.Holds)
				}
				t.Holds = owner.Holds.And(t.Holds)
				owner.To.RouteTables = append(owner.To.RouteTables, t)
			}
		}
	}
	p.leaveOpen(doubtful, func(ep *Endpoint, complete value.Truth) {
		ep.RouteTablesComplete, ep.OnRouteTables = ep.RouteTablesComplete.And(complete), ep.OnRouteTables.Or(complete.Not())
	})
}

// groups links security groups that are added apart, and the default group of the VPC, which an endpoint has that is given
// none: API_CreateVpcEndpoint. It stays beside those that are added unless one replaces it.
// Terraform: aws_vpc_endpoint_security_group_association.
func (p endpointParts) groups(parts []*model.VPCEndpointSecurityGroupAssociation) {
	given := make(map[*Endpoint]value.Truth, len(p.graph.Endpoints))
	for _, ep := range p.graph.Endpoints {
		given[ep] = ep.SecurityGroupIDs.NonEmpty()
	}
	doubtful := newDoubts()
	for _, r := range parts {
		groups, _ := resolve(p.linker, r.SecurityGroupID.Value, p.securityGroups, "security group")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), doubtful) {
			for _, g := range groups {
				g.Holds = owner.Holds.And(g.Holds)
				owner.To.SecurityGroups = append(owner.To.SecurityGroups, g)
			}
			given[owner.To] = given[owner.To].Or(owner.Holds.And(r.ReplaceDefaultAssociation.IsTrue()))
		}
	}
	p.leaveOpen(doubtful, func(ep *Endpoint, complete value.Truth) { ep.GroupsComplete = ep.GroupsComplete.And(complete) })
	for _, ep := range p.graph.Endpoints {
		p.defaultGroup(ep, given[ep].Not())
	}
}

func (p endpointParts) defaultGroup(ep *Endpoint, has value.Truth) {
	if has.Known() == tri.False {
		return
	}
	known := value.No()
	for _, v := range ep.VPCs {
		if v.To == nil || v.To.Group == nil {
			continue
		}
		known = known.Or(v.Holds)
		ep.SecurityGroups = append(ep.SecurityGroups, Edge[SecurityGroup]{
			To: v.To.Group, Holds: has.And(v.Holds), From: &value.Origin{Span: ep.Span()},
		})
	}
	missing := value.Unknowable("the default security group of its VPC is not known", &value.Origin{Span: ep.Span()})
	ep.GroupsComplete = ep.GroupsComplete.And(has.Not().Or(known).Or(missing))
}

// privateDNS links what switches private DNS apart from the endpoint, which has the last word: it waits for the endpoint.
func (p endpointParts) privateDNS(parts []*model.VPCEndpointPrivateDNS) {
	doubtful := newDoubts()
	for _, r := range parts {
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), doubtful) {
			ep := owner.To
			ep.PrivateDNS = owner.Holds.And(r.PrivateDNSEnabled.IsTrue()).Or(owner.Holds.Not().And(ep.PrivateDNS))
		}
	}
	p.leaveOpen(doubtful, func(ep *Endpoint, complete value.Truth) {
		// It may switch it on, and it may switch it off.
		open := value.Unknowable("what switches its private DNS is not known", &value.Origin{Span: ep.Span()})
		ep.PrivateDNS = complete.And(ep.PrivateDNS).Or(complete.Not().And(open))
	})
}

func (p endpointParts) policies(parts []*model.VPCEndpointPolicy) {
	doubtful := newDoubts()
	for _, r := range parts {
		// A policy that may be missing leaves it open whether the endpoint has one.
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Raw.Exists, doubtful) {
			owner.To.Policies = append(owner.To.Policies, Edge[model.VPCEndpointPolicy]{To: r, Holds: owner.Holds, From: owner.From})
		}
	}
	p.leaveOpen(doubtful, func(ep *Endpoint, complete value.Truth) { ep.Complete = ep.Complete.And(complete) })
}
