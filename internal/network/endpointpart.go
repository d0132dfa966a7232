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
}

// owners returns the endpoints that a part may be of. Where that can't be told, doubt is told of each that it may be of.
func (p endpointParts) owners(part model.Resource, id value.String, exists value.Truth, doubt func(*Endpoint, value.Truth)) []Edge[Endpoint] {
	edges, _ := resolve(p.linker, id.Value, p.byAddr, "endpoint")
	var out []Edge[Endpoint]
	for _, e := range edges {
		if e.To != nil {
			e.Holds = belongs(part, e.To, e.Holds.And(exists))
			out = append(out, e)
			continue
		}
		if e.Name != "" || e.Holds.Known() == tri.False {
			continue // another endpoint's id, which is not one of the tree's
		}
		unknown := value.Unknowable("it is not known which endpoint "+part.Head().Subject()+" is for", id.Origin())
		for _, ep := range p.graph.Endpoints {
			if sameUnit(ep, part) && p.mayRefer(id.Value, ep.Raw) {
				doubt(ep, unknown)
			}
		}
	}
	return out
}

func (p endpointParts) subnets(parts []*model.VPCEndpointSubnetAssociation) {
	for _, r := range parts {
		subnets, _ := resolve(p.linker, r.SubnetID.Value, p.linker.subnets, "subnet")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), func(ep *Endpoint, doubt value.Truth) {
			ep.SubnetsComplete, ep.InSubnets = ep.SubnetsComplete.And(doubt), ep.InSubnets.Or(doubt)
		}) {
			owner.To.InSubnets = owner.To.InSubnets.Or(owner.Holds)
			for _, s := range subnets {
				s.Holds = owner.Holds.And(s.Holds)
				owner.To.Subnets = append(owner.To.Subnets, s)
			}
		}
	}
}

func (p endpointParts) routeTables(parts []*model.VPCEndpointRouteTableAssociation) {
	for _, r := range parts {
		tables, _ := resolve(p.linker, r.RouteTableID.Value, p.tables, "route table")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), func(ep *Endpoint, doubt value.Truth) {
			ep.RouteTablesComplete, ep.OnRouteTables = ep.RouteTablesComplete.And(doubt), ep.OnRouteTables.Or(doubt)
		}) {
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
}

// groups links security groups that are added apart, and the default group of the VPC, which an endpoint has that is given
// none: API_CreateVpcEndpoint. It stays beside those that are added unless one replaces it.
// Terraform: aws_vpc_endpoint_security_group_association.
func (p endpointParts) groups(parts []*model.VPCEndpointSecurityGroupAssociation) {
	given := make(map[*Endpoint]value.Truth, len(p.graph.Endpoints))
	for _, ep := range p.graph.Endpoints {
		given[ep] = ep.SecurityGroupIDs.NonEmpty()
	}
	for _, r := range parts {
		groups, _ := resolve(p.linker, r.SecurityGroupID.Value, p.securityGroups, "security group")
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), func(ep *Endpoint, doubt value.Truth) {
			ep.GroupsComplete = ep.GroupsComplete.And(doubt)
		}) {
			for _, g := range groups {
				g.Holds = owner.Holds.And(g.Holds)
				owner.To.SecurityGroups = append(owner.To.SecurityGroups, g)
			}
			given[owner.To] = given[owner.To].Or(owner.Holds.And(r.ReplaceDefaultAssociation.IsTrue()))
		}
	}
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
	for _, r := range parts {
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Exists(), func(ep *Endpoint, doubt value.Truth) {
			ep.PrivateDNS = ep.PrivateDNS.Or(doubt)
		}) {
			ep := owner.To
			ep.PrivateDNS = owner.Holds.And(r.PrivateDNSEnabled.IsTrue()).Or(owner.Holds.Not().And(ep.PrivateDNS))
		}
	}
}

func (p endpointParts) policies(parts []*model.VPCEndpointPolicy) {
	for _, r := range parts {
		// A policy that may be missing leaves it open whether the endpoint has one.
		for _, owner := range p.owners(r, r.VPCEndpointID, r.Raw.Exists, func(ep *Endpoint, doubt value.Truth) {
			ep.Complete = ep.Complete.And(doubt)
		}) {
			owner.To.Policies = append(owner.To.Policies, Edge[model.VPCEndpointPolicy]{To: r, Holds: owner.Holds, From: owner.From})
		}
	}
}
