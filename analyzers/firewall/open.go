package firewall

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An Opening is a rule that lets traffic through to or from everywhere, by itself or with others.
type Opening struct {
	*network.Permission
	// CIDR is the range that it is for: its peer, or a range of the prefix list that is.
	CIDR  value.Value
	Holds value.Truth
	// Part reports whether it takes other rules to make it everywhere, as 128.0.0.0/1 does with 0.0.0.0/1.
	Part bool
}

// OpenIn returns the rules of a group that let everyone in, on whatever port. The truth says in which worlds there may be
// others.
func (a *Analysis) OpenIn(g *network.SecurityGroup) ([]Opening, value.Truth) {
	shares := a.shares(g.Ingress)
	var out []Opening
	for _, s := range shares {
		if whole := s.holds.And(a.everyone(s.cidr)); whole.Possible() {
			out = append(out, Opening{Permission: s.permission, CIDR: s.cidr, Holds: whole})
		}
	}
	if parts := partial(shares); len(parts) > 0 {
		for _, name := range protocolsOf(parts) {
			t := Traffic{Protocol: name, To: maxPort}
			open := about(parts, t)
			for _, ports := range split(open, t) {
				out = append(out, together(open, ports)...)
			}
		}
	}
	return unique(out), g.IngressComplete.Lacking("not all rules of " + g.Head().Subject() + " are known")
}

// OpenOut returns the rules of a group that let everything, or all of TCP, out to everywhere. The truth says in which worlds
// there may be others.
func (a *Analysis) OpenOut(g *network.SecurityGroup) ([]Opening, value.Truth) {
	allTCP := Traffic{Protocol: "tcp", From: 1, To: maxPort}
	shares := a.shares(g.Egress)
	var out []Opening
	for _, s := range shares {
		whole := s.holds.And(a.everyone(s.cidr)).And(all(s.permission.Traffic, allTCP))
		if whole.Possible() {
			out = append(out, Opening{Permission: s.permission, CIDR: s.cidr, Holds: whole})
		}
	}
	doubt := g.EgressComplete.Lacking("not all rules of " + g.Head().Subject() + " are known")
	if len(out) > 0 {
		return out, doubt
	}
	// Several may add up, by their addresses or by their ports.
	open := about(shares, allTCP)
	every := value.Yes()
	var parts []Opening
	for _, ports := range split(open, allTCP) {
		here := together(open, ports)
		whole := value.No()
		for _, o := range here {
			whole = whole.Or(o.Holds)
		}
		if every = every.And(whole); !every.Possible() {
			return nil, doubt
		}
		parts = append(parts, here...)
	}
	for i := range parts {
		parts[i].Holds = parts[i].Holds.And(every)
	}
	return unique(parts), doubt
}

// A share is a range that a rule is for.
type share struct {
	opening
	cidr value.Value
}

// shares returns the ranges that rules are for, those of prefix lists among them.
func (a *Analysis) shares(rules []network.Permission) []share {
	var out []share
	for i := range rules {
		for _, r := range rangesOf(&rules[i]) {
			if holds := rules[i].Holds.And(r.holds); holds.Possible() {
				out = append(out, share{opening{permission: &rules[i], holds: holds}, r.cidr})
			}
		}
	}
	return out
}

// partial returns the shares that are for a part of all addresses; none where even all of them together are.
func partial(shares []share) []share {
	var out []share
	var blocks []netip.Prefix
	for _, s := range shares {
		if p, ok := prefixOf(s.cidr); ok && p.Bits() > 0 {
			out, blocks = append(out, s), append(blocks, p)
		}
	}
	if !holdsAll(blocks, []netip.Prefix{everyIPv4}) && !holdsAll(blocks, []netip.Prefix{everyIPv6}) {
		return nil
	}
	return out
}

func prefixOf(v value.Value) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(strings.TrimSpace(v.Literal()))
	return p.Masked(), err == nil
}

// protocolsOf returns the protocols that rules are about, each once.
func protocolsOf(shares []share) []string {
	var out []string
	for _, s := range shares {
		for _, arm := range s.permission.Traffic.IPProtocol.Arms() {
			if text, known := arm.Value.AsString(); known && !slices.Contains(out, protocol(text)) {
				out = append(out, protocol(text))
			}
		}
	}
	return out
}

// about returns what of some shares is about some traffic.
func about(shares []share, t Traffic) []share {
	var out []share
	for _, s := range shares {
		for _, m := range matches(s.permission.Traffic, t) {
			s := s
			s.ports, s.holds = m.ports, s.holds.And(m.holds)
			out = append(out, s)
		}
	}
	return out
}

// together returns the rules that are for everywhere on some ports, if they are taken together.
func together(shares []share, on ports) []Opening {
	var out []Opening
	for _, family := range []netip.Prefix{everyIPv4, everyIPv6} {
		var blocks []block
		var of []share
		for _, s := range shares {
			prefix, ok := prefixOf(s.cidr)
			if ok && s.from <= on.from && s.to >= on.to && prefix.Addr().Is4() == family.Addr().Is4() {
				blocks = append(blocks, block{prefix, s.holds})
				of = append(of, s)
			}
		}
		if whole := sums(blocks, []netip.Prefix{family}); whole.Possible() {
			for _, s := range of {
				out = append(out, Opening{Permission: s.permission, CIDR: s.cidr, Holds: whole.And(s.holds), Part: true})
			}
		}
	}
	return out
}

