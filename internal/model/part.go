package model

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Part is something that is written inside its owner or apart from it: a route of a table, a rule of a group, an
// endpoint's policy. Both forms are one Part.
type Part struct {
	// Kind is what it is called where it is written apart: "Route".
	Kind string
	// Owner names the resource that it is a part of.
	Owner   value.Value
	Members []Member
	// When is the world in which it is there, and Span where it is written.
	When value.World
	Span source.Span
}

// Parts takes a resource apart: the members that are its own, and its parts. Apart reports that it is nothing but parts of
// other resources, so that own is empty. A part that names no owner stands for itself.
func (e *Estate) Parts(r Resource) (own []Member, parts []Part, apart bool) {
	own = e.Members(r)
	s := splitter{estate: e, resource: r, self: value.OfSymbol(value.Ref{Addr: r.Head().Addr(), Attr: "id"})}
	switch r := r.(type) {
	case *RouteTable:
		s.routes(r.Routes, r.PropagatingVGWs)
		own = without(own, "route", "propagating_vgws")
	case *DefaultRouteTable:
		s.routes(r.Routes, r.PropagatingVGWs)
		own = without(own, "route", "propagating_vgws")
	case *VPCEndpoint:
		s.endpoint(r)
		own = without(own, "RouteTableIds", "SubnetIds", "SubnetConfigurations", "SecurityGroupIds", "PrivateDnsEnabled", "PolicyDocument")
	case *NetworkACL:
		s.entries(r.Ingress, r.Egress, r.SubnetIDs)
		own = without(own, "ingress", "egress", "subnet_ids")
	case *DefaultNetworkACL:
		s.entries(r.Ingress, r.Egress, r.SubnetIDs)
		own = without(own, "ingress", "egress", "subnet_ids")
	case *ManagedPrefixList:
		blocks(&s, "ManagedPrefixListEntry", r.Entries, func(b *PrefixListEntry) Block { return b.Block })
		own = without(own, "Entries")
	case *InternetGateway:
		s.attached("InternetGatewayId", r.VPCID.Value)
		own = without(own, "vpc_id")
	case *VPNGateway:
		s.attached("VpnGatewayId", r.VPCID.Value)
		own = without(own, "vpc_id")
	case *VPC:
		s.vpc(r)
		own = without(own, "Ipv6CidrBlock", "AmazonProvidedIpv6CidrBlock", "VpcEncryptionControl")
	case *Subnet:
		s.one("SubnetCIDRBlock", s.self, Member{"Ipv6CidrBlock", r.IPv6CIDRBlock.Value})
		own = without(own, "Ipv6CidrBlock")
	case *FlowLog:
		own = r.recorded(own)
	case *ServerlessFunction, *ServerlessStateMachine, *ExclusivePolicyAttachment, *PolicyAttachmentsExclusive:
	case *Bucket:
		s.access(r)
		blocks(&s, "PublicAccessBlock", r.PublicAccessBlock, func(b *PublicAccessSetting) Block { return b.Block })
		own = without(own, "policy", "PublicAccessBlockConfiguration")
	case accessor:
		s.access(r)
		_, apart = ownerOf(r)
		own = without(own, "Policies", "ManagedPolicyArns", "Groups", "Roles", "Users", "KeyPolicy", "TargetIds")
		if _, set := r.(*PermissionSet); set {
			own = without(own, "InlinePolicy", "ManagedPolicies", "CustomerManagedPolicyReferences", "PermissionsBoundary")
		}
	case Permitting:
		s.permissions(r)
		_, apart = ownerOf(r)
		own = without(own, "SecurityGroupIngress", "SecurityGroupEgress", "ingress", "egress")
	default:
		var owner Member
		if owner, apart = ownerOf(r); apart {
			s.whole(owner, own)
		}
	}
	if apart = apart && len(s.parts) > 0; apart {
		own = nil
	}
	return own, s.parts, apart
}

