package network

import (
	"slices"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Lookup is a data source that finds VPCs, subnets or security groups which are there already.
type Lookup struct {
	Raw *resource.Raw
	// VPCs are those in which it looks; of one that finds a VPC there are none.
	VPCs []Edge[VPC]
	// Default says in which worlds what it finds is the account's default VPC, or in it.
	Default value.Truth
}

// FindsVPC reports whether it finds VPCs, rather than what is in one.
func (k *Lookup) FindsVPC() bool { return k.Raw.Type == "aws_vpc" || k.Raw.Type == "aws_vpcs" }

// lookup returns the data source that a value reads; nil where it reads none, or more than one.
func (l *linker) lookup(v value.Value) *Lookup {
	refs := v.Refs()
	if len(refs) == 0 {
		return nil
	}
	for _, ref := range refs[1:] {
		if ref.Addr != refs[0].Addr {
			return nil
		}
	}
	raw := l.known(refs[0].Addr)
	if raw == nil || !raw.Data || !slices.Contains(vpcLookups, raw.Type) {
		return nil
	}
	if found, ok := l.lookups[raw.Addr]; ok {
		return found
	}
	k := &Lookup{Raw: raw, Default: value.No()}
	l.lookups[raw.Addr] = k // before its VPC is asked for, which may lead back to it
	if k.FindsVPC() {
		k.Default = raw.Props.Attr("default").IsTrue().Or(filtered(raw, "is-default", "isDefault"))
		return k
	}
	k.Default = raw.Props.Attr("default_for_az").IsTrue().Or(filtered(raw, "default-for-az", "defaultForAz"))
	for _, v := range append(filters(raw, "vpc-id"), raw.Props.Attr("vpc_id")) {
		edges, _ := resolve(l, v, l.vpcs, "VPC")
		k.VPCs = append(k.VPCs, edges...)
	}
	if raw.Type == "aws_subnet" && len(k.VPCs) == 0 {
		subnets, _ := resolve(l, raw.Props.Attr("id"), l.subnets, "subnet")
		for _, s := range subnets {
			if s.To != nil {
				k.VPCs = append(k.VPCs, s.To.VPC)
			}
		}
	}
	for _, e := range k.VPCs {
		switch {
		case e.To != nil:
			k.Default = k.Default.Or(e.Holds.And(value.Always(tri.Of(e.To.Default), e.From)))
		case e.Lookup != nil && e.Lookup.FindsVPC():
			k.Default = k.Default.Or(e.Lookup.Default.Within(e.when))
		default:
			k.Default = k.Default.Or(value.Unknowable(e.Reason, e.From))
		}
	}
	if len(k.VPCs) == 0 && k.Default.Known() != tri.True {
		k.Default = k.Default.Or(value.Unknowable(raw.Subject+" is looked up during deployment", &value.Origin{Span: raw.Span}))
	}
	return k
}

// vpcLookups are the data sources that find VPCs, and what is in them.
var vpcLookups = []string{
	"aws_vpc", "aws_vpcs", "aws_subnet", "aws_subnets", "aws_subnet_ids", "aws_security_group", "aws_security_groups",
}

// filters returns the values of a data source's filters of one name.
func filters(data *resource.Raw, names ...string) []value.Value {
	var out []value.Value
	blocks, _ := data.Props.Attr("filter").Members()
	for _, b := range blocks {
		if name, known := b.Value.Attr("name").AsString(); known && slices.Contains(names, name) {
			out = append(out, b.Value.Attr("values"))
		}
	}
	return out
}

// filtered says in which worlds a data source filters by something being true.
func filtered(data *resource.Raw, names ...string) value.Truth {
	holds := value.No()
	for _, list := range filters(data, names...) {
		members, _ := list.Members()
		for _, m := range members {
			holds = holds.Or(m.Value.IsTrue().Within(m.When))
		}
	}
	return holds
}
