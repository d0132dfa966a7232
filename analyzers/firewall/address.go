package firewall

import (
	"net/netip"
	"slices"
	"strings"

	"go4.org/netipx"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A reach is a rule, or a part of one, of which the peer is addresses.
type reach struct {
	*opening
	holds value.Truth
	// prefixes are the addresses, where they are known.
	prefixes []netip.Prefix
	// of is what they are the range of, where it is something else than text that says so.
	of *ranged
	// open says in which worlds they may be others, which is not known.
	open value.Truth
}

// reaches appends the addresses that are the peer of a rule: none where it is something else.
func (a *Analysis) reaches(out []reach, o *opening) []reach {
	known, ok := a.reached[o.permission]
	if !ok {
		known = a.reachable(o.permission)
		a.reached[o.permission] = known
	}
	for _, one := range known {
		one.opening, one.holds = o, o.holds.And(one.holds)
		out = append(out, one)
	}
	return out
}

// reachable is reaches of a rule that is always there.
func (a *Analysis) reachable(p *network.Permission) []reach {
	var out []reach
	for _, r := range rangesOf(p) {
		one := reach{holds: r.holds, open: value.No()}
		text, known := r.cidr.AsString()
		switch p, err := netip.ParsePrefix(strings.TrimSpace(text)); {
		case known && err != nil:
			continue
		case known:
			one.prefixes = []netip.Prefix{p.Masked()}
		default:
			if one.of = a.rangeOf(r.cidr); one.of == nil || one.of.elsewhere() {
				one.of, one.open = nil, open(r.cidr, "its addresses are not known")
			}
		}
		out = append(out, one)
	}
	return out
}

// A peered is a range that a rule is for, and in which worlds it is.
type peered struct {
	cidr  value.Value
	holds value.Truth
}

// rangesOf returns the ranges that a rule is for: the one that it names, or those of the prefix lists that it names. A list of
// a service of AWS's has no address of a VPC. One that isn't known is a range that isn't.
func rangesOf(p *network.Permission) []peered {
	if p.Peer.Kind == model.PeerCIDR || p.Peer.Kind == model.PeerIPv6CIDR {
		return []peered{{p.Peer.Value, value.Yes()}}
	}
	var out []peered
	for _, edge := range p.Lists {
		if edge.To == nil {
			out = append(out, peered{value.OfOpaque(edge.Reason).WithOrigin(edge.From), unresolved(edge).Or(edge.Holds)})
			continue
		}
		if edge.To.Service {
			continue
		}
		for _, r := range edge.To.Ranges {
			out = append(out, peered{r.CIDR.Value.WithOrigin(edge.From), edge.Holds.And(r.Holds)})
		}
		if more := edge.To.Complete.Lacking("what the prefix list holds is not known"); more.Known() != tri.False {
			out = append(out, peered{value.OfOpaque("what the prefix list holds is not known").WithOrigin(edge.From), edge.Holds.And(more)})
		}
	}
	return out
}

// A target is a subnet's addresses, or those of its VPC where its own aren't known.
type target struct {
	vpc      *network.VPC
	prefixes []netip.Prefix
	// exact reports whether they are the subnet's own.
	exact  bool
	reason string
	origin *value.Origin
}

// covers says in which worlds rules that are about addresses cover all that a side has.
func (a *Analysis) covers(rules []reach, s Side) value.Truth {
	// What is for every address needs no knowledge of the side's.
	every := value.No()
	var literals []block
	for i := range rules {
		for _, p := range rules[i].prefixes {
			literals = append(literals, block{p, rules[i].holds})
			if p.Bits() == 0 && p.Addr().Is4() {
				every = every.Or(rules[i].holds)
			}
		}
	}
	if every.Known() == tri.True {
		return every
	}
	every = every.Or(sums(literals, []netip.Prefix{everyIPv4}))
	if len(s.Subnets) == 0 {
		return every.Or(value.Unknowable("the addresses of the other side are not known", nil))
	}
	all := s.SubnetsComplete.Lacking("not all of the subnets on the other side are known").Not()
	for _, edge := range s.Subnets {
		all = all.And(edge.Holds.Or(unresolved(edge)).Not().Or(a.coversSubnet(rules, literals, edge)))
	}
	return every.Or(all)
}

// unresolved is true of an edge to what isn't in the tree: it is named, whatever it is.
func unresolved[T any](e network.Edge[T]) value.Truth {
	if e.To == nil && e.Holds.Known() == tri.Unknown {
		return value.Yes()
	}
	return value.No()
}

func (a *Analysis) coversSubnet(rules []reach, literals []block, edge network.Edge[network.Subnet]) value.Truth {
	if edge.To == nil {
		return value.Unknowable(edge.Reason, edge.From)
	}
	t := a.target(edge.To)
	covered := value.No()
	for i := range rules {
		r := &rules[i]
		switch {
		case len(r.prefixes) > 0: // these are among the literals
		case r.of == nil:
			covered = covered.Or(r.holds.And(r.open))
		case r.of.subnet == edge.To:
			covered = covered.Or(r.holds)
		case r.of.subnet != nil && t.vpc != nil && r.of.subnet.VPC.To == t.vpc:
			// Subnets of one VPC have no address in common.
		case r.of.vpc != nil && r.of.vpc == t.vpc:
			covered = covered.Or(r.holds.And(edge.To.VPC.Holds))
		default:
			// The ranges of two VPCs may overlap.
			covered = covered.Or(r.holds.And(open(r.permission.Peer.Value, "its addresses are not known")))
		}
	}
	switch {
	case len(literals) == 0:
		return covered
	case len(t.prefixes) == 0:
		return covered.Or(value.Unknowable(t.reason, t.origin))
	}
	here := sums(literals, t.prefixes)
	if !t.exact {
		// A part of the VPC may be covered where the whole isn't.
		meets := slices.ContainsFunc(literals, func(b block) bool {
			return slices.ContainsFunc(t.prefixes, b.prefix.Overlaps)
		})
		if meets {
			here = here.Or(value.Unknowable(t.reason, t.origin))
		}
	}
	return covered.Or(here)
}

// target returns the addresses of a subnet.
func (a *Analysis) target(s *network.Subnet) target {
	if t, ok := a.targets[s]; ok {
		return t
	}
	t := target{vpc: s.VPC.To, reason: "the addresses of " + s.Head().Subject() + " are not known", origin: &value.Origin{Span: s.Head().Span()}}
	if cidr := cidrOf(s); cidr.Kind() != value.KindAbsent {
		if text, known := cidr.AsString(); known {
			if p, err := netip.ParsePrefix(strings.TrimSpace(text)); err == nil {
				t.prefixes, t.exact = []netip.Prefix{p.Masked()}, true
			}
		} else if why := cidr.Reason(); why != "" {
			t.reason = why
		}
	}
	if !t.exact && t.vpc != nil && t.vpc.BlocksComplete.Known() == tri.True {
		t.prefixes = blocksOf(t.vpc)
	}
	a.targets[s] = t
	return t
}

// cidrOf returns the IPv4 range of a subnet.
func cidrOf(s *network.Subnet) value.Value {
	if r, ok := s.Resource.(*model.Subnet); ok {
		return r.CIDRBlock.Value
	}
	return value.Value{} // of a default subnet AWS chooses it
}

// blocksOf returns the IPv4 ranges that a VPC may have; none where not all are known.
func blocksOf(v *network.VPC) []netip.Prefix {
	var out []netip.Prefix
	for _, b := range v.Blocks {
		if b.CIDR.Kind() == value.KindAbsent {
			continue
		}
		for _, arm := range b.CIDR.Arms() {
			text, known := arm.Value.AsString()
			p, err := netip.ParsePrefix(strings.TrimSpace(text))
			if !known || err != nil {
				return nil
			}
			out = append(out, p.Masked())
		}
	}
	return out
}

// A block is a range of addresses, and in which worlds it is let through.
type block struct {
	prefix netip.Prefix
	holds  value.Truth
}

// maxSums bounds the worlds over which blocks are added up.
const maxSums = 64

// A sum is what is let through in one world: for certain, and perhaps.
type sum struct {
	when          value.World
	certain, open []netip.Prefix
	reason        string
}

// sums says in which worlds blocks, which may only together be enough, hold every address of others.
func sums(blocks []block, whole []netip.Prefix) value.Truth {
	// A set is built of few blocks only: a group may have thousands of rules, and is asked about each subnet of each workload.
	blocks = near(blocks, whole)
	if !holdsAll(prefixesOf(blocks), whole) {
		return value.No()
	}
	// Mostly one is enough.
	one := value.No()
	var rest []block
	for _, b := range blocks {
		if holdsAll([]netip.Prefix{b.prefix}, whole) {
			one = one.Or(b.holds)
		} else {
			rest = append(rest, b)
		}
	}
	if one.Known() == tri.True || !holdsAll(prefixesOf(rest), whole) {
		return one
	}
	worlds := []sum{{}}
	for _, b := range rest {
		if b.holds.Known() == tri.True {
			worlds[0].certain = append(worlds[0].certain, b.prefix)
		}
	}
	for _, b := range rest {
		if b.holds.Known() == tri.True {
			continue
		}
		var next []sum
		for _, s := range worlds {
			for _, c := range b.holds.Cases() {
				if w, ok := s.when.And(c.When); ok {
					next = append(next, s.with(w, b.prefix, c))
				}
			}
		}
		if worlds = next; len(worlds) > maxSums {
			return one.Or(value.Unknowable("which addresses are let through depends on too many conditions", nil))
		}
	}
	ts := make([]value.Truth, len(worlds))
	for i, s := range worlds {
		t := value.No()
		switch {
		case holdsAll(s.certain, whole):
			t = value.Yes()
		case holdsAll(slices.Concat(s.certain, s.open), whole):
			t = value.Unknowable(s.reason, nil)
		}
		ts[i] = t.When(s.when)
	}
	return one.Or(value.Join(ts...))
}

// near returns the blocks that have an address in common with others.
func near(blocks []block, whole []netip.Prefix) []block {
	var out []block
	for i := range blocks {
		for _, p := range whole {
			if blocks[i].prefix.Overlaps(p) {
				out = append(out, blocks[i])
				break
			}
		}
	}
	return out
}

func prefixesOf(blocks []block) []netip.Prefix {
	out := make([]netip.Prefix, len(blocks))
	for i, b := range blocks {
		out[i] = b.prefix
	}
	return out
}

func (s sum) with(when value.World, prefix netip.Prefix, c value.Case) sum {
	s.when = when
	switch c.Holds {
	case tri.True:
		s.certain = append(slices.Clone(s.certain), prefix)
	case tri.Unknown:
		s.open = append(slices.Clone(s.open), prefix)
		s.reason = c.Reason
	}
	return s
}

// All addresses of a family.
var (
	everyIPv4 = netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	everyIPv6 = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
)

// holdsAll reports whether blocks hold every address of others.
func holdsAll(blocks, whole []netip.Prefix) bool {
	// Mostly one block has all, or none has any.
	none, each := false, true
	for _, p := range whole {
		within := func(b netip.Prefix) bool { return b.Bits() <= p.Bits() && b.Overlaps(p) }
		none = none || !slices.ContainsFunc(blocks, p.Overlaps)
		each = each && slices.ContainsFunc(blocks, within)
	}
	switch {
	case none:
		return false
	case each || len(blocks) == 1:
		return each
	}
	var b netipx.IPSetBuilder
	for _, p := range blocks {
		b.AddPrefix(p)
	}
	set, err := b.IPSet()
	return err == nil && !slices.ContainsFunc(whole, func(p netip.Prefix) bool { return !set.ContainsPrefix(p) })
}
