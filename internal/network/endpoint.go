package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An Endpoint is a VPC endpoint with its policy, wherever that is written.
type Endpoint struct {
	*model.VPCEndpoint
	// Policies are the policies that are managed apart from the endpoint.
	Policies []Edge[model.VPCEndpointPolicy]
	// Complete says in which worlds no other separate policy can be this endpoint's.
	Complete value.Truth
	// VPCs are those that it may be in: where its VPC isn't known, all that it may be.
	VPCs []Edge[VPC]
	// Subnets are those of an interface endpoint, wherever that is written.
	Subnets []Edge[Subnet]
	// SubnetsComplete says in which worlds it has no other subnets, and InSubnets in which it has any, known or not.
	SubnetsComplete, InSubnets value.Truth
	// RouteTables are those of a gateway endpoint, wherever that is written.
	RouteTables []Edge[RouteTable]
	// RouteTablesComplete says in which worlds it is on no other tables, and OnRouteTables in which it is on any, known or not.
	RouteTablesComplete, OnRouteTables value.Truth
	// SecurityGroups are those of an interface endpoint, its VPC's default group among them where none is given.
	SecurityGroups []Edge[SecurityGroup]
	GroupsComplete value.Truth
	// PrivateDNS says in which worlds it answers to the service's own name.
	PrivateDNS value.Truth
	// OwnService says in which worlds its service is one that the tree makes, and none of AWS's.
	OwnService value.Truth
}

// In says in which worlds the endpoint is there, in a VPC.
func (ep *Endpoint) In(v *VPC) value.Truth {
	in := value.No()
	for _, e := range ep.VPCs {
		if e.To == v && v != nil {
			in = in.Or(e.Holds)
		}
	}
	return in.And(ep.Exists())
}

func (l *linker) endpoints(e *model.Estate) {
	parts := endpointParts{linker: l, byAddr: map[value.Address]*Endpoint{}, byUnit: map[string][]*VPC{}, strays: newDoubts()}
	for _, v := range l.graph.VPCs {
		unit := v.Head().Addr().Unit
		parts.byUnit[unit] = append(parts.byUnit[unit], v)
		v.EndpointsComplete = l.listed(v, "describe-vpc-endpoints").And(l.unread(v))
	}
	for _, r := range e.VPCEndpoints {
		ep := l.endpoint(r)
		parts.byAddr[r.Addr()] = ep
		l.graph.Endpoints = append(l.graph.Endpoints, ep)
	}
	parts.subnets(e.VPCEndpointSubnets)
	parts.routeTables(e.VPCEndpointRouteTables)
	for _, ep := range l.graph.Endpoints {
		parts.place(ep)
	}
	if !parts.strays.none() {
		for _, v := range l.graph.VPCs {
			v.EndpointsComplete = v.EndpointsComplete.And(parts.strays.of(v, []value.Address{v.Head().Addr()}))
		}
	}
	parts.groups(e.VPCEndpointSecurityGroups)
	parts.privateDNS(e.VPCEndpointPrivateDNS)
	parts.policies(e.VPCEndpointPolicies)
}

// endpoint links what is written in an endpoint itself.
func (l *linker) endpoint(r *model.VPCEndpoint) *Endpoint {
	ep := &Endpoint{
		VPCEndpoint: r, Complete: value.Yes(), PrivateDNS: r.PrivateDNSEnabled.IsTrue(), OwnService: l.ownService(r),
		InSubnets: r.SubnetIDs.NonEmpty(), OnRouteTables: r.RouteTableIDs.NonEmpty(),
	}
	if r.Raw.Dialect == resource.API && r.PrivateDNSEnabled.Kind() == value.KindAbsent {
		ep.PrivateDNS = value.Unknowable("EC2's API documents no default of PrivateDnsEnabled", &value.Origin{Span: r.Span()})
	}
	ep.Subnets, ep.SubnetsComplete = resolve(l, r.SubnetIDs.Value, l.subnets, "subnet")
	for i := range r.SubnetConfigurations {
		c := &r.SubnetConfigurations[i]
		edges, complete := resolve(l, c.SubnetID.Value, l.subnets, "subnet")
		ep.Subnets = append(ep.Subnets, during(edges, value.In(c.When))...)
		ep.SubnetsComplete = ep.SubnetsComplete.And(complete)
		ep.InSubnets = ep.InSubnets.Or(value.In(c.When))
	}
	ep.RouteTables, ep.RouteTablesComplete = resolve(l, r.RouteTableIDs.Value, l.tables, "route table")
	ep.SecurityGroups, ep.GroupsComplete = resolve(l, r.SecurityGroupIDs.Value, l.securityGroups, "security group")
	ep.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
	return ep
}

