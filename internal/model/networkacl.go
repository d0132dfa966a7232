package model

import "github.com/vpclint/vpclint/internal/value"

// An ACLRule is an entry that is written inside a Terraform network ACL.
type ACLRule struct {
	Block
	RuleNumber    value.Int    `aws:"RuleNumber" tf:"rule_no"`
	RuleAction    value.String `aws:"RuleAction" tf:"action"`
	Protocol      value.String `aws:"Protocol"`
	CIDRBlock     value.String `aws:"CidrBlock"`
	IPv6CIDRBlock value.String `aws:"Ipv6CidrBlock"`
	FromPort      value.Int    `aws:"PortRange.From" tf:"from_port"`
	ToPort        value.Int    `aws:"PortRange.To" tf:"to_port"`
}

// A NetworkACL filters what goes in and out of its subnets; a custom one denies everything that no entry allows.
// AWS: API_CreateNetworkAcl.
type NetworkACL struct {
	Meta          `tf:"aws_network_acl" aws:"AWS::EC2::NetworkAcl" api:"CreateNetworkAcl"`
	VPCID         value.String  `aws:"VpcId"`
	SubnetIDs     value.Strings `aws:"-" tf:"subnet_ids"`
	Ingress       []ACLRule     `aws:"-" tf:"ingress"`
	Egress        []ACLRule     `aws:"-" tf:"egress"`
	InlineIngress Presence      `aws:"-" tf:"ingress"`
	InlineEgress  Presence      `aws:"-" tf:"egress"`
}

// A DefaultNetworkACL is a VPC's default network ACL, which Terraform adopts: it removes all entries but those written here.
type DefaultNetworkACL struct {
	Meta                `tf:"aws_default_network_acl"`
	DefaultNetworkACLID value.String  `aws:"DefaultNetworkAclId"`
	VPCID               value.String  `aws:"VpcId"`
	SubnetIDs           value.Strings `aws:"-" tf:"subnet_ids"`
	Ingress             []ACLRule     `aws:"-" tf:"ingress"`
	Egress              []ACLRule     `aws:"-" tf:"egress"`
	InlineIngress       Presence      `aws:"-" tf:"ingress"`
	InlineEgress        Presence      `aws:"-" tf:"egress"`
}

// A NetworkACLEntry is one entry apart from its ACL. AWS: API_CreateNetworkAclEntry.
type NetworkACLEntry struct {
	Meta          `tf:"aws_network_acl_rule" aws:"AWS::EC2::NetworkAclEntry" api:"CreateNetworkAclEntry"`
	NetworkACLID  value.String `aws:"NetworkAclId"`
	Egress        value.Bool   `aws:"Egress" default:"false"`
	RuleNumber    value.Int    `aws:"RuleNumber"`
	RuleAction    value.String `aws:"RuleAction"`
	Protocol      value.String `aws:"Protocol"`
	CIDRBlock     value.String `aws:"CidrBlock"`
	IPv6CIDRBlock value.String `aws:"Ipv6CidrBlock"`
	FromPort      value.Int    `aws:"PortRange.From" tf:"from_port"`
	ToPort        value.Int    `aws:"PortRange.To" tf:"to_port"`
}

// A SubnetNetworkACLAssociation gives a subnet its network ACL. AWS: API_ReplaceNetworkAclAssociation.
type SubnetNetworkACLAssociation struct {
	Meta         `tf:"aws_network_acl_association" aws:"AWS::EC2::SubnetNetworkAclAssociation"`
	NetworkACLID value.String `aws:"NetworkAclId"`
	SubnetID     value.String `aws:"SubnetId"`
}
