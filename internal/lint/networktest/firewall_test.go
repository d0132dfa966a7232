package networktest

import (
	"net/netip"
	"slices"
)

// A probe is a packet of a protocol to a port.
type probe struct {
	protocol string
	port     int
}

// edges are ports at and beside the edges of every range that is generated.
var edges = map[int]bool{
	0: true, 1: true, 21: true, 22: true, 23: true, 79: true, 80: true, 442: true, 443: true, 444: true,
	8191: true, 8192: true, 8193: true, 65534: true, 65535: true,
}

var studioPorts = []probe{{"tcp", 8192}, {"tcp", 8193}, {"tcp", 65534}, {"tcp", 65535}}

// everyKind are packets of every kind: of TCP and UDP at every port that matters, and of a protocol without ports.
func (n *Network) everyKind() []probe {
	out := []probe{{"50", 0}}
	for port := range edges {
		out = append(out, probe{"tcp", port}, probe{"udp", port})
	}
	return out
}

// An end is an interface with an address.
type end struct {
	groups []int
	addr   netip.Addr
}

// lets reports whether a rule is about a kind of packet.
func (r Rule) lets(protocol string, port int) bool {
	return r.Protocol == "-1" || r.Protocol == protocol && r.From <= port && port <= r.To
}

// lets reports whether one of some groups lets a packet out to the other end, or in from it.
func (n *Network) lets(groups []int, out bool, other end, p probe) bool {
	for _, g := range groups {
		rules := n.Groups[g].Ingress
		if out {
			rules = n.Groups[g].Egress
		}
		for _, r := range rules {
			if r.lets(p.protocol, p.port) && (r.Peer.IsValid() && r.Peer.Contains(other.addr) || !r.Peer.IsValid() && slices.Contains(other.groups, r.Group)) {
				return true
			}
		}
	}
	return false
}

// among reports whether packets get from any interface of one workload to any of another, through the groups of the second,
// and of the first if its side counts.
func (n *Network) among(from, to Workload, packets []probe, leave bool) bool {
	sources, targets := n.interfaces(from), n.interfaces(to)
	for _, a := range sources {
		for _, b := range targets {
			for _, p := range packets {
				if leave && !n.lets(a.groups, true, b, p) || !n.lets(b.groups, false, a, p) {
					return false
				}
			}
		}
	}
	return true
}

// interfaces are those that a workload may have: at the edges of its subnets, and of what rules are about within them.
func (n *Network) interfaces(w Workload) (out []end) {
	var blocks []netip.Prefix
	for _, g := range n.Groups {
		for _, r := range slices.Concat(g.Ingress, g.Egress) {
			if r.Peer.IsValid() {
				blocks = append(blocks, r.Peer)
			}
		}
	}
	for _, s := range w.Subnets {
		cidr := n.Subnets[s].CIDR
		for _, b := range append(blocks, cidr) {
			for _, a := range around(b) {
				if cidr.Contains(a) {
					out = append(out, end{w.Groups, a})
				}
			}
		}
	}
	if len(w.Subnets) == 0 {
		out = append(out, end{groups: w.Groups})
	}
	return out
}

// everywhere reports whether rules let a kind of packet through for every address of a family.
func (n *Network) everywhere(rules []Rule, p probe) bool {
	all := map[bool]bool{false: true, true: true}
	blocks := []netip.Prefix{everything4, everything6}
	for _, r := range rules {
		if r.Peer.IsValid() {
			blocks = append(blocks, r.Peer)
		}
	}
	for _, b := range blocks {
		for _, a := range around(b) {
			if !slices.ContainsFunc(rules, func(r Rule) bool { return r.lets(p.protocol, p.port) && r.Peer.IsValid() && r.Peer.Contains(a) }) {
				all[a.Is6()] = false
			}
		}
	}
	return all[false] || all[true]
}