// ownerOf returns what a resource is a part of, and the path of the member that says so; false where it stands for itself.
func ownerOf(r Resource) (Member, bool) {
	switch r := r.(type) {
	case *Route:
		return Member{"RouteTableId", r.RouteTableID.Value}, true
	case *SubnetRouteTableAssociation:
		return Member{"RouteTableId", r.RouteTableID.Value}, true
	case *GatewayRouteTableAssociation:
		return Member{"RouteTableId", r.RouteTableID.Value}, true
	case *VPNGatewayRoutePropagation:
		return Member{"RouteTableIds", r.RouteTableIDs.Value}, true
	case *VPCGatewayAttachment:
		return Member{"VpcId", r.VPCID.Value}, true
	case *VPCCIDRBlock:
		return Member{"VpcId", r.VPCID.Value}, true
	case *VPCEncryptionControl:
		return Member{"VpcId", r.VPCID.Value}, true
	case *ManagedPrefixListEntry:
		return Member{"PrefixListId", r.PrefixListID.Value}, true
	case *SubnetCIDRBlock:
		return Member{"SubnetId", r.SubnetID.Value}, true
	case *VPCEndpointRouteTableAssociation:
		return typed("VpcEndpointId", r.VPCEndpointID), true
	case *VPCEndpointSubnetAssociation:
		return typed("VpcEndpointId", r.VPCEndpointID), true
	case *VPCEndpointSecurityGroupAssociation:
		return typed("VpcEndpointId", r.VPCEndpointID), true
	case *VPCEndpointPrivateDNS:
		return typed("VpcEndpointId", r.VPCEndpointID), true
	case *NetworkACLEntry:
		return Member{"NetworkAclId", r.NetworkACLID.Value}, true
	case *SubnetNetworkACLAssociation:
		return Member{"NetworkAclId", r.NetworkACLID.Value}, true
	case *PublicAccessBlock:
		return typed("Bucket", r.Bucket), true
	case *SecurityGroupRule, *SecurityGroupIngress, *SecurityGroupEgress,
		*Policy, *RolePolicy, *UserPolicy, *GroupPolicy, *RolePolicyAttachment, *UserPolicyAttachment, *GroupPolicyAttachment,
		*GroupMembership, *UserGroupMembership, *OrganizationsPolicyAttachment, *BucketPolicy, *KeyPolicy, *VPCEndpointPolicy,
		*PermissionSetInlinePolicy, *PermissionSetPolicyAttachment, *PermissionSetReference, *PermissionSetBoundary:
		return Member{}, true
	}
	return Member{}, false
}

// without returns the members that aren't at one of the paths, nor below.
func without(members []Member, paths ...string) []Member {
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool {
		return slices.ContainsFunc(paths, func(p string) bool {
			rest, ok := strings.CutPrefix(m.Path, p)
			return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
		})
	})
}

// A splitter gathers the parts of one resource.
type splitter struct {
	estate   *Estate
	resource Resource
	self     value.Value
	parts    []Part
}

// one adds a part of those members that are there, unless none is.
func (s *splitter) one(kind string, owner value.Value, members ...Member) {
	s.add(Part{Kind: kind, Owner: owner, Members: members, Span: s.resource.Head().Span()})
}

func (s *splitter) add(p Part) {
	// What is about every protocol is about every port, whatever it says. AWS: API_IpPermission, API_NetworkAclEntry.
	if slices.ContainsFunc(p.Members, func(m Member) bool {
		protocol, _ := m.Value.AsString()
		return (m.Path == "IpProtocol" || m.Path == "Protocol") && protocol == "-1"
	}) {
		p.Members = without(p.Members, "FromPort", "ToPort", "PortRange")
	}
	p.Members = slices.DeleteFunc(p.Members, func(m Member) bool {
		// Terraform takes the empty text for absence, and plans spell absence so.
		text, known := m.Value.AsString()
		return m.Value.Kind() == value.KindAbsent || known && text == ""
	})
	if len(p.Members) > 0 {
		s.parts = append(s.parts, p)
	}
}

// each adds a part for each thing that a list holds.
func (s *splitter) each(kind, path string, list value.Value) {
	members, _ := list.Members()
	for _, m := range members {
		s.add(Part{Kind: kind, Owner: s.self, Members: []Member{{path, m.Value}}, When: m.When, Span: s.resource.Head().Span()})
	}
}

// blocks adds a part for each nested block, with its members and more.
func blocks[T any](s *splitter, kind string, list []T, block func(*T) Block, more ...Member) {
	for i := range list {
		b := block(&list[i])
		span := s.resource.Head().Span()
		if o := b.Body.Origin(); o != nil {
			span = o.Span
		}
		s.add(Part{Kind: kind, Owner: s.self, Members: append(slices.Clone(more), s.estate.membersOf(s.resource, &list[i])...), When: b.When, Span: span})
	}
}

