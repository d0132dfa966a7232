package firewall_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strconv"
	"testing"

	"github.com/vpclint/vpclint/analyzers/firewall"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A wallRule is one rule of a random group: its peer is a group, or addresses.
type wallRule struct {
	protocol string
	from, to int
	group    int
	cidr     netip.Prefix
}

// A wall is random groups on two sides, each in some subnets.
type wall struct {
	in, out [][]wallRule // by group
	sides   [2][]int     // groups
	subnets [2][]netip.Prefix
}

// A packet goes from an address on the other side.
type packet struct {
	protocol string
	port     int
}

func randomWall(r *rand.Rand) wall {
	blocks := []string{
		"0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/16", "10.0.1.0/24", "10.0.1.0/25", "10.0.1.128/25", "10.0.2.0/24", "::/0", "::/1", "8000::/1",
	}
	ports := []int{0, 22, 23, 443, 444, 8191, 8192, 65535}
	rule := func() wallRule {
		w := wallRule{protocol: []string{"-1", "tcp", "6", "udp", "all", "50"}[r.IntN(6)], group: -1}
		w.from, w.to = ports[r.IntN(len(ports))], ports[r.IntN(len(ports))]
		if w.from > w.to {
			w.from, w.to = w.to, w.from
		}
		if w.protocol == "-1" || w.protocol == "all" {
			w.from, w.to = 0, 0
		}
		if r.IntN(3) == 0 {
			w.group = r.IntN(3)
		} else {
			w.cidr = netip.MustParsePrefix(blocks[r.IntN(len(blocks))])
		}
		return w
	}
	w := wall{in: make([][]wallRule, 3), out: make([][]wallRule, 3)}
	for g := range w.in {
		for range r.IntN(5) {
			w.in[g] = append(w.in[g], rule())
		}
		for range r.IntN(5) {
			w.out[g] = append(w.out[g], rule())
		}
	}
	for s := range w.sides {
		w.sides[s] = r.Perm(3)[:1+r.IntN(2)]
		w.subnets[s] = []netip.Prefix{netip.MustParsePrefix("10.0.1.0/24"), netip.MustParsePrefix("10.0.2.0/26")}[r.IntN(2):][:1]
	}
	return w
}

// lets reports whether a rule lets a packet through that comes from, or is for, an address with groups.
func (w wallRule) lets(p packet, addr netip.Addr, groups []int) bool {
	switch {
	case w.protocol == "-1" || w.protocol == "all":
	case w.protocol == "6" && p.protocol == "tcp", w.protocol == p.protocol:
		if p.protocol != "50" && (p.port < w.from || p.port > w.to) {
			return false
		}
	default:
		return false
	}
	return w.group >= 0 && slices.Contains(groups, w.group) || w.cidr.IsValid() && w.cidr.Contains(addr)
}

// admits walks every packet of some traffic from one side to another.
func (w wall) admits(rules [][]wallRule, side, other int, packets []packet) bool {
	for _, subnet := range w.subnets[other] {
		for _, addr := range addresses(subnet) {
			for _, p := range packets {
				through := slices.ContainsFunc(w.sides[side], func(g int) bool {
					return slices.ContainsFunc(rules[g], func(r wallRule) bool { return r.lets(p, addr, w.sides[other]) })
				})
				if !through {
					return false
				}
			}
		}
	}
	return true
}

// addresses returns those of a subnet at the edges of what rules are about.
func addresses(subnet netip.Prefix) []netip.Addr {
	var out []netip.Addr
	for _, text := range []string{"10.0.1.0", "10.0.1.127", "10.0.1.128", "10.0.1.255", "10.0.2.0", "10.0.2.63"} {
		if a := netip.MustParseAddr(text); subnet.Contains(a) {
			out = append(out, a)
		}
	}
	return out
}

// everyPort are ports at and beside the edges of rules.
var everyPort = []int{0, 1, 21, 22, 23, 24, 442, 443, 444, 445, 8190, 8191, 8192, 8193, 65534, 65535}

