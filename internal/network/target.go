package network

import (
	"strings"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Target is where a route may lead.
type Target struct {
	Kind TargetKind
	// Holds says in which worlds it leads there, From where that is written, and Reason why no more is known of it.
	Holds  value.Truth
	From   *value.Origin
	Reason string
	// What says the target to people: "the internet gateway aws_internet_gateway.main", "a virtual private gateway".
	What string
	// Resource is the target, where it is in the tree, and Name its id, where that is literal.
	Resource model.Resource
	Name     string
	// NAT is the NAT gateway, where it is one of the tree's.
	NAT *NatGateway
}

// A TargetKind says what a Target is.
type TargetKind uint8

// The kinds of targets. AWS: API_CreateRoute.
const (
	ToUnknown TargetKind = iota
	ToInternetGateway
	ToEgressOnlyInternetGateway
	ToNatGateway
	// ToNatInstance is an instance or a network interface.
	ToNatInstance
	// ToElsewhere leaves the tree: a transit gateway, a virtual private gateway, a core network, an endpoint of a gateway load
	// balancer, a local or carrier gateway.
	ToElsewhere
	// ToPeer is another VPC, and no further: a peering connection has no way on to the gateways of the other side.
	// AWS: VPC peering guide, "VPC peering limitations", edge to edge routing.
	ToPeer
	// ToVPC is the VPC itself: "local".
	ToVPC
)

// A NatGateway lets private subnets out. A regional one is in no subnet.
type NatGateway struct {
	*model.NatGateway
	// Subnets are those that it may stand in.
	Subnets []Edge[Subnet]
	// VPCs are those that a regional one may be of.
	VPCs []Edge[VPC]
}

// An InternetGateway connects a VPC to the internet.
type InternetGateway struct{ model.Resource }

func (l *linker) natGateways(e *model.Estate) {
	for _, r := range e.NatGateways {
		n := &NatGateway{NatGateway: r}
		n.Subnets, _ = resolve(l, r.SubnetID.Value, l.subnets, "subnet")
		n.VPCs, _ = resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		l.graph.NatGateways = append(l.graph.NatGateways, n)
		l.nats[r.Addr()] = n
	}
}

// A role is a member of a route that says where it leads, and what it is when nothing more is known of it.
type role struct {
	id   value.Value
	kind TargetKind
	what string
}

func rolesOf(t *model.Target) []role {
	return []role{
		{t.GatewayID.Value, ToUnknown, "a gateway"},
		{t.NatGatewayID.Value, ToNatGateway, "a NAT gateway"},
		{t.EgressOnlyInternetGatewayID.Value, ToEgressOnlyInternetGateway, "an egress-only internet gateway"},
		{t.TransitGatewayID.Value, ToElsewhere, "a transit gateway"},
		{t.VPCPeeringConnectionID.Value, ToPeer, "a peering connection"},
		{t.VPCEndpointID.Value, ToElsewhere, "an endpoint"},
		{t.NetworkInterfaceID.Value, ToNatInstance, "a network interface"},
		{t.InstanceID.Value, ToNatInstance, "an instance"},
		{t.CarrierGatewayID.Value, ToElsewhere, "a carrier gateway"},
		{t.LocalGatewayID.Value, ToElsewhere, "a local gateway"},
		{t.CoreNetworkARN.Value, ToElsewhere, "a core network"},
		{t.ODBNetworkARN.Value, ToElsewhere, "an ODB network"},
	}
}

// targets returns all that a route may lead to.
func (l *linker) targets(t *model.Target) []Target {
	all := rolesOf(t)
	given := all[:0]
	for _, r := range all {
		if text, known := r.id.AsString(); r.id.Kind() != value.KindAbsent && (!known || text != "") {
			given = append(given, r)
		}
	}
	var out []Target
	for i, r := range given {
		members, _ := r.id.Members()
		for _, m := range members {
			target := l.target(r, m.Value)
			// A route has one target: what may not be there is, where nothing else is.
			if m.Value.Kind() == value.KindOpaque && len(given) > 1 {
				target.Holds = target.Holds.And(alone(given, i))
			}
			target.Holds = target.Holds.Within(m.When)
			out = append(out, target)
		}
	}
	return out
}

// alone says in which worlds no other member of a route is there.
func alone(roles []role, i int) value.Truth {
	others := value.No()
	for j, r := range roles {
		if j != i {
			others = others.Or(r.id.NonEmpty())
		}
	}
	return others.Not()
}

// target returns what a member of a route names.
func (l *linker) target(r role, v value.Value) Target {
	t := Target{Kind: r.kind, Holds: value.Always(tri.True, v.Origin()), From: v.Origin(), What: r.what}
	if ref, ok := v.Symbol(); ok {
		return l.refer(t, ref)
	}
	literal, known := v.AsString()
	if !known {
		t.Reason = v.Reason()
		if refs := v.Refs(); len(refs) == 1 && t.Kind != ToUnknown {
			// What is only computed from a resource is something of it, as a firewall's endpoints are.
			if raw := l.known(refs[0].Addr); raw != nil {
				t.What = r.what + " of " + raw.Subject
			}
		}
		return t
	}
	t.Name = literal
	for _, id := range l.literals[literal] {
		if raw := l.known(id.Ref.Addr); raw != nil && targetTypes[raw.Type].kind != ToUnknown {
			return l.refer(t, id.Ref)
		}
	}
	if literal == "local" {
		t.Kind, t.What = ToVPC, "the VPC"
		return t
	}
	for _, p := range targetPrefixes {
		if strings.HasPrefix(literal, p.prefix) {
			t.Kind, t.What = p.kind, p.what+" "+literal
			break
		}
	}
	t.Reason = literal + " is not in the tree"
	if t.Kind == ToUnknown {
		t.Reason = "it is not known what " + literal + " is"
	}
	return t
}

// refer makes a target what a reference names.
func (l *linker) refer(t Target, ref value.Ref) Target {
	raw := l.known(ref.Addr)
	if raw == nil || raw.Unread != "" {
		t.Reason = notInTree(l, ref, strings.TrimPrefix(strings.TrimPrefix(t.What, "an "), "a "))
		return t
	}
	known, ok := targetTypes[raw.Type]
	switch {
	case ok:
		t.Kind, t.What = known.kind, known.what+" "+raw.Subject
	case t.Kind == ToUnknown && !raw.Data && ofEC2(raw.Type):
		// Whatever it is, it is none of those that lead to the internet.
		t.Kind, t.What = ToElsewhere, raw.Subject
	case t.Kind == ToUnknown && !raw.Data:
		t.Reason = "it is not known what " + ref.String() + " is"
	}
	if raw.Data {
		t.Reason = raw.Subject + " is looked up during deployment"
		return t
	}
	if g := l.gateways[ref.Addr]; g != nil {
		t.Resource = g.Resource
	}
	if n := l.nats[ref.Addr]; n != nil {
		t.Resource, t.NAT = n, n
	}
	return t
}

// ofEC2 reports whether a type is one of EC2's own resources: others, such as a parameter, may hold any id.
func ofEC2(typ string) bool {
	for _, prefix := range []string{"AWS::EC2::", "awscc_ec2_", "aws_ec2_", "aws_vpc", "aws_vpn_"} {
		if strings.HasPrefix(typ, prefix) {
			return true
		}
	}
	return false
}

// A targetType is what a type of resource is to a route.
type targetType struct {
	kind TargetKind
	what string
}

// targetTypes are the types of resources that a route may lead to, data sources among them.
var targetTypes = map[string]targetType{
	"aws_internet_gateway": {ToInternetGateway, "the internet gateway"}, "AWS::EC2::InternetGateway": {ToInternetGateway, "the internet gateway"},
	"awscc_ec2_internet_gateway":       {ToInternetGateway, "the internet gateway"},
	"aws_egress_only_internet_gateway": {ToEgressOnlyInternetGateway, "the egress-only internet gateway"}, "AWS::EC2::EgressOnlyInternetGateway": {ToEgressOnlyInternetGateway, "the egress-only internet gateway"},
	"awscc_ec2_egress_only_internet_gateway": {ToEgressOnlyInternetGateway, "the egress-only internet gateway"},
	"aws_nat_gateway":                        {ToNatGateway, "the NAT gateway"}, "AWS::EC2::NatGateway": {ToNatGateway, "the NAT gateway"},
	"awscc_ec2_nat_gateway": {ToNatGateway, "the NAT gateway"},
	"aws_instance":          {ToNatInstance, "the instance"}, "AWS::EC2::Instance": {ToNatInstance, "the instance"},
	"aws_network_interface": {ToNatInstance, "the network interface"}, "AWS::EC2::NetworkInterface": {ToNatInstance, "the network interface"},
	"aws_vpn_gateway": {ToElsewhere, "the virtual private gateway"}, "AWS::EC2::VPNGateway": {ToElsewhere, "the virtual private gateway"},
	"aws_ec2_transit_gateway": {ToElsewhere, "the transit gateway"}, "AWS::EC2::TransitGateway": {ToElsewhere, "the transit gateway"},
	"aws_vpc_peering_connection": {ToPeer, "the peering connection"}, "AWS::EC2::VPCPeeringConnection": {ToPeer, "the peering connection"},
}

// targetPrefixes are how EC2's ids tell their kind. AWS: EC2 user guide, "Resource IDs".
var targetPrefixes = []struct {
	prefix string
	targetType
}{
	{"igw-", targetType{ToInternetGateway, "the internet gateway"}},
	{"eigw-", targetType{ToEgressOnlyInternetGateway, "the egress-only internet gateway"}},
	{"nat-", targetType{ToNatGateway, "the NAT gateway"}},
	{"eni-", targetType{ToNatInstance, "the network interface"}},
	{"i-", targetType{ToNatInstance, "the instance"}},
	{"vgw-", targetType{ToElsewhere, "the virtual private gateway"}},
	{"tgw-", targetType{ToElsewhere, "the transit gateway"}},
	{"pcx-", targetType{ToPeer, "the peering connection"}},
	{"cagw-", targetType{ToElsewhere, "the carrier gateway"}},
	{"lgw-", targetType{ToElsewhere, "the local gateway"}},
	{"vpce-", targetType{ToElsewhere, "the endpoint"}},
}
