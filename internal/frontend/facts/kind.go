package facts

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/value"
)

// A kind is one kind of resource that a command describes.
type kind struct {
	// list is the member of the command's output that has the descriptions, id the member that identifies one.
	list, id string
	// with are further members, of which a description has one: a mere mention of the resource has none.
	with []string
	// arn is the member with the ARN, where there is one.
	arn string
	// typ is the resource's type, special another that it is where the member when holds the value is.
	typ, special, when, is string
	// gone are the states of what isn't there any more, or not at all.
	gone    []string
	members []member
}

// A member is one of a description's, and what it is to the provider.
type member struct {
	name, as string
	// read makes a value of it; nil is the value as it stands.
	read func(n *doctree.Node) value.Value
	// sparse is set where AWS leaves out what is empty. All others are always told, so that one that isn't was left out by
	// who saved the output.
	sparse bool
	// by is the command that tells it, where it isn't the one that lists the resource.
	by string
}

// kinds are what is read. Of two that a description could be, the first counts.
var kinds = []kind{
	{
		list: "Subnets", id: "SubnetId", arn: "SubnetArn", typ: "aws_subnet", special: "aws_default_subnet", when: "DefaultForAz", is: "true",
		with: []string{"CidrBlock", "AvailableIpAddressCount", "MapPublicIpOnLaunch", "DefaultForAz", "Ipv6CidrBlockAssociationSet"},
		members: []member{
			{name: vpcID, as: "vpc_id"},
			{name: "CidrBlock", as: "cidr_block", sparse: true},
			{name: "Ipv6CidrBlockAssociationSet", as: "ipv6_cidr_block", read: associatedBlock, sparse: true},
			{name: "AvailabilityZone", as: "availability_zone"},
			{name: "AvailabilityZoneId", as: "availability_zone_id", sparse: true},
			{name: "MapPublicIpOnLaunch", as: "map_public_ip_on_launch"},
			{name: "AssignIpv6AddressOnCreation", as: "assign_ipv6_address_on_creation"},
			{name: "Ipv6Native", as: "ipv6_native", sparse: true},
			{name: "EnableDns64", as: "enable_dns64", sparse: true},
			{name: "AvailableIpAddressCount", as: "available_ip_address_count"},
		},
	},
	{
		list: "RouteTables", id: "RouteTableId", typ: "aws_route_table", with: []string{"Routes", "Associations"},
		members: []member{
			{name: vpcID, as: "vpc_id"},
			{name: "Routes", as: "route", read: routes},
			{name: "PropagatingVgws", as: "propagating_vgws", read: each("GatewayId"), sparse: true},
		},
	},
	{
		list: "VpcEndpoints", id: "VpcEndpointId", typ: "aws_vpc_endpoint", with: []string{"ServiceName", "VpcEndpointType"},
		gone: []string{"deleting", "deleted", "failed", "rejected", "expired"},
		members: []member{
			{name: vpcID, as: "vpc_id"},
			{name: "ServiceName", as: "service_name"},
			{name: "ServiceRegion", as: "service_region", sparse: true},
			{name: "ServiceNetworkArn", as: "service_network_arn", sparse: true},
			{name: "ResourceConfigurationArn", as: "resource_configuration_arn", sparse: true},
			{name: "VpcEndpointType", as: "vpc_endpoint_type"},
			{name: "RouteTableIds", as: "route_table_ids"},
			{name: "SubnetIds", as: "subnet_ids"},
			{name: "Groups", as: "security_group_ids", read: each("GroupId")},
			{name: "PrivateDnsEnabled", as: "private_dns_enabled"},
			{name: "PolicyDocument", as: "policy"},
			{name: "IpAddressType", as: "ip_address_type", sparse: true},
			{name: "DnsOptions", as: "dns_options", read: dnsOptions, sparse: true},
		},
	},
	{
		list: "SecurityGroups", id: "GroupId", arn: "SecurityGroupArn", with: []string{"IpPermissions", "IpPermissionsEgress"},
		typ: "aws_security_group", special: "aws_default_security_group", when: "GroupName", is: "default",
		members: []member{
			{name: vpcID, as: "vpc_id", sparse: true},
			{name: "GroupName", as: "name"},
			{name: "Description", as: "description", sparse: true},
			{name: "IpPermissions", as: "ingress", read: permissions},
			{name: "IpPermissionsEgress", as: "egress", read: permissions},
		},
	},
	{
		// They are the rules of the groups above once more, so that only one of the two commands need be asked.
		list: "SecurityGroupRules", id: "SecurityGroupRuleId", arn: "SecurityGroupRuleArn", with: []string{"IsEgress"},
		typ: "aws_vpc_security_group_ingress_rule", special: "aws_vpc_security_group_egress_rule", when: "IsEgress", is: "true",
		members: []member{
			{name: "GroupId", as: "security_group_id"},
			{name: "IpProtocol", as: "ip_protocol"},
			{name: "FromPort", as: "from_port", sparse: true},
			{name: "ToPort", as: "to_port", sparse: true},
			{name: "CidrIpv4", as: "cidr_ipv4", sparse: true},
			{name: "CidrIpv6", as: "cidr_ipv6", sparse: true},
			{name: "PrefixListId", as: "prefix_list_id", sparse: true},
			{name: "ReferencedGroupInfo", as: "referenced_security_group_id", read: groupID, sparse: true},
		},
	},
	{
		list: "NatGateways", id: "NatGatewayId", typ: "aws_nat_gateway",
		with: []string{"NatGatewayAddresses", "ConnectivityType", "State"}, gone: []string{"deleting", "deleted", "failed"},
		members: []member{
			{name: vpcID, as: "vpc_id"},
			{name: "SubnetId", as: "subnet_id", sparse: true},
			{name: "ConnectivityType", as: "connectivity_type"},
			{name: "AvailabilityMode", as: "availability_mode", sparse: true},
			{name: "NatGatewayAddresses", as: "allocation_id", read: first("AllocationId"), sparse: true},
		},
	},
	{
		list: "InternetGateways", id: "InternetGatewayId", typ: "aws_internet_gateway", with: []string{"Attachments"},
		members: []member{{name: "Attachments", as: "vpc_id", read: attached}},
	},
	{
		list: "EgressOnlyInternetGateways", id: "EgressOnlyInternetGatewayId", typ: "aws_egress_only_internet_gateway",
		with:    []string{"Attachments"},
		members: []member{{name: "Attachments", as: "vpc_id", read: attached}},
	},
	{
		list: "NetworkAcls", id: "NetworkAclId", with: []string{"Entries"},
		typ: "aws_network_acl", special: "aws_default_network_acl", when: "IsDefault", is: "true",
		members: []member{
			{name: vpcID, as: "vpc_id"},
			{name: "NetworkAclId", as: "default_network_acl_id"},
			{name: "Associations", as: "subnet_ids", read: each("SubnetId")},
			{name: "Entries", as: "ingress", read: entries("false")},
			{name: "Entries", as: "egress", read: entries("true")},
		},
	},
	{
		list: "FlowLogs", id: "FlowLogId", typ: "aws_flow_log", with: []string{"ResourceId"},
		members: []member{
			{name: "ResourceId", as: "vpc_id", read: starting("vpc-"), sparse: true},
			{name: "ResourceId", as: "subnet_id", read: starting("subnet-"), sparse: true},
			{name: "ResourceId", as: "eni_id", read: starting("eni-"), sparse: true},
			{name: "ResourceId", as: "transit_gateway_id", read: starting("tgw-"), sparse: true},
			{name: "TrafficType", as: "traffic_type"},
			{name: "LogDestinationType", as: "log_destination_type", sparse: true},
			{name: "LogDestination", as: "log_destination", sparse: true},
			{name: "LogGroupName", as: "log_group_name", sparse: true},
		},
	},
	{
		// The last, since everything names its VPC. describe-vpc-attribute tells the last two.
		list: "Vpcs", id: vpcID, typ: "aws_vpc", special: "aws_default_vpc", when: "IsDefault", is: "true",
		with: []string{"CidrBlockAssociationSet", "IsDefault", "DhcpOptionsId", "CidrBlock", "EnableDnsSupport", "EnableDnsHostnames"},
		members: []member{
			{name: "CidrBlock", as: "cidr_block"},
			{name: "Ipv6CidrBlockAssociationSet", as: "ipv6_cidr_block", read: associatedBlock, sparse: true},
			{name: "InstanceTenancy", as: "instance_tenancy"},
			{name: "EnableDnsSupport", as: "enable_dns_support", read: attribute, by: "describe-vpc-attribute --attribute enableDnsSupport"},
			{name: "EnableDnsHostnames", as: "enable_dns_hostnames", read: attribute, by: "describe-vpc-attribute --attribute enableDnsHostnames"},
		},
	},
}

// vpcID is the member that names a VPC.
const vpcID = "VpcId"

// kindOf returns what a mapping describes, or nil.
func kindOf(n *doctree.Node) *kind {
	for i := range kinds {
		k := &kinds[i]
		if !isID(n.Get(k.id)) {
			continue
		}
		for _, name := range k.with {
			if n.Get(name) != nil {
				return k
			}
		}
	}
	return nil
}

// isID reports whether a node is an id that somebody has not blanked out.
func isID(n *doctree.Node) bool {
	return n != nil && n.Kind == doctree.String && !strings.ContainsAny(n.Text, "#* ") && literal.Text(n.Text).Kind() == value.KindScalar
}

// stays reports whether a description is of something that is there.
func (k *kind) stays(n *doctree.Node) bool {
	state := n.Get("State")
	if state == nil {
		return true
	}
	for _, gone := range k.gone {
		if strings.EqualFold(state.Text, gone) {
			return false
		}
	}
	return true
}
