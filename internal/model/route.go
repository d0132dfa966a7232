package model

import "github.com/vpclint/vpclint/internal/value"

// A Target is where a route leads, of which one member is set. A gateway may be an internet or a virtual private gateway,
// and an instance a NAT instance. AWS: API_CreateRoute.
type Target struct {
	GatewayID                   value.String `aws:"GatewayId"`
	NatGatewayID                value.String `aws:"NatGatewayId"`
	EgressOnlyInternetGatewayID value.String `aws:"EgressOnlyInternetGatewayId" tf:"egress_only_gateway_id"`
	TransitGatewayID            value.String `aws:"TransitGatewayId"`
	VPCPeeringConnectionID      value.String `aws:"VpcPeeringConnectionId"`
	VPCEndpointID               value.String `aws:"VpcEndpointId"`
	NetworkInterfaceID          value.String `aws:"NetworkInterfaceId"`
	InstanceID                  value.String `aws:"InstanceId"`
	CarrierGatewayID            value.String `aws:"CarrierGatewayId"`
	LocalGatewayID              value.String `aws:"LocalGatewayId"`
	CoreNetworkARN              value.String `aws:"CoreNetworkArn"`
	ODBNetworkARN               value.String `aws:"OdbNetworkArn"`
}

// An InlineRoute is a route that is written inside a Terraform route table.
type InlineRoute struct {
	Block
	DestinationCIDRBlock     value.String `aws:"DestinationCidrBlock" tf:"cidr_block"`
	DestinationIPv6CIDRBlock value.String `aws:"DestinationIpv6CidrBlock" tf:"ipv6_cidr_block"`
	DestinationPrefixListID  value.String `aws:"DestinationPrefixListId"`
	Target
}

// A RouteTable says where a subnet's packets go. AWS: API_CreateRouteTable.
type RouteTable struct {
	Meta   `tf:"aws_route_table" aws:"AWS::EC2::RouteTable" api:"CreateRouteTable"`
	VPCID  value.String  `aws:"VpcId"`
	Routes []InlineRoute `aws:"-" tf:"route"`
	// Inline is the whole of the inline routes, for what of it isn't known.
	Inline Presence `aws:"-" tf:"route"`
	// PropagatingVGWs are the virtual private gateways whose routes it takes over.
	PropagatingVGWs value.Strings `aws:"-" tf:"propagating_vgws"`
}

// A DefaultRouteTable is a VPC's main route table, which Terraform adopts.
type DefaultRouteTable struct {
	Meta                `tf:"aws_default_route_table"`
	DefaultRouteTableID value.String  `aws:"DefaultRouteTableId"`
	Routes              []InlineRoute `aws:"-" tf:"route"`
	Inline              Presence      `aws:"-" tf:"route"`
	PropagatingVGWs     value.Strings `aws:"-" tf:"propagating_vgws"`
}

// A Route is one route of a table. AWS: API_CreateRoute.
type Route struct {
	Meta                     `tf:"aws_route" aws:"AWS::EC2::Route" api:"CreateRoute"`
	RouteTableID             value.String `aws:"RouteTableId"`
	DestinationCIDRBlock     value.String `aws:"DestinationCidrBlock"`
	DestinationIPv6CIDRBlock value.String `aws:"DestinationIpv6CidrBlock"`
	DestinationPrefixListID  value.String `aws:"DestinationPrefixListId"`
	Target
}

// A SubnetRouteTableAssociation gives a subnet its route table; Terraform's may be a gateway's instead.
// AWS: API_AssociateRouteTable.
type SubnetRouteTableAssociation struct {
	Meta         `tf:"aws_route_table_association" aws:"AWS::EC2::SubnetRouteTableAssociation" api:"AssociateRouteTable"`
	SubnetID     value.String `aws:"SubnetId"`
	GatewayID    value.String `aws:"GatewayId" cfn:"-"`
	RouteTableID value.String `aws:"RouteTableId"`
}

// A GatewayRouteTableAssociation gives a gateway the table for what comes in through it. AWS: API_AssociateRouteTable.
type GatewayRouteTableAssociation struct {
	Meta         `aws:"AWS::EC2::GatewayRouteTableAssociation"`
	GatewayID    value.String `aws:"GatewayId"`
	RouteTableID value.String `aws:"RouteTableId"`
}

// A MainRouteTableAssociation makes a table its VPC's main one. AWS: API_ReplaceRouteTableAssociation.
type MainRouteTableAssociation struct {
	Meta         `tf:"aws_main_route_table_association"`
	VPCID        value.String `aws:"VpcId"`
	RouteTableID value.String `aws:"RouteTableId"`
}

// A VPNGatewayRoutePropagation has tables take over the routes of a virtual private gateway.
// AWS: API_EnableVgwRoutePropagation.
type VPNGatewayRoutePropagation struct {
	Meta          `tf:"aws_vpn_gateway_route_propagation" aws:"AWS::EC2::VPNGatewayRoutePropagation"`
	RouteTableIDs value.Strings `aws:"RouteTableIds" tf:"route_table_id"`
	VPNGatewayID  value.String  `aws:"VpnGatewayId"`
}
