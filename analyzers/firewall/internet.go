package firewall

import (
	"net/netip"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// OutTo says in which worlds the groups of a side let anything out to addresses of IPv4 of which is reports that they are
// meant. A group that is the peer has private addresses.
func (a *Analysis) OutTo(from Side, is func(netip.Prefix) bool) Fact {
	fact := Fact{Holds: value.No()}
	doubt := from.Complete.Lacking("not all of its security groups are known")
	for _, edge := range from.Groups {
		if edge.To == nil {
			doubt = doubt.Or(edge.Holds.And(value.Unknowable(edge.Reason, edge.From)))
			continue
		}
		for i := range edge.To.Egress {
			p := &edge.To.Egress[i]
			if nowhere(p.Peer) {
				continue
			}
			for _, r := range rangesOf(p) {
				holds := edge.Holds.And(p.Holds).And(r.holds).And(a.meant(r.cidr, is))
				if holds.Somewhere() {
					fact.Path = a.addStep(fact.Path, p)
				}
				fact.Holds = fact.Holds.Or(holds)
			}
		}
		doubt = doubt.Or(edge.Holds.And(edge.To.EgressComplete.Lacking("not all rules of " + edge.To.Head().Subject() + " are known")))
	}
	fact.Holds = fact.Holds.Or(doubt)
	return fact
}

// meant says in which worlds a range has addresses of IPv4 that are meant. No range of a VPC or of a subnet is on the internet.
func (a *Analysis) meant(v value.Value, is func(netip.Prefix) bool) value.Truth {
	return v.Each(func(v value.Value) value.Truth {
		if text, known := v.AsString(); known {
			p, err := netip.ParsePrefix(strings.TrimSpace(text))
			return value.Always(tri.Of(err == nil && p.Addr().Is4() && is(p.Masked())), v.Origin())
		}
		if v.Kind() == value.KindAbsent || a.rangeOf(v) != nil {
			return value.Always(tri.False, v.Origin())
		}
		return open(v, "it is not known what it is the range of")
	})
}