// unique leaves out what is told twice.
func unique(all []Opening) []Opening {
	var out []Opening
	for _, o := range all {
		same := func(p Opening) bool { return p.Permission == o.Permission && p.CIDR.Literal() == o.CIDR.Literal() }
		if i := slices.IndexFunc(out, same); i >= 0 {
			out[i].Holds = out[i].Holds.Or(o.Holds)
			continue
		}
		out = append(out, o)
	}
	return out
}

// all says in which worlds a rule is about all of t.
func all(rule model.Traffic, t Traffic) value.Truth {
	is := value.No()
	for _, m := range matches(rule, t) {
		if m.from <= t.From && m.to >= t.To {
			is = is.Or(m.holds)
		}
	}
	return is
}

// everyone says in which worlds a range is every address of its family, however it is spelt. No range of a VPC or of a subnet
// is. AWS: API_CreateVpc, CidrBlock.
func (a *Analysis) everyone(v value.Value) value.Truth {
	if text, known := v.AsString(); known {
		p, err := netip.ParsePrefix(strings.TrimSpace(text))
		return value.Always(tri.Of(err == nil && p.Bits() == 0), v.Origin())
	}
	if ref, ok := v.Symbol(); ok && (ref.Attr == "id" || ref.Attr == "arn") || a.rangeOf(v) != nil {
		return value.Always(tri.False, v.Origin())
	}
	return v.Is("0.0.0.0/0").Or(v.Is("::/0"))
}

// ToAnything says in which worlds the groups of a side let some of t out to anything at all.
func (a *Analysis) ToAnything(from Side, t Traffic) Fact {
	open, doubt := a.openings(Egress, from, t)
	fact := Fact{Holds: value.No()}
	for i := range open {
		o := &open[i]
		if nowhere(o.permission.Peer) {
			continue
		}
		if o.holds.Somewhere() {
			fact.Path = a.addStep(fact.Path, o.permission)
		}
		fact.Holds = fact.Holds.Or(o.holds)
	}
	fact.Holds = fact.Holds.Or(doubt)
	return fact
}

// nowhere reports whether a peer is an address that nothing answers at: templates close a group with a rule for it, since
// AWS opens one that has no rule.
func nowhere(p model.Peer) bool {
	prefix, err := netip.ParsePrefix(strings.TrimSpace(p.Value.Literal()))
	if p.Kind != model.PeerCIDR && p.Kind != model.PeerIPv6CIDR || err != nil {
		return false
	}
	addr := prefix.Masked().Addr()
	return addr.IsLoopback() || prefix.IsSingleIP() && (addr.IsUnspecified() || addr == netip.AddrFrom4([4]byte{255, 255, 255, 255}))
}

// stepOf shows a rule.
func (a *Analysis) stepOf(p *network.Permission) finding.Step {
	step, ok := a.steps[p]
	if !ok {
		step = finding.Step{Span: p.Span, Message: Says(p)}
		a.steps[p] = step
	}
	return step
}

// Says says a rule to people: "aws_security_group.jobs lets in TCP 443 from 10.0.0.0/16".
func Says(p *network.Permission) string {
	verb, way := "lets in", "from"
	if p.Direction.Literal() == "egress" {
		verb, way = "lets out", "to"
	}
	return fmt.Sprintf("%s %s %s %s %s", p.Resource.Head().Subject(), verb, About(p.Traffic), way, PeerOf(p, nil))
}

// About says to people what a rule is about: "TCP 443", "everything".
func About(t model.Traffic) string {
	text, known := t.IPProtocol.AsString()
	name := protocol(text)
	from, fromKnown := t.FromPort.AsInt()
	to, toKnown := t.ToPort.AsInt()
	switch {
	case !known:
		return "what isn't known"
	case name == everyProtocol:
		return "everything"
	case name != "tcp" && name != "udp" && strings.Trim(name, "0123456789") == "":
		return "protocol " + name
	case name != "tcp" && name != "udp":
		return name
	}
	switch name = strings.ToUpper(name); {
	case !fromKnown || !toKnown:
		return name
	case from == to:
		return fmt.Sprintf("%s %d", name, from)
	case from <= 1 && to == maxPort:
		return "all " + name
	}
	return fmt.Sprintf("%s %d-%d", name, from, to)
}

// PeerOf says to people who the other side of a rule is, whose group may be known from what else is said.
func PeerOf(p *network.Permission, of *network.SecurityGroup) string {
	for _, edge := range p.Groups {
		switch {
		case edge.To != nil && (edge.To == of || p.Peer.Self && !p.Apart):
			return "itself"
		case edge.To != nil:
			return edge.To.Head().Subject()
		case edge.Name != "":
			return edge.Name
		}
	}
	if text := p.Peer.Value.Literal(); text != "" {
		return text
	}
	if ref, ok := p.Peer.Value.Symbol(); ok {
		return ref.String()
	}
	return "what isn't known"
}
