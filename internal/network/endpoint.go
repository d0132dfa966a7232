package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// An Endpoint is a VPC endpoint with its policy, wherever that is written.
type Endpoint struct {
	*model.VPCEndpoint
	// Policies are the policies that are managed apart from the endpoint.
	Policies []Edge[model.VPCEndpointPolicy]
	// Complete says in which worlds no other separate policy can be this endpoint's.
	Complete value.Truth
	// VPCs are those that it may be in, and Subnets those of an interface endpoint, wherever that is written.
	VPCs    []Edge[VPC]
	Subnets []Edge[Subnet]
	// SubnetsComplete says in which worlds it has no other subnets.
	SubnetsComplete value.Truth
	// RouteTables are those of a gateway endpoint, wherever that is written.
	RouteTables         []Edge[RouteTable]
	RouteTablesComplete value.Truth
	// SecurityGroups are those of an interface endpoint, its VPC's default group among them where none is given.
	SecurityGroups []Edge[SecurityGroup]
	GroupsComplete value.Truth
	// PrivateDNS says in which worlds it answers to the service's own name.
	PrivateDNS value.Truth
}

func (l *linker) endpoints(e *model.Estate) {
	byAddr := map[value.Address]*Endpoint{}
	for _, r := range e.VPCEndpoints {
		ep := &Endpoint{VPCEndpoint: r, Complete: value.Yes()}
		byAddr[r.Addr()] = ep
		l.graph.Endpoints = append(l.graph.Endpoints, ep)
		vpcs, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		for _, v := range vpcs {
			if v.To != nil {
				v.To.Endpoints = append(v.To.Endpoints, ep)
				ep.VPCs = append(ep.VPCs, v)
			}
		}
		ep.Subnets, _ = resolve(l, r.SubnetIDs.Value, l.subnets, "subnet")
		for i := range r.SubnetConfigurations {
			c := &r.SubnetConfigurations[i]
			edges, _ := resolve(l, c.SubnetID.Value, l.subnets, "subnet")
			ep.Subnets = append(ep.Subnets, during(edges, value.In(c.When))...)
		}
	}
	for _, r := range e.VPCEndpointSubnets {
		edges, _ := resolve(l, r.VPCEndpointID.Value, byAddr, "endpoint")
		for _, edge := range edges {
			if edge.To != nil {
				subnets, _ := resolve(l, r.SubnetID.Value, l.subnets, "subnet")
				edge.To.Subnets = append(edge.To.Subnets, during(subnets, edge.Holds.And(r.Exists()))...)
			}
		}
	}
	for _, p := range e.VPCEndpointPolicies {
		edges, _ := resolve(l, p.VPCEndpointID.Value, byAddr, "endpoint")
		for _, edge := range edges {
			// A policy that may be missing leaves it open whether the endpoint has one.
			holds := edge.Holds.And(p.Raw.Exists)
			if edge.To != nil {
				edge.To.Policies = append(edge.To.Policies, Edge[model.VPCEndpointPolicy]{
					To: p, Holds: belongs(p, edge.To, holds), From: edge.From,
				})
				continue
			}
			for _, ep := range l.graph.Endpoints {
				if ep.Addr().Unit == p.Addr().Unit && l.mayRefer(p.VPCEndpointID.Value, ep.Raw) {
					ep.Complete = ep.Complete.And(value.Unknowable("it is not known which endpoint "+p.Subject()+" is for", p.VPCEndpointID.Origin()))
				}
			}
		}
	}
}
