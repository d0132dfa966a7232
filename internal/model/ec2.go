package model

import "github.com/vpclint/vpclint/internal/value"

// A VPC is a virtual private cloud. AWS: API_CreateVpc, API_ModifyVpcAttribute.
type VPC struct {
	Meta                        `tf:"aws_vpc" aws:"AWS::EC2::VPC" api:"CreateVpc"`
	CIDRBlock                   value.String `aws:"CidrBlock"`
	IPv6CIDRBlock               value.String `aws:"Ipv6CidrBlock" cfn:"-"`
	AmazonProvidedIPv6CIDRBlock value.Bool   `aws:"AmazonProvidedIpv6CidrBlock" cfn:"-" tf:"assign_generated_ipv6_cidr_block"`
	EnableDNSSupport            value.Bool   `aws:"EnableDnsSupport" api:"-" default:"true"`
	EnableDNSHostnames          value.Bool   `aws:"EnableDnsHostnames" api:"-" default:"false"`
	InstanceTenancy             value.String `aws:"InstanceTenancy" default:"default"`
	// EncryptionControl is one at most.
	EncryptionControl []VPCEncryptionSetting `aws:"VpcEncryptionControl" api:"-" tf:"-"`
}

// A DefaultVPC is the account's default VPC, which Terraform adopts; its main route table leads to an internet gateway,
// and its hosts have names. AWS: VPC user guide, "Default VPCs".
type DefaultVPC struct {
	Meta               `tf:"aws_default_vpc"`
	CIDRBlock          value.String `aws:"CidrBlock"`
	IPv6CIDRBlock      value.String `aws:"Ipv6CidrBlock"`
	EnableDNSSupport   value.Bool   `aws:"EnableDnsSupport" default:"true"`
	EnableDNSHostnames value.Bool   `aws:"EnableDnsHostnames" default:"true"`
}

// A VPCCIDRBlock is a further range of a VPC. AWS: API_AssociateVpcCidrBlock.
type VPCCIDRBlock struct {
	Meta                        `tf:"aws_vpc_ipv4_cidr_block_association,aws_vpc_ipv6_cidr_block_association" aws:"AWS::EC2::VPCCidrBlock" api:"AssociateVpcCidrBlock"`
	VPCID                       value.String `aws:"VpcId"`
	CIDRBlock                   value.String `aws:"CidrBlock"`
	IPv6CIDRBlock               value.String `aws:"Ipv6CidrBlock"`
	AmazonProvidedIPv6CIDRBlock value.Bool   `aws:"AmazonProvidedIpv6CidrBlock" tf:"assign_generated_ipv6_cidr_block"`
}

// A Subnet is a range of a VPC's addresses in one availability zone. AWS: API_CreateSubnet, API_ModifySubnetAttribute.
type Subnet struct {
	Meta                        `tf:"aws_subnet" aws:"AWS::EC2::Subnet" api:"CreateSubnet"`
	VPCID                       value.String `aws:"VpcId"`
	CIDRBlock                   value.String `aws:"CidrBlock"`
	IPv6CIDRBlock               value.String `aws:"Ipv6CidrBlock"`
	AvailabilityZone            value.String `aws:"AvailabilityZone"`
	AvailabilityZoneID          value.String `aws:"AvailabilityZoneId"`
	MapPublicIPOnLaunch         value.Bool   `aws:"MapPublicIpOnLaunch" api:"-" default:"false"`
	AssignIPv6AddressOnCreation value.Bool   `aws:"AssignIpv6AddressOnCreation" api:"-" default:"false"`
	IPv6Native                  value.Bool   `aws:"Ipv6Native" default:"false"`
	EnableDNS64                 value.Bool   `aws:"EnableDns64" api:"-" default:"false"`
}

// A DefaultSubnet is a default subnet of the default VPC, which Terraform adopts; it gives out public addresses.
// AWS: VPC user guide, "Default subnets".
type DefaultSubnet struct {
	Meta                        `tf:"aws_default_subnet"`
	VPCID                       value.String `aws:"VpcId"`
	AvailabilityZone            value.String `aws:"AvailabilityZone"`
	IPv6CIDRBlock               value.String `aws:"Ipv6CidrBlock"`
	MapPublicIPOnLaunch         value.Bool   `aws:"MapPublicIpOnLaunch" default:"true"`
	AssignIPv6AddressOnCreation value.Bool   `aws:"AssignIpv6AddressOnCreation" default:"false"`
	IPv6Native                  value.Bool   `aws:"Ipv6Native" default:"false"`
	EnableDNS64                 value.Bool   `aws:"EnableDns64" default:"false"`
}

