package networktest

import (
	"net/netip"
)

// A hop is where a packet goes next.
type hop int

const (
	dropped hop = iota
	local
	toInternet   // over an internet gateway, as it is
	toTranslated // to the internet with an address of a NAT gateway's, or over an egress-only gateway
	elsewhere    // to where the network isn't known any more
)

// addresses returns addresses at and beside the edges of every block of routes and of VPCs, so that between any two of
// them nothing changes.
func (n *Network) addresses() (out []netip.Addr) {
	var blocks []netip.Prefix
	for _, t := range n.Tables {
		for _, r := range t.Routes {
			blocks = append(blocks, r.To)
		}
	}
	for _, v := range n.VPCs {
		blocks = append(blocks, v.Blocks...)
	}
	blocks = append(blocks, everything4, everything6, prefix("8.8.8.8/32"), prefix("2001:4860:4860::8888/128"))
	for _, b := range blocks {
		out = append(out, around(b)...)
	}
	return out
}

// around returns the first and the last address of a block, and those beside them.
func around(p netip.Prefix) (out []netip.Addr) {
	first, last := p.Masked().Addr(), lastOf(p)
	for _, a := range []netip.Addr{first, last, first.Prev(), last.Next()} {
		if a.IsValid() {
			out = append(out, a)
		}
	}
	return out
}

// lastOf returns the last address of a block.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < 8*len(b); i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// longest returns the route of a table that a packet takes, of those that are of a kind if one is given.
func (n *Network) longest(table int, to netip.Addr, only ...TargetKind) (found *Route) {
	for i := range n.Tables[table].Routes {
		r := &n.Tables[table].Routes[i]
		if r.To.Contains(to) && (len(only) == 0 || r.Target.Kind == only[0]) && (found == nil || r.To.Bits() > found.To.Bits()) {
			found = r
		}
	}
	return found
}

// walk follows a packet for an address from a subnet.
func (n *Network) walk(subnet int, to netip.Addr) hop { return n.follow(subnet, to, len(n.NATs)) }

// follow follows it through so many NAT gateways at most: where they lead to each other it goes round.
func (n *Network) follow(subnet int, to netip.Addr, left int) hop {
	vpc := n.VPCs[n.Subnets[subnet].VPC]
	for _, b := range vpc.Blocks {
		if b.Contains(to) {
			return local
		}
	}
	r := n.longest(n.effective(subnet), to)
	if r == nil {
		return dropped
	}
	switch r.Target.Kind {
	case ToInternet:
		return toInternet
	case ToEgressOnly:
		return toTranslated
	case ToNAT:
		nat := n.NATs[r.Target.ID]
		if left == 0 {
			return dropped
		}
		switch h := n.follow(nat.Subnet, to, left-1); {
		case h == toInternet && nat.Private:
			return dropped // an internet gateway drops what has a private address. AWS: "NAT gateways"
		case h == toInternet:
			return toTranslated
		default:
			return h
		}
	}
	return elsewhere
}

// unicast is all of IPv6 that the internet has: a route for it is for the internet, as one for ::/0 is.
var unicast = prefix("2000::/3")

// public reports whether a subnet is: the routes of its table to an internet gateway have a way for every address of a
// family. Routes that take some of these packets elsewhere don't count: what comes in over the gateway comes in all the same.
// AWS: VPC user guide, "Subnet types".
func (n *Network) public(subnet int) bool {
	table := n.effective(subnet)
	all := map[bool]bool{false: true, true: true}
	for _, a := range n.addresses() {
		if unicast.Contains(a) == a.Is6() && n.longest(table, a, ToInternet) == nil {
			all[a.Is6()] = false
		}
	}
	return all[false] || all[true]
}
