package placement

import (
	"cmp"
	"net/netip"

	"github.com/vpclint/vpclint/internal/model"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// What AWS keeps of each subnet, and the prefixes of the smallest and the largest one that there can be.
// AWS: VPC user guide, "Subnet CIDR blocks".
const (
	reserved      = 5
	bits          = 32
	smallest      = 28
	largest       = 16
	defaultSubnet = 20 // "Default subnets"
	leastFree     = 1<<(bits-smallest) - reserved
	mostFree      = 1<<(bits-largest) - reserved
	freeInDefault = 1<<(bits-defaultSubnet) - reserved
)

// Free says how many IPv4 addresses a subnet has for those who use it, were nobody else in it. Where its block isn't known
// it has as many as the smallest and the largest one that there can be.
func Free(s *network.Subnet) Count {
	r, ok := s.Resource.(*model.Subnet)
	if !ok {
		return Exactly(freeInDefault, &value.Origin{Span: s.Head().Span()})
	}
	var out []Tally
	for _, arm := range r.CIDRBlock.Arms() {
		v := arm.Value
		origin := v.Origin()
		if origin == nil {
			origin = r.CIDRBlock.Origin()
		}
		if text, known := v.AsString(); known {
			if prefix, err := netip.ParsePrefix(text); err == nil && prefix.Addr().Is4() && prefix.Bits() <= smallest {
				n := 1<<(bits-prefix.Bits()) - reserved
				out = append(out, Tally{When: arm.When, Least: n, Most: n, Origin: origin})
				continue
			}
		}
		reason := cmp.Or(v.Reason(), "it is no block of addresses")
		out = append(out, Tally{When: arm.When, Least: leastFree, Most: mostFree, Origin: origin, Reason: "the block of " + s.Head().Subject() + " is not known: " + reason})
	}
	return bounded(out)
}

// Space says how many addresses the subnets have together that a workload names at one place.
func (a *Analysis) Space(p *network.Placement) Count {
	c := Exactly(0, nil)
	seen := map[*network.Subnet]bool{}
	for _, e := range p.Subnets {
		switch {
		case e.To != nil:
			if e.Holds.Known() == tri.True && seen[e.To] {
				continue
			}
			seen[e.To] = true
			free := Free(e.To)
			if e.To.Head().Raw.Range != "" {
				free = free.plus(Between(0, Unbounded, manyOf(e.To), e.From))
			}
			c = c.plus(free.where(e.Holds))
		case e.Name != "":
			c = c.plus(Between(leastFree, mostFree, e.Reason, e.From).where(value.In(e.When())))
		case e.Holds.Known() == tri.False:
		default:
			// It may stand for several.
			c = c.plus(Between(leastFree, Unbounded, e.Reason, e.From).where(value.In(e.When())))
		}
	}
	return c.plus(Between(0, Unbounded, "", nil).where(p.Complete.Not()))
}
