package networktest

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
)

// A maker makes a random network: small, and rich in what is nearly something else.
type maker struct {
	*rand.Rand
	n *Network
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

func random(seed uint64) *Network {
	m := &maker{Rand: newRand(seed), n: &Network{}}
	for range 1 + m.IntN(5)/4 {
		m.vpc()
	}
	for range 1 + m.IntN(4) {
		m.subnet()
	}
	m.gateways()
	m.tables()
	for range m.IntN(4) {
		m.group()
	}
	for g := range m.n.Groups {
		m.rules(g)
	}
	for range m.IntN(4) {
		m.endpoint()
	}
	for range 1 + m.IntN(2) {
		m.workload()
	}
	return m.n
}

// often is true in n of ten cases.
func (m *maker) often(n int) bool { return m.IntN(10) < n }

func pick[T any](m *maker, of ...T) T { return of[m.IntN(len(of))] }

func (m *maker) vpc() {
	id := len(m.n.VPCs)
	v := VPC{
		Default: id == 0 && m.often(1), Support: m.often(8), Hostnames: m.often(7), IPv6: m.often(4),
		Blocks: []netip.Prefix{prefix("10.%d.0.0/16", id)}, FlowLog: m.often(5),
	}
	if v.Default {
		v.Blocks[0] = prefix("172.31.0.0/16")
	} else if m.often(2) {
		v.Blocks = append(v.Blocks, prefix("100.64.%d.0/24", id))
	}
	v.Own, v.Main, v.Group = len(m.n.Tables), len(m.n.Tables), len(m.n.Groups)
	m.n.Tables = append(m.n.Tables, Table{VPC: id, Own: true})
	m.n.Groups = append(m.n.Groups, Group{VPC: id, Default: true, Adopted: m.often(2)})
	m.n.VPCs = append(m.n.VPCs, v)
}

func prefix(format string, args ...any) netip.Prefix {
	return netip.MustParsePrefix(fmt.Sprintf(format, args...))
}

func (m *maker) subnet() {
	id := len(m.n.Subnets)
	vpc := m.IntN(len(m.n.VPCs))
	v := m.n.VPCs[vpc]
	s := Subnet{
		VPC: vpc, Zone: pick(m, "eu-west-1a", "eu-west-1b"), IPv6: v.IPv6 && m.often(7), AutoIPv4: m.often(2), Table: -1,
	}
	s.AutoIPv6 = s.IPv6 && m.often(3)
	base := v.Blocks[0].Addr().As4()
	base[2] = byte(16 * id)
	s.CIDR = netip.PrefixFrom(netip.AddrFrom4(base), pick(m, 20, 24, 26, 28, 28))
	if len(v.Blocks) > 1 && m.often(5) {
		base = v.Blocks[1].Addr().As4()
		base[3] = byte(64 * id)
		s.CIDR = netip.PrefixFrom(netip.AddrFrom4(base), pick(m, 26, 28))
	}
	m.n.Subnets = append(m.n.Subnets, s)
}

// gateways gives VPCs what leads out of them.
func (m *maker) gateways() {
	n := m.n
	for vpc, v := range n.VPCs {
		switch {
		case v.Default:
			n.Gateways = append(n.Gateways, Gateway{VPC: vpc, Implicit: true})
			own := &n.Tables[v.Own]
			own.Routes = append(own.Routes, Route{everything4, Target{ToInternet, len(n.Gateways) - 1}})
		case m.often(8):
			n.Gateways = append(n.Gateways, Gateway{VPC: vpc, Apart: m.often(2)})
		}
		if v.IPv6 && m.often(5) {
			n.Gateways = append(n.Gateways, Gateway{VPC: vpc, EgressOnly: true})
		}
	}
	if m.often(1) {
		n.Gateways = append(n.Gateways, Gateway{VPC: -1})
	}
	for range m.IntN(3) {
		nat := NAT{Subnet: m.IntN(len(n.Subnets))}
		// EC2 refuses a public one in a VPC without an internet gateway.
		nat.Private = m.often(2) || !slices.ContainsFunc(n.Gateways, func(g Gateway) bool {
			return g.VPC == n.Subnets[nat.Subnet].VPC && !g.EgressOnly
		})
		n.NATs = append(n.NATs, nat)
	}
}

var (
	everything4 = netip.MustParsePrefix("0.0.0.0/0")
	everything6 = netip.MustParsePrefix("::/0")
)

// destinations are sets of blocks that are routed alike: all of the internet, in one or in parts, and nearly all of it.
var destinations = [][]string{
	{"0.0.0.0/0"}, {"0.0.0.0/0"}, {"0.0.0.0/0"},
	{"::/0"}, {"0.0.0.0/0", "::/0"},
	{"0.0.0.0/1", "128.0.0.0/1"}, {"0.0.0.0/1"}, {"128.0.0.0/1"},
	{"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"}, {"0.0.0.0/1", "128.0.0.0/2"},
	{"::/1", "8000::/1"}, {"8000::/1"}, {"2000::/3"},
	{"10.9.0.0/16"}, {"10.0.0.0/8"}, {"52.95.128.0/21"}, {"203.0.113.7/32"},
}

// tables gives subnets their route tables, and tables their routes.
func (m *maker) tables() {
	n := m.n
	for vpc := range n.VPCs {
		for range m.IntN(3) {
			n.Tables = append(n.Tables, Table{VPC: vpc, Inline: m.often(4)})
		}
		own := &n.Tables[n.VPCs[vpc].Own]
		if m.often(2) {
			// Adopting takes the default VPC's route away.
			own.Adopted, own.Inline, own.Routes = true, m.often(5), nil
		}
	}
	for t := range n.Tables {
		table := &n.Tables[t]
		if table.Own && !table.Adopted && m.often(8) {
			continue
		}
		for range m.IntN(3) {
			m.route(table)
		}
	}
	for vpc := range n.VPCs {
		if own := m.tablesOf(vpc, false); len(own) > 0 && m.often(1) {
			n.VPCs[vpc].Main = pick(m, own...)
		}
	}
	for s := range n.Subnets {
		if own := m.tablesOf(n.Subnets[s].VPC, false); len(own) > 0 && m.often(7) {
			n.Subnets[s].Table = pick(m, own...)
		}
	}
	m.classic()
}

// classic gives a NAT gateway's subnet a way to the internet, and another subnet one to it.
func (m *maker) classic() {
	n := m.n
	gateway := func(vpc int) int {
		return slices.IndexFunc(n.Gateways, func(g Gateway) bool { return g.VPC == vpc && !g.EgressOnly })
	}
	for i, nat := range n.NATs {
		vpc := n.Subnets[nat.Subnet].VPC
		if gateway(vpc) < 0 || m.often(4) {
			continue
		}
		for s := range n.Subnets {
			to := Route{everything4, Target{ToNAT, i}}
			if s == nat.Subnet {
				to.Target = Target{ToInternet, gateway(vpc)}
			}
			if n.Subnets[s].VPC == vpc && m.often(8) {
				n.Subnets[s].Table = len(n.Tables)
				n.Tables = append(n.Tables, Table{VPC: vpc, Inline: m.often(4), Routes: []Route{to}})
			}
		}
		return
	}
}

// tablesOf returns the tables of a VPC, its own among them if that is asked for.
func (m *maker) tablesOf(vpc int, own bool) (out []int) {
	for i, t := range m.n.Tables {
		if t.VPC == vpc && (own || !t.Own) {
			out = append(out, i)
		}
	}
	return out
}

func (m *maker) route(t *Table) {
	to := pick(m, destinations...)
	var targets []Target
	for i, g := range m.n.Gateways {
		switch {
		case g.VPC != t.VPC:
		case g.EgressOnly:
			targets = append(targets, Target{ToEgressOnly, i})
		default:
			targets = append(targets, Target{ToInternet, i}, Target{ToInternet, i}, Target{ToInternet, i})
		}
	}
	for i, nat := range m.n.NATs {
		if m.n.Subnets[nat.Subnet].VPC == t.VPC {
			targets = append(targets, Target{ToNAT, i}, Target{ToNAT, i})
		}
	}
	targets = append(targets, Target{pick(m, ToTransit, ToPeering, ToVPN), 0})
	target := pick(m, targets...)
	for _, text := range to {
		block := netip.MustParsePrefix(text)
		six := block.Addr().Is6()
		switch {
		case six && !m.n.VPCs[t.VPC].IPv6, six && target.Kind == ToNAT, !six && target.Kind == ToEgressOnly:
			continue
		case slices.ContainsFunc(t.Routes, func(r Route) bool { return r.To == block }):
			continue // EC2 refuses a second route to one destination
		}
		t.Routes = append(t.Routes, Route{block, target})
	}
}

// services are what endpoints are for.
var services = []string{"s3", "s3", "sagemaker.api", "sagemaker.runtime", "sagemaker.api", "sagemaker.runtime", "studio", "sts", "logs"}

func (m *maker) endpoint() {
	vpc := m.IntN(len(m.n.VPCs))
	e := Endpoint{VPC: vpc, Service: pick(m, services...), Policy: pick(m, NoPolicy, AllowAll, AllowService, AllowAccount, AllowBucket, DenyPackages), Apart: m.often(3)}
	e.Gateway = e.Service == "s3" && m.often(7)
	if e.Gateway {
		for _, t := range m.tablesOf(vpc, m.n.VPCs[vpc].Own == m.n.VPCs[vpc].Main) {
			if m.often(6) {
				e.Tables = append(e.Tables, t)
			}
		}
	} else {
		for s, subnet := range m.n.Subnets {
			if subnet.VPC == vpc && m.often(6) && !m.zoneTaken(e, subnet.Zone) {
				e.Subnets = append(e.Subnets, s)
			}
		}
		e.Groups = m.groupsOf(vpc, 7)
		e.PrivateDNS = m.often(7)
	}
	for _, other := range m.n.Endpoints {
		if other.VPC == vpc && other.Service == e.Service && other.Gateway == e.Gateway {
			return // EC2 refuses a second one with private DNS, and a second route of one table
		}
	}
	m.n.Endpoints = append(m.n.Endpoints, e)
}

// zoneTaken reports whether an endpoint has a subnet in a zone, of which it may have one.
func (m *maker) zoneTaken(e Endpoint, zone string) bool {
	return slices.ContainsFunc(e.Subnets, func(s int) bool { return m.n.Subnets[s].Zone == zone })
}

// groupsOf chooses some groups of a VPC.
func (m *maker) groupsOf(vpc, often int) (out []int) {
	for g, group := range m.n.Groups {
		if group.VPC == vpc && m.often(often) && (!group.Default || m.often(2)) {
			out = append(out, g)
		}
	}
	return out
}

func (m *maker) group() {
	m.n.Groups = append(m.n.Groups, Group{VPC: m.IntN(len(m.n.VPCs)), Style: Style(m.IntN(3))})
}

// ports are protocols and ports that matter, or nearly do.
var ports = []Rule{
	{Protocol: "-1"}, {Protocol: "-1"}, {Protocol: "-1"},
	{Protocol: "tcp", From: 443, To: 443}, {Protocol: "tcp", From: 443, To: 443}, {Protocol: "tcp", From: 0, To: 65535},
	{Protocol: "tcp", From: 8192, To: 65535}, {Protocol: "tcp", From: 8193, To: 65535}, {Protocol: "tcp", From: 80, To: 442},
	{Protocol: "tcp", From: 22, To: 22}, {Protocol: "udp", From: 0, To: 65535}, {Protocol: "udp", From: 443, To: 443},
}

func (m *maker) rules(g int) {
	group := &m.n.Groups[g]
	if group.Default && !group.Adopted {
		// What AWS gives it: everything from itself, and everything out. AWS: VPC user guide, "Default security groups".
		group.Ingress = []Rule{{Protocol: "-1", Group: g}}
		group.Egress = []Rule{{Protocol: "-1", Peer: everything4}}
		if m.n.VPCs[group.VPC].IPv6 {
			group.Egress = append(group.Egress, Rule{Protocol: "-1", Peer: everything6})
		}
		return
	}
	if group.Adopted {
		group.Style = Inline
	}
	group.Ingress, group.Egress = m.someRules(g), m.someRules(g)
}

func (m *maker) someRules(g int) (out []Rule) {
	group := m.n.Groups[g]
	for range m.IntN(3) {
		r := pick(m, ports...)
		var peers []int
		for other, o := range m.n.Groups {
			if o.VPC == group.VPC {
				peers = append(peers, other)
			}
		}
		switch {
		case m.often(4):
			r.Group = g
		case m.often(2):
			r.Group = pick(m, peers...)
		default:
			block := m.n.VPCs[group.VPC].Blocks[0]
			half := netip.PrefixFrom(block.Addr(), block.Bits()+1)
			r.Peer = pick(m, everything4, block, half, prefix("10.0.0.0/8"), everything6, prefix("192.0.2.0/24"), prefix("0.0.0.0/1"))
			if len(m.n.Subnets) > 0 && m.often(2) {
				r.Peer = pick(m, m.n.Subnets...).CIDR
			}
		}
		// EC2 refuses the same rule twice.
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

func (m *maker) workload() {
	n := m.n
	w := Workload{Kind: Kind(m.IntN(4)), Count: pick(m, 1, 1, 2, 3, 8), Direct: m.often(3), VPCOnly: m.often(8)}
	home := pick(m, n.Subnets...).VPC
	for s, subnet := range n.Subnets {
		if subnet.VPC == home && (m.often(6) || len(w.Subnets) == 0) {
			w.Subnets = append(w.Subnets, s)
		}
	}
	if w.Kind == Notebook {
		w.Subnets = w.Subnets[:1]
	}
	if w.Kind != Training {
		w.Count = 1
	}
	from := home
	if m.often(1) {
		from = m.IntN(len(n.VPCs))
	}
	if w.Groups = m.groupsOf(from, 6); len(w.Groups) > 5 {
		w.Groups = w.Groups[:5]
	}
	if m.often(9) && len(w.Groups) == 0 {
		for g, group := range n.Groups {
			if group.VPC == from && (len(w.Groups) == 0 || !group.Default) {
				w.Groups = []int{g}
			}
		}
	}
	n.Workloads = append(n.Workloads, w)
}
