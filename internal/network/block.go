package network

import (
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// defaultBlock is the range of every default VPC. AWS: VPC user guide, "Default VPC components".
const defaultBlock = "172.31.0.0/16"

// blocks links VPCs with their ranges of addresses.
func (l *linker) blocks(e *model.Estate) {
	strays := newDoubts()
	for _, v := range l.graph.VPCs {
		switch r := v.Resource.(type) {
		case *model.VPC:
			v.own(r.CIDRBlock, r.IPv6CIDRBlock, r.AmazonProvidedIPv6CIDRBlock)
		case *model.DefaultVPC:
			main := r.CIDRBlock
			if main.Kind() == value.KindAbsent {
				main.Value = value.OfString(defaultBlock)
			}
			v.own(main, r.IPv6CIDRBlock, value.Bool{})
		}
		v.BlocksComplete = v.BlocksComplete.And(l.unread(v))
	}
	for _, r := range e.VPCCIDRBlocks {
		edges, _ := resolve(l, r.VPCID.Value, l.vpcs, "VPC")
		for _, edge := range edges {
			switch {
			case edge.To != nil:
				edge.To.Blocks = append(edge.To.Blocks, blocksOf(
					r.CIDRBlock, r.IPv6CIDRBlock, r.AmazonProvidedIPv6CIDRBlock, belongs(r, edge.To, edge.Holds).And(r.Exists()))...)
			case edge.Name == "" && edge.Holds.Known() != tri.False:
				l.doubt(strays, edge.member, r.Addr().Unit, stray(r, edge, "it is not known which VPC "+r.Subject()+" is for"))
			}
		}
	}
	for _, v := range l.graph.VPCs {
		v.BlocksComplete = v.BlocksComplete.And(strays.of(v, []value.Address{v.Head().Addr()}))
	}
}

// own notes the ranges that a VPC says itself.
func (v *VPC) own(main, ipv6 value.String, generated value.Bool) {
	v.Blocks = blocksOf(main, ipv6, generated, value.Yes())
	v.BlocksComplete = value.Yes()
	switch {
	case main.Kind() == value.KindAbsent:
		v.BlocksComplete = value.Unknowable("the range of "+v.Head().Subject()+" is chosen by an address pool", main.Origin())
	case v.Head().Raw.Fact && main.Kind() == value.KindOpaque:
		v.BlocksComplete = value.Unknowable(main.Reason(), main.Origin())
	}
}

// blocksOf returns the ranges that are written beside each other.
func blocksOf(cidr, ipv6 value.String, generated value.Bool, holds value.Truth) []Block {
	var out []Block
	if cidr.Kind() != value.KindAbsent {
		out = append(out, Block{CIDR: cidr, Generated: value.No(), Holds: holds})
	}
	given := ipv6.Kind() != value.KindAbsent
	if chosen := generated.IsTrue(); given || chosen.Known() != tri.False {
		b := Block{IPv6CIDR: ipv6, Generated: chosen, Holds: holds}
		if !given {
			b.Holds = holds.And(chosen)
		}
		out = append(out, b)
	}
	return out
}