// packetsOf returns the packets of some traffic.
func packetsOf(t firewall.Traffic) []packet {
	if t.Protocol == "-1" {
		out := []packet{{"50", 0}, {"47", 0}}
		for _, port := range everyPort {
			out = append(out, packet{"tcp", port}, packet{"udp", port})
		}
		return out
	}
	var out []packet
	for _, port := range everyPort {
		if port >= t.From && port <= t.To {
			out = append(out, packet{t.Protocol, port})
		}
	}
	return out
}

// everywhere reports whether rules let a packet through for all addresses of a family.
func everywhere(rules []wallRule, p packet) bool {
	all := func(addrs ...string) bool {
		return !slices.ContainsFunc(addrs, func(a string) bool {
			addr := netip.MustParseAddr(a)
			return !slices.ContainsFunc(rules, func(r wallRule) bool { return r.lets(p, addr, nil) })
		})
	}
	return all("0.0.0.0", "10.0.0.0", "10.0.1.200", "10.0.2.9", "127.255.255.255", "128.0.0.0", "255.255.255.255") || all("::", "7fff::", "8000::", "ffff::")
}

// A built wall is one as the analyzer sees it.
type built struct {
	groups []*network.SecurityGroup
	sides  [2]firewall.Side
}

func leafOf(v value.Value) value.Leaf { return value.Leaf{Value: v, Known: true} }

func (w wall) build() built {
	file := source.NewFile("wall", []byte("wall"))
	meta := func(name string) model.Meta {
		return model.Meta{Raw: &resource.Raw{Addr: value.Address{Name: name}, Subject: name, Span: file.Whole(), Exists: value.Yes()}}
	}
	var b built
	for g := range w.in {
		b.groups = append(b.groups, &network.SecurityGroup{
			Resource: &model.SecurityGroup{Meta: meta("g" + strconv.Itoa(g))}, IngressComplete: value.Yes(), EgressComplete: value.Yes(),
		})
	}
	permissions := func(g int, rules []wallRule) []network.Permission {
		var out []network.Permission
		for _, r := range rules {
			p := network.Permission{Resource: b.groups[g].Resource, Holds: value.Yes()}
			p.Traffic = model.Traffic{
				IPProtocol: value.String{Leaf: leafOf(value.OfString(r.protocol))},
				FromPort:   value.Int{Leaf: leafOf(value.OfInt(r.from))}, ToPort: value.Int{Leaf: leafOf(value.OfInt(r.to))},
			}
			switch {
			case r.group >= 0:
				p.Peer = model.Peer{Kind: model.PeerSecurityGroup}
				p.Groups = []network.Edge[network.SecurityGroup]{{To: b.groups[r.group], Holds: value.Yes()}}
			case r.cidr.Addr().Is4():
				p.Peer = model.Peer{Kind: model.PeerCIDR, Value: value.OfString(r.cidr.String())}
			default:
				p.Peer = model.Peer{Kind: model.PeerIPv6CIDR, Value: value.OfString(r.cidr.String())}
			}
			out = append(out, p)
		}
		return out
	}
	for g := range w.in {
		b.groups[g].Ingress, b.groups[g].Egress = permissions(g, w.in[g]), permissions(g, w.out[g])
	}
	for s := range w.sides {
		b.sides[s] = firewall.Side{Complete: value.Yes(), SubnetsComplete: value.Yes()}
		for _, g := range w.sides[s] {
			b.sides[s].Groups = append(b.sides[s].Groups, network.Edge[network.SecurityGroup]{To: b.groups[g], Holds: value.Yes()})
		}
		for i, cidr := range w.subnets[s] {
			subnet := &network.Subnet{Resource: &model.Subnet{
				Meta: meta(fmt.Sprint("s", s, i)), CIDRBlock: value.String{Leaf: leafOf(value.OfString(cidr.String()))},
			}}
			b.sides[s].Subnets = append(b.sides[s].Subnets, network.Edge[network.Subnet]{To: subnet, Holds: value.Yes()})
		}
	}
	return b
}

