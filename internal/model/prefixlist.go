package model

import "github.com/vpclint/vpclint/internal/value"

// A ManagedPrefixList is a named list of ranges that routes and rules refer to. AWS: API_CreateManagedPrefixList.
type ManagedPrefixList struct {
	Meta    `tf:"aws_ec2_managed_prefix_list" aws:"AWS::EC2::PrefixList" api:"CreateManagedPrefixList"`
	Entries []PrefixListEntry `aws:"Entries" tf:"entry"`
	// Inline is the whole of the entries, for what of it isn't known.
	Inline Presence `aws:"Entries" tf:"entry"`
}

// A PrefixListEntry is a range that is written inside its list.
type PrefixListEntry struct {
	Block
	CIDR value.String `aws:"Cidr"`
}

// A ManagedPrefixListEntry is a range that Terraform writes apart from its list.
type ManagedPrefixListEntry struct {
	Meta         `tf:"aws_ec2_managed_prefix_list_entry"`
	PrefixListID value.String `aws:"PrefixListId"`
	CIDR         value.String `aws:"Cidr"`
}
