// Package networktest judges random small networks twice: by vpclint, from each way in which they can be written down, and
// by a walk of packets through them that shares no code with it.
//
// A Network is plain data without anything unknown. Writers spell it in Terraform, in CloudFormation and as what EC2's
// describe commands answer; walk and expect say what is true of it and which verdicts follow from the catalogue.
package networktest

import (
	"fmt"
	"net/netip"
	"slices"
)

// A Network is a small account. Things name each other by their places in these lists; none is -1.
type Network struct {
	VPCs      []VPC
	Subnets   []Subnet
	Tables    []Table
	Gateways  []Gateway
	NATs      []NAT
	Endpoints []Endpoint
	Groups    []Group
	Workloads []Workload
}

// A VPC has a route table and a security group that come with it.
type VPC struct {
	// Default is the account's default VPC, whose own table leads to an internet gateway.
	Default            bool
	Support, Hostnames bool
	// Blocks are its ranges of IPv4; the first is its own, the others are associated.
	Blocks []netip.Prefix
	IPv6   bool
	// Own is the table that comes with it, Main the one that is its main table, which may have been replaced.
	Own, Main int
	// Group is its default security group.
	Group   int
	FlowLog bool
}

// A Subnet is a range in one zone.
type Subnet struct {
	VPC                int
	CIDR               netip.Prefix
	IPv6               bool
	Zone               string
	AutoIPv4, AutoIPv6 bool
	Table              int
}

// A Table is a route table.
type Table struct {
	VPC int
	// Own tables come with their VPC: Adopted ones are managed, which takes every route away that isn't written.
	Own, Adopted bool
	Routes       []Route
	// Inline routes are written in the table where the spelling has that.
	Inline bool
}

// A Route leads from a table to a target.
type Route struct {
	To     netip.Prefix
	Target Target
}

// A Target is where a route leads: a kind, and which one of that kind.
type Target struct {
	Kind TargetKind
	ID   int
}

// A TargetKind is a kind of target.
type TargetKind int

// The kinds of targets. What is behind the last three isn't part of the network.
const (
	ToInternet TargetKind = iota
	ToNAT
	ToEgressOnly
	ToTransit
	ToPeering
	ToVPN
)

// A Gateway is an internet gateway, or an egress-only one.
type Gateway struct {
	VPC        int // -1 where it is attached to none
	EgressOnly bool
	// Implicit is the gateway of the default VPC, which nobody writes.
	Implicit bool
	// Apart is set where the attachment is written apart from it, as CloudFormation always does.
	Apart bool
}

// A NAT is a NAT gateway.
type NAT struct {
	Subnet  int
	Private bool
}

// An Endpoint is a VPC endpoint.
type Endpoint struct {
	VPC     int
	Service string
	Gateway bool
	Tables  []int
	Subnets []int
	// Groups are those of its interfaces; none is the VPC's default group.
	Groups     []int
	PrivateDNS bool
	Policy     Policy
	// Apart is set where tables, subnets, groups and policy are written apart from it in Terraform.
	Apart bool
}

// A Policy is what kind of policy an endpoint has.
type Policy int

// The policies.
const (
	NoPolicy Policy = iota
	AllowAll
	AllowService // every action of the service, on everything
	AllowAccount // everything, for the principals of one account
	AllowBucket  // reading one bucket
	DenyPackages // everything but the package repositories of Amazon Linux
)

// A Group is a security group.
type Group struct {
	VPC int
	// Default groups come with their VPC: Adopted ones are managed, which takes every rule away that isn't written.
	Default, Adopted bool
	Ingress, Egress  []Rule
	Style            Style
}

// A Style is how a group's rules are written in Terraform; CloudFormation writes them inline, or apart.
type Style int

// The styles.
const (
	Inline Style = iota
	OldRules
	NewRules
)

// A Rule lets one protocol through to one peer.
type Rule struct {
	Protocol string // "-1", "tcp", "udp"
	From, To int
	// Peer is a range of addresses; Group, where there is none, a group.
	Peer  netip.Prefix
	Group int
}

// A Workload is SageMaker's.
type Workload struct {
	Kind    Kind
	Subnets []int
	Groups  []int
	Count   int
	// Direct is a notebook's direct internet access, VPCOnly a domain's access type.
	Direct, VPCOnly bool
}

// A Kind is a kind of workload.
type Kind int

// The kinds.
const (
	Training Kind = iota
	Model
	Notebook
	Domain
)

// effective returns a subnet's route table.
func (n *Network) effective(subnet int) int {
	if t := n.Subnets[subnet].Table; t >= 0 {
		return t
	}
	return n.VPCs[n.Subnets[subnet].VPC].Main
}

// block6 is the range of IPv6 that a VPC or one of its subnets has, where it has one.
func (n *Network) block6(vpc, subnet int) netip.Prefix {
	if subnet < 0 {
		return netip.MustParsePrefix(fmt.Sprintf("2600:1f00:%x::/56", 0x1000+vpc))
	}
	return netip.MustParsePrefix(fmt.Sprintf("2600:1f00:%x:%x::/64", 0x1000+vpc, subnet))
}

// inTemplates reports whether CloudFormation can write it: it has no default VPCs, and can't reach a VPC's own table.
func (n *Network) inTemplates() bool {
	for _, v := range n.VPCs {
		if v.Default || v.Main != v.Own {
			return false
		}
	}
	for i, t := range n.Tables {
		named := slices.ContainsFunc(n.Endpoints, func(e Endpoint) bool { return slices.Contains(e.Tables, i) })
		if t.Own && (len(t.Routes) > 0 || named) {
			return false
		}
	}
	for _, g := range n.Groups {
		if g.Default && g.Adopted {
			return false
		}
	}
	return true
}
