package model

import "github.com/vpclint/vpclint/internal/value"

// A VPCEndpoint reaches a service without the internet. In Terraform its policy, its tables, its subnets, its groups and
// its private DNS may stand apart, so that their absence here says nothing yet: with neither, the policy allows everything,
// the group is the VPC's default one, and private DNS is off. AWS: API_CreateVpcEndpoint.
type VPCEndpoint struct {
	Meta                     `tf:"aws_vpc_endpoint" aws:"AWS::EC2::VPCEndpoint" api:"CreateVpcEndpoint"`
	VPCID                    value.String     `aws:"VpcId"`
	ServiceName              value.String     `aws:"ServiceName"`
	ServiceRegion            value.String     `aws:"ServiceRegion"`
	ServiceNetworkARN        value.String     `aws:"ServiceNetworkArn"`
	ResourceConfigurationARN value.String     `aws:"ResourceConfigurationArn"`
	VPCEndpointType          value.String     `aws:"VpcEndpointType" default:"Gateway"`
	RouteTableIDs            value.Strings    `aws:"RouteTableIds"`
	SubnetIDs                value.Strings    `aws:"SubnetIds"`
	SubnetConfigurations     []EndpointSubnet `aws:"SubnetConfigurations" cfn:"-" tf:"subnet_configuration"`
	SecurityGroupIDs         value.Strings    `aws:"SecurityGroupIds"`
	PrivateDNSEnabled        value.Bool       `aws:"PrivateDnsEnabled"`
	PolicyDocument           value.Policy     `aws:"PolicyDocument" tf:"policy"`
	IPAddressType            value.String     `aws:"IpAddressType"`
	DNSRecordIPType          value.String     `aws:"DnsOptions.DnsRecordIpType"`
	PrivateDNSOnlyInbound    value.String     `aws:"DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint"`
}

// An EndpointSubnet gives an endpoint certain addresses in a subnet. AWS: API_SubnetConfiguration.
type EndpointSubnet struct {
	Block
	SubnetID value.String `aws:"SubnetId"`
	IPv4     value.String `aws:"Ipv4"`
	IPv6     value.String `aws:"Ipv6"`
}

// A VPCEndpointPolicy is the policy of an endpoint that Terraform manages apart from it.
type VPCEndpointPolicy struct {
	Meta          `tf:"aws_vpc_endpoint_policy"`
	VPCEndpointID value.String `aws:"VpcEndpointId"`
	Policy        value.Policy `aws:"PolicyDocument" tf:"policy"`
}

// A VPCEndpointRouteTableAssociation adds a route table to a gateway endpoint, apart from it.
type VPCEndpointRouteTableAssociation struct {
	Meta          `tf:"aws_vpc_endpoint_route_table_association"`
	VPCEndpointID value.String `aws:"VpcEndpointId"`
	RouteTableID  value.String `aws:"RouteTableId"`
}

// A VPCEndpointSubnetAssociation adds a subnet to an interface endpoint, apart from it.
type VPCEndpointSubnetAssociation struct {
	Meta          `tf:"aws_vpc_endpoint_subnet_association"`
	VPCEndpointID value.String `aws:"VpcEndpointId"`
	SubnetID      value.String `aws:"SubnetId"`
}

// A VPCEndpointSecurityGroupAssociation adds a security group to an interface endpoint, apart from it. The VPC's default
// group stays beside it unless it is to be replaced.
type VPCEndpointSecurityGroupAssociation struct {
	Meta                      `tf:"aws_vpc_endpoint_security_group_association"`
	VPCEndpointID             value.String `aws:"VpcEndpointId"`
	SecurityGroupID           value.String `aws:"SecurityGroupId"`
	ReplaceDefaultAssociation value.Bool   `aws:"ReplaceDefaultAssociation" default:"false"`
}

// A VPCEndpointPrivateDNS is the private DNS of an interface endpoint that Terraform manages apart from it.
type VPCEndpointPrivateDNS struct {
	Meta              `tf:"aws_vpc_endpoint_private_dns"`
	VPCEndpointID     value.String `aws:"VpcEndpointId"`
	PrivateDNSEnabled value.Bool   `aws:"PrivateDnsEnabled"`
}
