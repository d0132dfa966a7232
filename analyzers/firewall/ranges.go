package firewall

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A ranged is what has a range of addresses: a VPC or a subnet.
type ranged struct {
	vpc    *network.VPC
	subnet *network.Subnet
	cidr   value.Value
}

// elsewhere reports whether it is that of something that isn't in the tree.
func (r *ranged) elsewhere() bool { return r.vpc == nil && r.subnet == nil }

// Ranges tell of values that aren't known which are the range of a VPC or a subnet.
type ranges struct {
	// byPlace are found by where the range is written, byRoot by what it is read from, byAddress by the resource.
	byPlace   map[source.Span][]*ranged
	byRoot    map[source.Span][]*ranged
	byAddress map[value.Address]*ranged
}

func (a *Analysis) index() *ranges {
	if a.ranges != nil {
		return a.ranges
	}
	rs := &ranges{
		byPlace: map[source.Span][]*ranged{}, byRoot: map[source.Span][]*ranged{}, byAddress: map[value.Address]*ranged{},
	}
	for _, v := range a.graph.VPCs {
		rs.byAddress[v.Head().Addr()] = &ranged{vpc: v}
		for _, b := range v.Blocks {
			rs.add(&ranged{vpc: v, cidr: b.CIDR.Value})
			rs.add(&ranged{vpc: v, cidr: b.IPv6CIDR.Value})
		}
	}
	for _, s := range a.graph.Subnets {
		rs.byAddress[s.Head().Addr()] = &ranged{subnet: s}
		rs.add(&ranged{subnet: s, cidr: cidrOf(s)})
	}
	a.ranges = rs
	return rs
}

func (rs *ranges) add(r *ranged) {
	o := r.cidr.Origin()
	if o == nil || r.cidr.Kind() == value.KindAbsent || r.cidr.Kind() == value.KindScalar {
		return
	}
	rs.byPlace[o.Span] = append(rs.byPlace[o.Span], r)
	root := o.Root().Span
	rs.byRoot[root] = append(rs.byRoot[root], r)
}

// rangeOf returns the VPC or subnet of which a value that isn't known is the range; nil where it is something else.
func (a *Analysis) rangeOf(v value.Value) *ranged {
	o := v.Origin()
	if o == nil || v.Kind() != value.KindSymbol && v.Kind() != value.KindOpaque || v.MayBeMissing() || !plain.MatchString(strings.TrimSpace(o.Span.Text())) {
		return nil
	}
	rs := a.index()
	if refs := v.Refs(); len(refs) == 1 && slices.Contains(rangeAttrs, refs[0].Attr) {
		if r := rs.byAddress[refs[0].Addr]; r != nil {
			return r
		}
		return &ranged{} // of something that isn't in the tree
	}
	for hop := o; hop != nil; hop = hop.Via {
		if r := one(rs.byPlace[hop.Span], func(r *ranged) bool { return sameWay(hop, r.cidr.Origin()) }); r != nil {
			return r
		}
	}
	return one(rs.byRoot[o.Root().Span], func(r *ranged) bool { return value.Same(v, r.cidr) })
}

// one returns what fits: nil where nothing does, and some range where several do.
func one(of []*ranged, fits func(*ranged) bool) *ranged {
	var found *ranged
	for _, r := range of {
		switch {
		case !fits(r):
		case found != nil && (found.vpc != r.vpc || found.subnet != r.subnet):
			return &ranged{}
		default:
			found = r
		}
	}
	return found
}

// sameWay reports whether two values came the same way to where they are.
func sameWay(a, b *value.Origin) bool {
	for a != nil && b != nil && a.Span == b.Span {
		a, b = a.Via, b.Via
	}
	return a == nil && b == nil
}

// rangeAttrs are the attributes that are ranges of VPCs and subnets.
var rangeAttrs = []string{"cidr_block", "CidrBlock", "ipv6_cidr_block", "ipv6_cidr_blocks", "Ipv6CidrBlocks"}

// plain is an expression that only reads: what is computed from a range is none.
var plain = regexp.MustCompile(`^[!{"]?[\w.\[\]*"': -]+\}?$`)
