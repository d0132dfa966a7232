package model

import "github.com/vpclint/vpclint/internal/value"

// A VPC is a virtual private cloud. AWS: API_CreateVpc.
type VPC struct {
	Meta `tf:"aws_vpc" aws:"AWS::EC2::VPC" api:"CreateVpc"`
}

// A DefaultVPC is the account's default VPC, which Terraform adopts; its main route table leads to an internet gateway.
// AWS: VPC user guide, "Default VPCs".
type DefaultVPC struct {
	Meta `tf:"aws_default_vpc"`
}

// A Subnet is a range of a VPC's addresses in one availability zone. AWS: API_CreateSubnet.
type Subnet struct {
	Meta  `tf:"aws_subnet" aws:"AWS::EC2::Subnet" api:"CreateSubnet"`
	VPCID value.String `aws:"VpcId"`
}

// A DefaultSubnet is a default subnet of the default VPC, which Terraform adopts.
type DefaultSubnet struct {
	Meta `tf:"aws_default_subnet"`
}

// An InlineRoute is a route that is written inside a Terraform route table.
type InlineRoute struct {
	Block
	DestinationCIDRBlock        value.String `aws:"-" tf:"cidr_block"`
	DestinationIPv6CIDRBlock    value.String `aws:"-" tf:"ipv6_cidr_block"`
	DestinationPrefixListID     value.String `aws:"-" tf:"destination_prefix_list_id"`
	GatewayID                   value.String `aws:"-" tf:"gateway_id"`
	NatGatewayID                value.String `aws:"-" tf:"nat_gateway_id"`
	EgressOnlyInternetGatewayID value.String `aws:"-" tf:"egress_only_gateway_id"`
}

// A RouteTable says where a subnet's packets go. AWS: API_CreateRouteTable.
type RouteTable struct {
	Meta   `tf:"aws_route_table" aws:"AWS::EC2::RouteTable" api:"CreateRouteTable"`
	VPCID  value.String  `aws:"VpcId"`
	Routes []InlineRoute `aws:"-" tf:"route"`
	// Inline is the whole of the inline routes, for what of it isn't known.
	Inline Presence `aws:"-" tf:"route"`
}

// A DefaultRouteTable is a VPC's main route table, which Terraform adopts.
type DefaultRouteTable struct {
	Meta                `tf:"aws_default_route_table"`
	DefaultRouteTableID value.String  `aws:"-" tf:"default_route_table_id"`
	Routes              []InlineRoute `aws:"-" tf:"route"`
	Inline              Presence      `aws:"-" tf:"route"`
}

// A Route is one route of a table. AWS: API_CreateRoute.
type Route struct {
	Meta                        `tf:"aws_route" aws:"AWS::EC2::Route" api:"CreateRoute"`
	RouteTableID                value.String `aws:"RouteTableId"`
	DestinationCIDRBlock        value.String `aws:"DestinationCidrBlock"`
	DestinationIPv6CIDRBlock    value.String `aws:"DestinationIpv6CidrBlock"`
	DestinationPrefixListID     value.String `aws:"DestinationPrefixListId"`
	GatewayID                   value.String `aws:"GatewayId"`
	NatGatewayID                value.String `aws:"NatGatewayId"`
	EgressOnlyInternetGatewayID value.String `aws:"EgressOnlyInternetGatewayId" tf:"egress_only_gateway_id"`
}

// A SubnetRouteTableAssociation gives a subnet its route table. AWS: API_AssociateRouteTable.
type SubnetRouteTableAssociation struct {
	Meta         `tf:"aws_route_table_association" aws:"AWS::EC2::SubnetRouteTableAssociation" api:"AssociateRouteTable"`
	SubnetID     value.String `aws:"SubnetId"`
	RouteTableID value.String `aws:"RouteTableId"`
}

// A MainRouteTableAssociation makes a table its VPC's main one. AWS: API_ReplaceRouteTableAssociation.
type MainRouteTableAssociation struct {
	Meta         `tf:"aws_main_route_table_association"`
	VPCID        value.String `aws:"-" tf:"vpc_id"`
	RouteTableID value.String `aws:"-" tf:"route_table_id"`
}

// An InternetGateway connects a VPC to the internet, both ways. AWS: API_CreateInternetGateway.
type InternetGateway struct {
	Meta `tf:"aws_internet_gateway" aws:"AWS::EC2::InternetGateway" api:"CreateInternetGateway"`
}

// A NatGateway lets private subnets out. AWS: API_CreateNatGateway.
type NatGateway struct {
	Meta `tf:"aws_nat_gateway" aws:"AWS::EC2::NatGateway" api:"CreateNatGateway"`
}

// An EgressOnlyInternetGateway lets IPv6 out. AWS: API_CreateEgressOnlyInternetGateway.
type EgressOnlyInternetGateway struct {
	Meta `tf:"aws_egress_only_internet_gateway" aws:"AWS::EC2::EgressOnlyInternetGateway" api:"CreateEgressOnlyInternetGateway"`
}

// A VPCEndpoint reaches a service without the internet. AWS: API_CreateVpcEndpoint.
type VPCEndpoint struct {
	Meta            `tf:"aws_vpc_endpoint" aws:"AWS::EC2::VPCEndpoint" api:"CreateVpcEndpoint"`
	VPCID           value.String  `aws:"VpcId"`
	ServiceName     value.String  `aws:"ServiceName"`
	VPCEndpointType value.String  `aws:"VpcEndpointType" default:"Gateway"`
	SubnetIDs       value.Strings `aws:"SubnetIds"`
	PolicyDocument  value.Policy  `aws:"PolicyDocument" tf:"policy"`
}

// A VPCEndpointPolicy is the policy of an endpoint that Terraform manages apart from it.
type VPCEndpointPolicy struct {
	Meta          `tf:"aws_vpc_endpoint_policy"`
	VPCEndpointID value.String `aws:"-" tf:"vpc_endpoint_id"`
	Policy        value.Policy `aws:"-" tf:"policy"`
}