// endpointServices are the types of services that customers make.
var endpointServices = []string{"aws_vpc_endpoint_service", "awscc_ec2_vpc_endpoint_service", "AWS::EC2::VPCEndpointService"}

func (l *linker) ownService(r *model.VPCEndpoint) value.Truth {
	if !slices.ContainsFunc(r.ServiceName.Refs(), func(ref value.Ref) bool { return l.known(ref.Addr) != nil }) {
		return value.No()
	}
	return r.ServiceName.Each(func(v value.Value) value.Truth {
		ref, ok := v.Symbol()
		raw := l.known(ref.Addr)
		own := ok && raw != nil && !raw.Data && slices.Contains(endpointServices, raw.Type)
		return value.Always(tri.Of(own), v.Origin())
	})
}

// place links an endpoint with its VPC. That is also the VPC of its subnets and route tables, since AWS takes no others:
// API_CreateVpcEndpoint.
func (p endpointParts) place(ep *Endpoint) {
	known := func(e Edge[VPC]) bool { return e.To != nil }
	if !slices.ContainsFunc(ep.VPCs, known) {
		if home, ok := homeOf(ep); ok {
			ep.VPCs = []Edge[VPC]{home}
		}
	}
	var vpcs []Edge[VPC]
	for _, e := range ep.VPCs {
		if e.To == nil {
			vpcs = append(vpcs, append(p.strayEndpoint(ep, e), e)...)
			continue
		}
		e.Holds = belongs(ep, e.To, e.Holds)
		vpcs = append(vpcs, e)
	}
	ep.VPCs = vpcs
	for _, e := range vpcs {
		if e.To == nil {
			continue
		}
		if n := len(e.To.Endpoints); n == 0 || e.To.Endpoints[n-1] != ep {
			e.To.Endpoints = append(e.To.Endpoints, ep)
		}
	}
}

// homeOf returns the VPC of an endpoint's subnets or route tables, where one of them is certain.
func homeOf(ep *Endpoint) (Edge[VPC], bool) {
	for _, s := range ep.Subnets {
		if s.To != nil && s.To.VPC.To != nil && s.Holds.Known() == tri.True {
			return Edge[VPC]{To: s.To.VPC.To, Holds: s.To.VPC.Holds, From: s.From}, true
		}
	}
	for _, t := range ep.RouteTables {
		if t.To == nil || t.Holds.Known() != tri.True {
			continue
		}
		for _, v := range t.To.VPCs {
			if v.To != nil && v.Holds.Known() == tri.True {
				return Edge[VPC]{To: v.To, Holds: v.Holds, From: t.From}, true
			}
		}
	}
	return Edge[VPC]{}, false
}

// maxStrays bounds the VPCs that one endpoint may be in; where there are more, that is only a doubt about each of them.
const maxStrays = 16

// strayEndpoint returns the VPCs of the same unit that an endpoint may be in of which that can't be told.
func (p endpointParts) strayEndpoint(ep *Endpoint, e Edge[VPC]) []Edge[VPC] {
	if e.Name != "" || e.Holds.Known() == tri.False {
		return nil
	}
	none := stray(ep, e, "it is not known in which VPC "+ep.Subject()+" is")
	vpcs := p.byUnit[ep.Addr().Unit]
	if len(vpcs) > maxStrays {
		p.doubt(p.strays, e.member, ep.Addr().Unit, none)
		return nil
	}
	var out []Edge[VPC]
	for _, v := range vpcs {
		if p.mayRefer(e.member, v.Head().Raw) {
			out = append(out, Edge[VPC]{To: v, Holds: none.Not(), From: e.From})
		}
	}
	return out
}