// whole adds the resource itself as a part of each of its owners, without the member that names them.
func (s *splitter) whole(owner Member, members []Member) {
	kind := KindName(s.resource)
	members = without(members, owner.Path)
	switch r := s.resource.(type) {
	case *SubnetRouteTableAssociation:
		if r.SubnetID.Kind() == value.KindAbsent {
			kind = "GatewayRouteTableAssociation"
		}
	case *VPCEndpointSecurityGroupAssociation:
		if r.ReplaceDefaultAssociation.IsTrue().Known() == tri.False {
			members = without(members, "ReplaceDefaultAssociation")
		}
	}
	owners, _ := owner.Value.Members()
	for _, o := range owners {
		s.add(Part{Kind: kind, Owner: o.Value, Members: slices.Clone(members), When: o.When, Span: s.resource.Head().Span()})
	}
}

func (s *splitter) routes(routes []InlineRoute, vgws value.Strings) {
	blocks(s, "Route", routes, func(r *InlineRoute) Block { return r.Block })
	s.each("VPNGatewayRoutePropagation", "VpnGatewayId", vgws.Value)
}

func (s *splitter) endpoint(r *VPCEndpoint) {
	s.each("VPCEndpointRouteTableAssociation", "RouteTableId", r.RouteTableIDs.Value)
	s.each("VPCEndpointSubnetAssociation", "SubnetId", r.SubnetIDs.Value)
	blocks(s, "VPCEndpointSubnetAssociation", r.SubnetConfigurations, func(c *EndpointSubnet) Block { return c.Block })
	s.each("VPCEndpointSecurityGroupAssociation", "SecurityGroupId", r.SecurityGroupIDs.Value)
	s.one("VPCEndpointPrivateDNS", s.self, typed("PrivateDnsEnabled", r.PrivateDNSEnabled))
	s.one("VPCEndpointPolicy", s.self, typed("PolicyDocument", r.PolicyDocument))
}

func (s *splitter) entries(in, out []ACLRule, subnets value.Strings) {
	block := func(r *ACLRule) Block { return r.Block }
	blocks(s, "NetworkACLEntry", in, block, Member{"Egress", value.OfBool(false)})
	blocks(s, "NetworkACLEntry", out, block, Member{"Egress", value.OfBool(true)})
	s.each("SubnetNetworkACLAssociation", "SubnetId", subnets.Value)
}

// attached adds the attachment of a gateway that names its VPC itself.
func (s *splitter) attached(path string, vpc value.Value) {
	if vpc.Kind() != value.KindAbsent {
		s.one("VPCGatewayAttachment", vpc, Member{path, s.self})
	}
}

func (s *splitter) vpc(r *VPC) {
	s.one("VPCCIDRBlock", s.self,
		Member{"Ipv6CidrBlock", r.IPv6CIDRBlock.Value}, Member{"AmazonProvidedIpv6CidrBlock", r.AmazonProvidedIPv6CIDRBlock.Value})
	blocks(s, "VPCEncryptionControl", r.EncryptionControl, func(c *VPCEncryptionSetting) Block { return c.Block })
}

func (s *splitter) permissions(r Permitting) {
	all, _ := r.Permissions()
	for _, p := range all {
		part := Part{Kind: "SecurityGroupRule", Owner: p.Group, When: p.When, Span: p.Span}
		switch direction, _ := p.Direction.AsString(); direction {
		case ingress:
			part.Kind = "SecurityGroupIngress"
		case egress:
			part.Kind = "SecurityGroupEgress"
		default:
			part.Members = append(part.Members, Member{"Type", p.Direction})
		}
		part.Members = append(part.Members, typed("IpProtocol", p.Traffic.IPProtocol),
			typed("FromPort", p.Traffic.FromPort), typed("ToPort", p.Traffic.ToPort), Member{p.Peer.Kind.String(), p.Peer.Value})
		s.add(part)
	}
}

// recorded returns the members of a flow log with what it records as EC2 names it.
func (f *FlowLog) recorded(members []Member) []Member {
	for _, named := range []struct {
		path, typ string
		id        value.String
	}{
		{"vpc_id", "VPC", f.VPCID},
		{"subnet_id", "Subnet", f.SubnetID},
		{"eni_id", "NetworkInterface", f.NetworkInterfaceID},
		{"transit_gateway_id", "TransitGateway", f.TransitGatewayID},
		{"transit_gateway_attachment_id", "TransitGatewayAttachment", f.TransitGatewayAttachmentID},
		{"regional_nat_gateway_id", "RegionalNatGateway", f.RegionalNatGatewayID},
	} {
		if named.id.Kind() == value.KindAbsent {
			continue
		}
		members = append([]Member{{"ResourceType", value.OfString(named.typ)}, {"ResourceId", named.id.Value}}, without(members, named.path)...)
	}
	return members
}
