package firewall

import (
	"fmt"
	"net/netip"
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
	Holds value.Truth
}

// OpenIn returns the rules of a group that let the internet in, on whatever port. The truth says in which worlds there may be
// others.
func (a *Analysis) OpenIn(g *network.SecurityGroup) ([]Opening, value.Truth) {
	return a.everywhere(g.Ingress, nil), unlessTrue(g.IngressComplete, "not all rules of "+g.Head().Subject()+" are known")
}

// OpenOut returns the rules of a group that let everything, or all of TCP, out to everywhere. The truth says in which worlds
// there may be others.
func (a *Analysis) OpenOut(g *network.SecurityGroup) ([]Opening, value.Truth) {
	allTCP := Traffic{Protocol: "tcp", From: 1, To: maxPort}
	return a.everywhere(g.Egress, &allTCP), unlessTrue(g.EgressComplete, "not all rules of "+g.Head().Subject()+" are known")
}

// everywhere returns the rules that are for every address of IPv4 or IPv6, and for all of t unless that is nil. Rules that are
// about the same traffic add up, as 0.0.0.0/1 and 128.0.0.0/1 do.
func (a *Analysis) everywhere(rules []network.Permission, t *Traffic) []Opening {
	var out []Opening
	parts := map[Traffic][]share{}
	var order []Traffic
	for i := range rules {
		p := &rules[i]
		about := p.Holds
		if t != nil {
			about = about.And(all(p.Traffic, *t))
		}
		for _, r := range rangesOf(p) {
			holds := about.And(r.holds)
			if whole := holds.And(a.everyone(r.cidr)); !never(whole) {
				out = append(out, Opening{p, whole})
				continue
			}
			if part, ok := trafficOf(p.Traffic, t); ok && !never(holds) && r.cidr.Literal() != "" {
				if parts[part] == nil {
					order = append(order, part)
				}
				parts[part] = append(parts[part], share{Opening{p, holds}, r.cidr.Literal()})
			}
		}
	}
	for _, about := range order {
		out = append(out, together(parts[about])...)
	}
	return out
}

// never reports whether t holds in no world.
func never(t value.Truth) bool { return t.Known() == tri.False }

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
	if a.rangeOf(v) != nil {
		return value.Always(tri.False, v.Origin())
	}
	return v.Is("0.0.0.0/0").Or(v.Is("::/0"))
}

// trafficOf returns what a rule is about, where that is known.
func trafficOf(rule model.Traffic, t *Traffic) (Traffic, bool) {
	if t != nil {
		return *t, true
	}
	text, known := rule.IPProtocol.AsString()
	from, _ := rule.FromPort.AsInt()
	to, _ := rule.ToPort.AsInt()
	if protocol(text) == everyProtocol {
		from, to = 0, maxPort
	}
	return Traffic{Protocol: protocol(text), From: from, To: to}, known
}

// A share is a rule for a part of all addresses.
type share struct {
	Opening
	cidr string
}

// together returns rules that are for everywhere only if they are taken together.
func together(parts []share) []Opening {
	var out []Opening
	for _, family := range []netip.Prefix{everyIPv4, everyIPv6} {
		var blocks []block
		var of []share
		for _, p := range parts {
			prefix, err := netip.ParsePrefix(strings.TrimSpace(p.cidr))
			if err == nil && prefix.Addr().Is4() == family.Addr().Is4() {
				blocks = append(blocks, block{prefix.Masked(), p.Holds})
				of = append(of, p)
			}
		}
		if whole := sums(blocks, []netip.Prefix{family}); !never(whole) {
			for _, p := range of {
				out = append(out, Opening{p.Permission, whole.And(p.Holds)})
			}
		}
	}
	return out
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
		if certain(o.holds) {
			fact.Path = addStep(fact.Path, o.permission)
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
func stepOf(p *network.Permission) finding.Step {
	return finding.Step{Span: p.Span, Message: Says(p)}
}

// Says says a rule to people: "aws_security_group.jobs lets in tcp 443 from 10.0.0.0/16".
func Says(p *network.Permission) string {
	verb, way := "lets in", "from"
	if p.Direction.Literal() == "egress" {
		verb, way = "lets out", "to"
	}
	return fmt.Sprintf("%s %s %s %s %s", p.Resource.Head().Subject(), verb, About(p.Traffic), way, PeerOf(p))
}

// About says to people what a rule is about: "tcp 443", "everything".
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
	case name != "tcp" && name != "udp":
		return name
	case !fromKnown || !toKnown:
		return name
	case from == to:
		return fmt.Sprintf("%s %d", name, from)
	case from <= 1 && to == maxPort:
		return "all " + name
	}
	return fmt.Sprintf("%s %d-%d", name, from, to)
}

// PeerOf says to people who the other side of a rule is.
func PeerOf(p *network.Permission) string {
	for _, edge := range p.Groups {
		switch {
		case p.Peer.Self:
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
