package networktest

import (
	"net/netip"
	"slices"
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
	blocks = append(blocks, reserved...)
	blocks = append(blocks, everything4, everything6, prefix("8.8.8.8/32"), assigned)
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

// reserved are the ranges of IPv4 that no router of the internet knows, and assigned is what it knows of IPv6.
// IANA: special-purpose address registries.
var (
	reserved = []netip.Prefix{
		prefix("0.0.0.0/8"), prefix("10.0.0.0/8"), prefix("100.64.0.0/10"), prefix("127.0.0.0/8"), prefix("169.254.0.0/16"),
		prefix("172.16.0.0/12"), prefix("192.0.0.0/24"), prefix("192.0.2.0/24"), prefix("192.168.0.0/16"), prefix("198.18.0.0/15"),
		prefix("198.51.100.0/24"), prefix("203.0.113.0/24"), prefix("224.0.0.0/3"),
	}
	assigned = prefix("2000::/3")
)

// routable reports whether an address is one of the internet's.
func routable(a netip.Addr) bool {
	if a.Is6() {
		return assigned.Contains(a)
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}

// An answer is whether packets go a way.
type answer int

const (
	no answer = iota
	perhaps
	yes
)

// leads says whether packets from a subnet for the internet go a way, by what each route's target does: the routes that go it
// have one for every address of a family, and to some addresses no longer one takes the packets elsewhere.
func (n *Network) leads(subnet int, six bool, goes func(Target) answer) answer {
	return n.way(subnet, six, goes, true)
}

func (n *Network) way(subnet int, six bool, goes func(Target) answer, mustLeave bool) answer {
	routes := n.Tables[n.effective(subnet)].Routes
	going := make([]answer, len(routes))
	for i, r := range routes {
		going[i] = goes(r.Target)
	}
	result := no
	for _, least := range []answer{perhaps, yes} {
		covered, left := true, false
		for _, a := range n.addresses() {
			if a.Is6() != six || !routable(a) {
				continue
			}
			longest, there := -1, false
			for i, r := range routes {
				if !r.To.Contains(a) {
					continue
				}
				there = there || going[i] >= least
				if longest < 0 || r.To.Bits() > routes[longest].To.Bits() {
					longest = i
				}
			}
			covered = covered && there
			left = left || there && going[longest] >= least
		}
		if covered && (left || !mustLeave) {
			result = least
		}
	}
	return result
}

// public reports whether a subnet has a way to an internet gateway for every address of a family. Routes that take packets
// elsewhere don't count: what comes in over the gateway comes in all the same. AWS: VPC user guide, "Subnet types".
func (n *Network) public(subnet int) bool {
	gateway := func(t Target) answer {
		if t.Kind == ToInternet {
			return yes
		}
		return no
	}
	return n.way(subnet, false, gateway, false) == yes || n.way(subnet, true, gateway, false) == yes
}

// out says whether a subnet's packets get to the internet though they have no public address, by NAT or an egress-only gateway.
func (n *Network) out(subnet int, six bool) answer {
	return n.leads(subnet, six, func(t Target) answer {
		switch t.Kind {
		case ToEgressOnly:
			return yes
		case ToNAT:
			return n.translates(n.NATs[t.ID])
		case ToTransit, ToVPN:
			return perhaps // where the network isn't known any more
		}
		// An internet gateway drops them, a peering leads to the other VPC's addresses only: "VPC peering limitations".
		return no
	})
}

// translates says whether a NAT gateway gets packets to the internet: with a public address of its own, or perhaps by what is
// behind a transit gateway. It has to stand in a public subnet, and not behind another. AWS: "NAT gateways".
func (n *Network) translates(nat NAT) answer {
	return n.leads(nat.Subnet, false, func(t Target) answer {
		switch t.Kind {
		case ToInternet:
			return is(!nat.Private)
		case ToTransit, ToVPN:
			return perhaps
		}
		return no
	})
}