// questions are what the analyzer and the walk are both asked.
func (w wall) questions(b built, a *firewall.Analysis) (got []value.Truth, want []bool) {
	for _, t := range []firewall.Traffic{firewall.HTTPS, firewall.Everything, {Protocol: "tcp", From: 8192, To: 65535}, {Protocol: "udp", From: 22, To: 8191}} {
		packets := packetsOf(t)
		got = append(got, a.Admits(b.sides[0], b.sides[1], t).Holds, a.LetsOut(b.sides[1], b.sides[0], t).Holds, a.Within(b.sides[0], t).Holds)
		want = append(want, w.admits(w.in, 0, 1, packets), w.admits(w.out, 1, 0, packets), w.admits(w.in, 0, 0, packets) && w.admits(w.out, 0, 0, packets))
	}
	got = append(got, a.ToAnything(b.sides[0], firewall.HTTPS).Holds)
	want = append(want, slices.ContainsFunc(w.sides[0], func(g int) bool {
		return slices.ContainsFunc(w.out[g], func(r wallRule) bool {
			return r.lets(packet{"tcp", 443}, netip.MustParseAddr("10.0.1.0"), []int{0, 1, 2}) || r.cidr.IsValid() && r.lets(packet{"tcp", 443}, r.cidr.Addr(), nil)
		})
	}))
	for g, group := range b.groups {
		in, inDoubt := a.OpenIn(group)
		out, outDoubt := a.OpenOut(group)
		got = append(got, anyOpen(in, inDoubt), anyOpen(out, outDoubt))
		want = append(want, slices.ContainsFunc(packetsOf(firewall.Everything), func(p packet) bool { return everywhere(w.in[g], p) }))
		want = append(want, !slices.ContainsFunc(packetsOf(firewall.Traffic{Protocol: "tcp", From: 1, To: 65535}), func(p packet) bool { return !everywhere(w.out[g], p) }))
	}
	return got, want
}

func anyOpen(open []firewall.Opening, doubt value.Truth) value.Truth {
	for _, o := range open {
		doubt = o.Holds.Or(doubt)
	}
	return doubt
}

// The analyzer says of random groups what follows from walking every packet that makes a difference.
func TestRandomWalls(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	said := map[bool]int{}
	for i := range 1000 {
		w := randomWall(r)
		got, want := w.questions(w.build(), firewall.Analyze(&network.Graph{}))
		for q := range want {
			said[want[q]]++
			if got[q].Known() != tri.Of(want[q]) {
				t.Fatalf("wall %d, question %d: got %v, want %t\n%+v", i, q, got[q].Cases(), want[q], w)
			}
		}
	}
	if said[true] < 500 || said[false] < 500 {
		t.Errorf("the questions are too easy: %v", said)
	}
}