// A SubnetCIDRBlock gives a subnet a range of IPv6; Terraform's aws provider writes it in the subnet.
// AWS: API_AssociateSubnetCidrBlock.
type SubnetCIDRBlock struct {
	Meta          `aws:"AWS::EC2::SubnetCidrBlock" api:"AssociateSubnetCidrBlock"`
	SubnetID      value.String `aws:"SubnetId"`
	IPv6CIDRBlock value.String `aws:"Ipv6CidrBlock"`
}

// An InternetGateway connects a VPC to the internet, both ways. Terraform's may name its VPC; all others are attached.
// AWS: API_CreateInternetGateway.
type InternetGateway struct {
	Meta  `tf:"aws_internet_gateway" aws:"AWS::EC2::InternetGateway" api:"CreateInternetGateway"`
	VPCID value.String `aws:"-" tf:"vpc_id"`
}

// A VPNGateway connects a VPC to a network outside of AWS. AWS: API_CreateVpnGateway.
type VPNGateway struct {
	Meta  `tf:"aws_vpn_gateway" aws:"AWS::EC2::VPNGateway" api:"CreateVpnGateway"`
	VPCID value.String `aws:"-" tf:"vpc_id"`
}

// A VPCGatewayAttachment attaches a gateway of either kind to a VPC. AWS: API_AttachInternetGateway, API_AttachVpnGateway.
type VPCGatewayAttachment struct {
	Meta              `tf:"aws_internet_gateway_attachment,aws_vpn_gateway_attachment" aws:"AWS::EC2::VPCGatewayAttachment" api:"AttachInternetGateway,AttachVpnGateway"`
	VPCID             value.String `aws:"VpcId"`
	InternetGatewayID value.String `aws:"InternetGatewayId"`
	VPNGatewayID      value.String `aws:"VpnGatewayId"`
}

// A NatGateway lets private subnets out: to the internet, or (private) to other networks only. A regional one is in no
// subnet. AWS: API_CreateNatGateway.
type NatGateway struct {
	Meta             `tf:"aws_nat_gateway" aws:"AWS::EC2::NatGateway" api:"CreateNatGateway"`
	SubnetID         value.String `aws:"SubnetId"`
	VPCID            value.String `aws:"VpcId"`
	ConnectivityType value.String `aws:"ConnectivityType" default:"public"`
	AvailabilityMode value.String `aws:"AvailabilityMode" default:"zonal"`
	AllocationID     value.String `aws:"AllocationId"`
}

// An EgressOnlyInternetGateway lets IPv6 out. AWS: API_CreateEgressOnlyInternetGateway.
type EgressOnlyInternetGateway struct {
	Meta  `tf:"aws_egress_only_internet_gateway" aws:"AWS::EC2::EgressOnlyInternetGateway" api:"CreateEgressOnlyInternetGateway"`
	VPCID value.String `aws:"VpcId"`
}

// A TransitGatewayVPCAttachment connects subnets of a VPC to a transit gateway. The documented default of DNS support is
// another in CloudFormation than in Terraform. AWS: API_CreateTransitGatewayVpcAttachment.
type TransitGatewayVPCAttachment struct {
	Meta                            `tf:"aws_ec2_transit_gateway_vpc_attachment" aws:"AWS::EC2::TransitGatewayAttachment,AWS::EC2::TransitGatewayVpcAttachment" api:"CreateTransitGatewayVpcAttachment"`
	TransitGatewayID                value.String  `aws:"TransitGatewayId"`
	VPCID                           value.String  `aws:"VpcId"`
	SubnetIDs                       value.Strings `aws:"SubnetIds"`
	DNSSupport                      value.String  `aws:"Options.DnsSupport" tf:"dns_support"`
	IPv6Support                     value.String  `aws:"Options.Ipv6Support" tf:"ipv6_support"`
	ApplianceModeSupport            value.String  `aws:"Options.ApplianceModeSupport" tf:"appliance_mode_support"`
	SecurityGroupReferencingSupport value.String  `aws:"Options.SecurityGroupReferencingSupport" tf:"security_group_referencing_support"`
}

// A VPCPeeringConnection connects two VPCs. AWS: API_CreateVpcPeeringConnection.
type VPCPeeringConnection struct {
	Meta        `tf:"aws_vpc_peering_connection" aws:"AWS::EC2::VPCPeeringConnection" api:"CreateVpcPeeringConnection"`
	VPCID       value.String `aws:"VpcId"`
	PeerVPCID   value.String `aws:"PeerVpcId"`
	PeerOwnerID value.String `aws:"PeerOwnerId"`
	PeerRegion  value.String `aws:"PeerRegion"`
}

