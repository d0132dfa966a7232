package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A Subnet is a subnet with what decides its routes.
type Subnet struct {
	model.Resource
	// Default reports whether it is a default subnet of the account's default VPC.
	Default bool
	// VPCs are those that it may be in: one in each world.
	VPCs []Edge[VPC]
	// VPC is the one of them, and no edge to any where it is one of several.
	VPC Edge[VPC]
	// Associations are the explicit associations with route tables.
	Associations []Association
	// Complete says in which worlds no other association is in the tree.
	Complete value.Truth
	// ACLs are the network ACLs that it is given, and ACLsComplete says in which worlds it is given no others.
	ACLs         []Edge[NetworkACL]
	ACLsComplete value.Truth
	// FlowLogs are those of this subnet alone, and FlowLogsComplete says in which worlds there are no others.
	FlowLogs         []Edge[model.FlowLog]
	FlowLogsComplete value.Truth
}

// An Association gives a subnet its route table.
type Association struct {
	model.Resource
	Table Edge[RouteTable]
	Holds value.Truth
}

// A VPC is a VPC with what decides its main route table.
type VPC struct {
	model.Resource
	// Default reports whether it is the account's default VPC.
	Default bool
	// Main are the route tables that are made its main one.
	Main []MainTable
	// Implicit is the main route table that comes with every VPC, with the routes that are added to it by
	// main_route_table_id or default_route_table_id.
	Implicit *RouteTable
	// Complete says in which worlds no other table can be made its main one.
	Complete value.Truth
	// Blocks are its ranges of addresses, and BlocksComplete says in which worlds it has no others.
	Blocks         []Block
	BlocksComplete value.Truth
	// DNSSupport and DNSHostnames are its attributes.
	DNSSupport, DNSHostnames value.Bool
	// Group is its default security group.
	Group *SecurityGroup
	// ACL is its default network ACL.
	ACL *NetworkACL
	// Endpoints are the VPC endpoints that are or may be in it, and EndpointsComplete says in which worlds there are no
	// others.
	Endpoints         []*Endpoint
	EndpointsComplete value.Truth
	// FlowLogs record its traffic, and FlowLogsComplete says in which worlds no others do.
	FlowLogs         []Edge[model.FlowLog]
	FlowLogsComplete value.Truth
}

// A Block is a range of a VPC's addresses. One of the two is set.
type Block struct {
	CIDR, IPv6CIDR value.String
	// Generated holds where AWS chooses the IPv6 range.
	Generated value.Truth
	Holds     value.Truth
}

// A MainTable makes a route table the main one of a VPC.
type MainTable struct {
	model.Resource
	Table Edge[RouteTable]
	Holds value.Truth
}
