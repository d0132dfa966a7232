package exposure

import (
	"net/netip"

	"go4.org/netipx"
)

// Special are the ranges that the internet doesn't route. IANA: "IPv4 Special-Purpose Address Registry", RFC 6890.
var special = []string{
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
}

// unicast is all of IPv6 that is given out. IANA: "IPv6 Global Unicast Address Space", RFC 4291.
const unicast = "2000::/3"

// A space is what a family's addresses on the internet are.
type space struct {
	all         *netipx.IPSet
	first, last netip.Addr
	// halves are its lower and its upper half: what a single route doesn't take away from a default route.
	halves [2]*netipx.IPSet
	// least is how much of all addresses of the family routes must be for to take all of the space.
	least float64
}

// spaces returns the internet of each family.
func spaces() [families]space {
	var four, six netipx.IPSetBuilder
	four.AddPrefix(netip.PrefixFrom(netip.IPv4Unspecified(), 0))
	for _, s := range special {
		four.RemovePrefix(netip.MustParsePrefix(s))
	}
	six.AddPrefix(netip.MustParsePrefix(unicast))
	return [families]space{
		IPv4: spaceOf(&four, 0.8, "0.0.0.0/1", "128.0.0.0/1"),
		IPv6: spaceOf(&six, 0.125, "2000::/4", "3000::/4"),
	}
}

func spaceOf(b *netipx.IPSetBuilder, least float64, lower, upper string) space {
	s := space{least: least}
	s.all = set(b)
	ranges := s.all.Ranges()
	s.first, s.last = ranges[0].From(), ranges[len(ranges)-1].To()
	for i, half := range []string{lower, upper} {
		var part netipx.IPSetBuilder
		part.AddSet(s.all)
		part.Intersect(set(only(netip.MustParsePrefix(half))))
		s.halves[i] = set(&part)
	}
	return s
}

func only(p netip.Prefix) *netipx.IPSetBuilder {
	var b netipx.IPSetBuilder
	b.AddPrefix(p)
	return &b
}

// set returns the set that is built. An error is about ranges that are none, which no prefix is.
func set(b *netipx.IPSetBuilder) *netipx.IPSet {
	s, err := b.IPSet()
	if err != nil {
		return &netipx.IPSet{}
	}
	return s
}

// whole reports whether one prefix holds all of the space.
func (s *space) whole(p netip.Prefix) bool { return p.Contains(s.first) && p.Contains(s.last) }

// within reports whether a set holds all of the space.
func (s *space) within(t *netipx.IPSet) bool {
	for _, r := range s.all.Ranges() {
		if !t.ContainsRange(r) {
			return false
		}
	}
	return true
}

// Internet reports whether a range has addresses that the internet routes.
func (a *Analysis) Internet(p netip.Prefix) bool {
	f := IPv4
	if p.Addr().Is6() {
		f = IPv6
	}
	return a.spaces[f].all.OverlapsPrefix(p)
}
