package model

import "github.com/vpclint/vpclint/internal/value"

// Traffic is what a rule of a security group is about. A protocol is a name, or a number of IP's; -1 is every one.
// AWS: API_IpPermission.
type Traffic struct {
	IPProtocol value.String `aws:"IpProtocol" tf:"protocol"`
	FromPort   value.Int    `aws:"FromPort"`
	ToPort     value.Int    `aws:"ToPort"`
}

// An IngressRule is a rule that is written inside a security group: one peer in CloudFormation, any number in Terraform.
// AWS: API_IpPermission.
type IngressRule struct {
	Block
	Traffic
	CIDRs          value.Strings `aws:"CidrIp" tf:"cidr_blocks"`
	IPv6CIDRs      value.Strings `aws:"CidrIpv6" tf:"ipv6_cidr_blocks"`
	PrefixListIDs  value.Strings `aws:"SourcePrefixListId" tf:"prefix_list_ids"`
	SecurityGroups value.Strings `aws:"SourceSecurityGroupId" tf:"security_groups"`
	// GroupName names a peer of a default VPC.
	GroupName value.String `aws:"SourceSecurityGroupName" tf:"-"`
	// Self admits what comes from the group itself.
	Self value.Bool `aws:"-" tf:"self" default:"false"`
}

// An EgressRule is an IngressRule in the other direction.
type EgressRule struct {
	Block
	Traffic
	CIDRs          value.Strings `aws:"CidrIp" tf:"cidr_blocks"`
	IPv6CIDRs      value.Strings `aws:"CidrIpv6" tf:"ipv6_cidr_blocks"`
	PrefixListIDs  value.Strings `aws:"DestinationPrefixListId" tf:"prefix_list_ids"`
	SecurityGroups value.Strings `aws:"DestinationSecurityGroupId" tf:"security_groups"`
	Self           value.Bool    `aws:"-" tf:"self" default:"false"`
}

// A SecurityGroup says who may talk to the interfaces that it is on. Where no rule lets anything out, Terraform's aws provider
// closes it, and AWS (so CloudFormation and the Cloud Control provider) opens it to everyone. AWS: API_CreateSecurityGroup.
type SecurityGroup struct {
	Meta        `tf:"aws_security_group" aws:"AWS::EC2::SecurityGroup" api:"CreateSecurityGroup"`
	VPCID       value.String  `aws:"VpcId"`
	GroupName   value.String  `aws:"GroupName" tf:"name"`
	Description value.String  `aws:"GroupDescription" api:"Description" tf:"description"`
	Ingress     []IngressRule `aws:"SecurityGroupIngress" api:"-" tf:"ingress"`
	Egress      []EgressRule  `aws:"SecurityGroupEgress" api:"-" tf:"egress"`
	// InlineIngress and InlineEgress are the whole of the inline rules, for what of it isn't known and for its absence.
	InlineIngress Presence `aws:"SecurityGroupIngress" api:"-" tf:"ingress"`
	InlineEgress  Presence `aws:"SecurityGroupEgress" api:"-" tf:"egress"`
}

// A DefaultSecurityGroup is a VPC's default security group, which Terraform adopts: it removes all rules but those written
// here.
type DefaultSecurityGroup struct {
	Meta          `tf:"aws_default_security_group"`
	VPCID         value.String  `aws:"VpcId"`
	Ingress       []IngressRule `aws:"-" tf:"ingress"`
	Egress        []EgressRule  `aws:"-" tf:"egress"`
	InlineIngress Presence      `aws:"-" tf:"ingress"`
	InlineEgress  Presence      `aws:"-" tf:"egress"`
}

// A SecurityGroupRule is a rule apart from its group, in the direction that it says, with any number of peers.
type SecurityGroupRule struct {
	Meta            `tf:"aws_security_group_rule"`
	SecurityGroupID value.String  `aws:"SecurityGroupId"`
	Type            value.String  `aws:"Type"`
	IPProtocol      value.String  `aws:"IpProtocol" tf:"protocol"`
	FromPort        value.Int     `aws:"FromPort"`
	ToPort          value.Int     `aws:"ToPort"`
	CIDRs           value.Strings `aws:"CidrIp" tf:"cidr_blocks"`
	IPv6CIDRs       value.Strings `aws:"CidrIpv6" tf:"ipv6_cidr_blocks"`
	PrefixListIDs   value.Strings `aws:"PrefixListId" tf:"prefix_list_ids"`
	SecurityGroups  value.Strings `aws:"SourceSecurityGroupId" tf:"source_security_group_id"`
	Self            value.Bool    `aws:"Self" default:"false"`
}

// A SecurityGroupIngress is a rule apart from its group, with one peer. AWS: API_AuthorizeSecurityGroupIngress.
type SecurityGroupIngress struct {
	Meta           `tf:"aws_vpc_security_group_ingress_rule" aws:"AWS::EC2::SecurityGroupIngress"`
	GroupID        value.String  `aws:"GroupId" tf:"security_group_id"`
	GroupName      value.String  `aws:"GroupName" tf:"-"`
	IPProtocol     value.String  `aws:"IpProtocol"`
	FromPort       value.Int     `aws:"FromPort"`
	ToPort         value.Int     `aws:"ToPort"`
	CIDRs          value.Strings `aws:"CidrIp" tf:"cidr_ipv4"`
	IPv6CIDRs      value.Strings `aws:"CidrIpv6" tf:"cidr_ipv6"`
	PrefixListIDs  value.Strings `aws:"SourcePrefixListId" tf:"prefix_list_id"`
	SecurityGroups value.Strings `aws:"SourceSecurityGroupId" tf:"referenced_security_group_id"`
	SourceName     value.String  `aws:"SourceSecurityGroupName" tf:"-"`
}

// A SecurityGroupEgress is a SecurityGroupIngress in the other direction. AWS: API_AuthorizeSecurityGroupEgress.
type SecurityGroupEgress struct {
	Meta           `tf:"aws_vpc_security_group_egress_rule" aws:"AWS::EC2::SecurityGroupEgress"`
	GroupID        value.String  `aws:"GroupId" tf:"security_group_id"`
	IPProtocol     value.String  `aws:"IpProtocol"`
	FromPort       value.Int     `aws:"FromPort"`
	ToPort         value.Int     `aws:"ToPort"`
	CIDRs          value.Strings `aws:"CidrIp" tf:"cidr_ipv4"`
	IPv6CIDRs      value.Strings `aws:"CidrIpv6" tf:"cidr_ipv6"`
	PrefixListIDs  value.Strings `aws:"DestinationPrefixListId" tf:"prefix_list_id"`
	SecurityGroups value.Strings `aws:"DestinationSecurityGroupId" tf:"referenced_security_group_id"`
}

// A SecurityGroupVPCAssociation makes a group one of another VPC too. AWS: API_AssociateSecurityGroupVpc.
type SecurityGroupVPCAssociation struct {
	Meta    `tf:"aws_vpc_security_group_vpc_association" aws:"AWS::EC2::SecurityGroupVpcAssociation" api:"AssociateSecurityGroupVpc"`
	GroupID value.String `aws:"GroupId" tf:"security_group_id"`
	VPCID   value.String `aws:"VpcId"`
}

// SecurityGroupRulesExclusive removes every rule of a group that it doesn't name.
type SecurityGroupRulesExclusive struct {
	Meta            `tf:"aws_vpc_security_group_rules_exclusive"`
	SecurityGroupID value.String  `aws:"SecurityGroupId"`
	IngressRuleIDs  value.Strings `aws:"IngressRuleIds"`
	EgressRuleIDs   value.Strings `aws:"EgressRuleIds"`
}
