package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/value"
)

// A NetworkACL filters what goes in and out of its subnets.
type NetworkACL struct {
	// Resource is the ACL, or the VPC that a default one comes with.
	model.Resource
	Default bool
	VPCs    []Edge[VPC]
	Subnets []Edge[Subnet]
	Entries []ACLEntry
	// Complete says in which worlds it has no other entries.
	Complete value.Truth
}

// An ACLEntry is one entry of a network ACL; of those that match a packet the one with the lowest number decides.
type ACLEntry struct {
	model.ACLRule
	// Egress says which way it filters.
	Egress value.Bool
	Holds  value.Truth
}

// acls links network ACLs with their subnets and entries.
func (l *linker) acls(*model.Estate) {}