// BlockPublicAccessOptions close the internet gateways of an account in a region. AWS: VPC user guide, "Block public access
// to VPCs and subnets".
type BlockPublicAccessOptions struct {
	Meta                     `tf:"aws_vpc_block_public_access_options" aws:"AWS::EC2::VPCBlockPublicAccessOptions" api:"ModifyVpcBlockPublicAccessOptions"`
	InternetGatewayBlockMode value.String `aws:"InternetGatewayBlockMode"`
}

// A BlockPublicAccessExclusion opens them for a VPC or a subnet. AWS: API_CreateVpcBlockPublicAccessExclusion.
type BlockPublicAccessExclusion struct {
	Meta                         `tf:"aws_vpc_block_public_access_exclusion" aws:"AWS::EC2::VPCBlockPublicAccessExclusion" api:"CreateVpcBlockPublicAccessExclusion"`
	InternetGatewayExclusionMode value.String `aws:"InternetGatewayExclusionMode"`
	VPCID                        value.String `aws:"VpcId"`
	SubnetID                     value.String `aws:"SubnetId"`
}

// A VPCEncryptionSetting is a VPCEncryptionControl that is written in its VPC, as only the newest CloudFormation has it.
type VPCEncryptionSetting struct {
	Block
	Mode                      value.String `aws:"Mode"`
	InternetGateway           value.String `aws:"InternetGatewayExclusion" default:"disable"`
	EgressOnlyInternetGateway value.String `aws:"EgressOnlyInternetGatewayExclusion" default:"disable"`
	NatGateway                value.String `aws:"NatGatewayExclusion" default:"disable"`
	VirtualPrivateGateway     value.String `aws:"VirtualPrivateGatewayExclusion" default:"disable"`
	VPCPeering                value.String `aws:"VpcPeeringExclusion" default:"disable"`
}

// A VPCEncryptionControl refuses gateways whose traffic isn't encrypted, but for those that are excluded.
// AWS: API_CreateVpcEncryptionControl.
type VPCEncryptionControl struct {
	Meta                      `tf:"aws_vpc_encryption_control" aws:"AWS::EC2::VPCEncryptionControl"`
	VPCID                     value.String `aws:"VpcId"`
	Mode                      value.String `aws:"Mode"`
	InternetGateway           value.String `aws:"InternetGatewayExclusion" cfn:"InternetGatewayExclusionInput" default:"disable"`
	EgressOnlyInternetGateway value.String `aws:"EgressOnlyInternetGatewayExclusion" cfn:"EgressOnlyInternetGatewayExclusionInput" default:"disable"`
	NatGateway                value.String `aws:"NatGatewayExclusion" cfn:"NatGatewayExclusionInput" default:"disable"`
	VirtualPrivateGateway     value.String `aws:"VirtualPrivateGatewayExclusion" cfn:"VirtualPrivateGatewayExclusionInput" default:"disable"`
	VPCPeering                value.String `aws:"VpcPeeringExclusion" cfn:"VpcPeeringExclusionInput" default:"disable"`
}

// A FlowLog records the traffic of one VPC, subnet, interface or gateway, which Terraform names by kind.
// AWS: API_CreateFlowLogs.
type FlowLog struct {
	Meta                       `tf:"aws_flow_log" aws:"AWS::EC2::FlowLog"`
	ResourceType               value.String `aws:"ResourceType" tf:"-"`
	ResourceID                 value.String `aws:"ResourceId" tf:"-"`
	VPCID                      value.String `aws:"-" tf:"vpc_id"`
	SubnetID                   value.String `aws:"-" tf:"subnet_id"`
	NetworkInterfaceID         value.String `aws:"-" tf:"eni_id"`
	TransitGatewayID           value.String `aws:"-" tf:"transit_gateway_id"`
	TransitGatewayAttachmentID value.String `aws:"-" tf:"transit_gateway_attachment_id"`
	RegionalNatGatewayID       value.String `aws:"-" tf:"regional_nat_gateway_id"`
	TrafficType                value.String `aws:"TrafficType"`
	LogDestination             value.String `aws:"LogDestination"`
	LogDestinationType         value.String `aws:"LogDestinationType" default:"cloud-watch-logs"`
	LogGroupName               value.String `aws:"LogGroupName"`
	DeliverLogsPermissionARN   value.String `aws:"DeliverLogsPermissionArn" tf:"iam_role_arn"`
}