// What isn't known of a wall: each hides one thing in what the analyzer sees, and returns another that it may be.
var holes = []func(*rand.Rand, *wall, *built) (wall, bool){
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // a rule's range
		g, i, ok := anyRule(r, w.in)
		if !ok || w.in[g][i].group >= 0 {
			return *w, false
		}
		b.groups[g].Ingress[i].Peer.Value = value.OfOpaque("var.cidr has no default")
		other := w.clone()
		other.in[g][i].cidr = netip.MustParsePrefix([]string{"0.0.0.0/0", "10.0.1.0/24", "10.9.0.0/16"}[r.IntN(3)])
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // a rule's protocol
		g, i, ok := anyRule(r, w.out)
		if !ok {
			return *w, false
		}
		b.groups[g].Egress[i].Traffic.IPProtocol.Value = value.OfOpaque("var.protocol has no default")
		other := w.clone()
		other.out[g][i].protocol = []string{"-1", "tcp", "udp"}[r.IntN(3)]
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // a rule's port
		g, i, ok := anyRule(r, w.in)
		if !ok {
			return *w, false
		}
		b.groups[g].Ingress[i].Traffic.ToPort.Value = value.OfOpaque("var.port has no default")
		other := w.clone()
		other.in[g][i].to = max(other.in[g][i].from, []int{22, 443, 65535}[r.IntN(3)])
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // whether there is a rule
		g, i, ok := anyRule(r, w.out)
		if !ok {
			return *w, false
		}
		b.groups[g].Egress[i].Holds = value.Unknowable("it may be another group's", nil)
		other := w.clone()
		if r.IntN(2) == 0 {
			other.out[g] = slices.Delete(other.out[g], i, i+1)
		}
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // more rules
		g := r.IntN(len(w.in))
		b.groups[g].IngressComplete = value.Unknowable("it is not known to which group a rule belongs", nil)
		other := w.clone()
		other.in[g] = append(other.in[g], wallRule{protocol: "-1", group: -1, cidr: netip.MustParsePrefix("10.0.0.0/16")})
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // a group
		s := r.IntN(2)
		b.sides[s].Groups[0] = network.Edge[network.SecurityGroup]{Reason: "it is looked up", Holds: value.Unknowable("it is looked up", nil)}
		other := w.clone()
		other.sides[s][0] = r.IntN(3)
		return other, true
	},
	func(r *rand.Rand, w *wall, b *built) (wall, bool) { // a subnet's range
		s := r.IntN(2)
		subnet := *b.sides[s].Subnets[0].To
		resource := *subnet.Resource.(*model.Subnet)
		resource.CIDRBlock.Value, subnet.Resource = value.OfOpaque("var.cidr has no default"), &resource
		b.sides[s].Subnets[0].To = &subnet
		other := w.clone()
		other.subnets[s] = []netip.Prefix{netip.MustParsePrefix([]string{"10.0.1.0/24", "10.0.2.0/26"}[r.IntN(2)])}
		return other, true
	},
}

func (w wall) clone() wall {
	c := w
	c.in, c.out = slices.Clone(w.in), slices.Clone(w.out)
	for g := range c.in {
		c.in[g], c.out[g] = slices.Clone(w.in[g]), slices.Clone(w.out[g])
	}
	for s := range c.sides {
		c.sides[s] = slices.Clone(w.sides[s])
	}
	return c
}

func anyRule(r *rand.Rand, rules [][]wallRule) (group, index int, ok bool) {
	group = r.IntN(len(rules))
	if len(rules[group]) == 0 {
		return 0, 0, false
	}
	return group, r.IntN(len(rules[group])), true
}

// What is said of groups of which something isn't known is so whatever that turns out to be.
func TestUnknownWalls(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	said := map[tri.Bool]int{}
	for i := range 2500 {
		w := randomWall(r)
		b := w.build()
		hole := r.IntN(len(holes))
		other, ok := holes[hole](r, &w, &b)
		if !ok {
			continue
		}
		a := firewall.Analyze(&network.Graph{})
		for _, completion := range []wall{w, other} {
			got, want := completion.questions(b, a)
			for q := range want {
				known := got[q].Known()
				said[known]++
				if known != tri.Unknown && known != tri.Of(want[q]) {
					t.Fatalf("wall %d, hole %d, question %d: got %v, and %t may be\n%+v\n%+v", i, hole, q, got[q].Cases(), want[q], w, completion)
				}
				if known == tri.Unknown && got[q].Cases()[0].Reason == "" {
					t.Fatalf("wall %d, hole %d, question %d: no reason", i, hole, q)
				}
			}
		}
	}
	if said[tri.True] < 1000 || said[tri.False] < 1000 || said[tri.Unknown] < 1000 {
		t.Errorf("the questions are too easy: %v", said)
	}
}
