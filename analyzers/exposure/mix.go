package exposure

import (
	"cmp"
	"net/netip"
	"slices"

	"go4.org/netipx"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A mix is the routes of one table and family, told apart by whether they go a way. Of those that match a packet the one for
// the smallest range decides, so that routes that go another way may leave nothing to a default route. It goes the way
// where the ranges that do add up to the internet, and some of it is left to them. AWS: VPC user guide, "Route priority".
//
// To an internet gateway it is enough that they add up: what comes in over the gateway comes in whatever way the answers take.
type mix struct {
	space *space
	way   way
	lanes []lane
	path  func(lane) []finding.Step
}

// A lane is a route and where it leads.
type lane struct {
	entry
	// goes says in which worlds it goes the way, if it is there.
	goes value.Truth
}

func newMix(a *Analysis, entries []entry, f Family, w way) *mix {
	m := &mix{space: &a.spaces[f], way: w, path: func(l lane) []finding.Step { return a.path(l.route, w) }}
	m.lanes = make([]lane, 0, len(entries))
	for _, e := range entries {
		goes := value.No()
		for i := range e.route.Targets {
			t := &e.route.Targets[i]
			if class := a.class(t, w); class.Known() != tri.False {
				goes = goes.Or(t.Holds.And(class))
			}
		}
		if e.there.Known() != tri.False && (w != toGateway || goes.Known() != tri.False) {
			m.lanes = append(m.lanes, lane{entry: e, goes: goes})
		}
	}
	return m
}

// fact says in which worlds the routes go the way.
func (m *mix) fact() Fact {
	if m.shadowed() {
		return m.sum()
	}
	// Nothing takes the internet away from a default route, so that one is enough.
	fact := Fact{Holds: value.No()}
	parts := 0
	for _, l := range m.lanes {
		if l.goes.Known() == tri.False {
			continue
		}
		if !l.unknown && !m.space.whole(l.prefix) {
			parts++
			continue
		}
		here := l.there.And(l.goes)
		if fact.Path == nil && here.Somewhere() {
			fact.Path = m.path(l)
		}
		fact.Holds = fact.Holds.Or(here)
	}
	if parts < 2 || fact.Holds.Known() == tri.True || !m.addUp() {
		return fact
	}
	whole := m.sum()
	fact.Holds = fact.Holds.Or(whole.Holds)
	if fact.Path == nil {
		fact.Path = whole.Path
	}
	return fact
}

// shadowed reports whether the routes that go another way may be for all of the internet together, each being for less.
func (m *mix) shadowed() bool {
	if m.way == toGateway {
		return false
	}
	taken := 0.0
	for _, l := range m.lanes {
		if l.goes.Known() != tri.True && !l.unknown && l.prefix.Bits() > 0 {
			taken += size(l.prefix)
		}
	}
	return taken >= m.space.least/2
}

// size is the share of its family's addresses that a range has.
func size(p netip.Prefix) float64 {
	if p.Bits() > 52 {
		return 0
	}
	return 1 / float64(uint64(1)<<p.Bits())
}

// addUp reports whether the ranges that may go the way add up to the internet.
func (m *mix) addUp() bool {
	var b netipx.IPSetBuilder
	for _, l := range m.lanes {
		if !l.unknown && l.goes.Known() != tri.False {
			b.AddPrefix(l.prefix)
		}
	}
	return m.space.within(set(&b))
}

// maxSums bounds the worlds over which ranges are added up, maxLanes the routes, and maxNarrow the bits of those that matter.
// AWS: VPC user guide, "Amazon VPC quotas": a table has 1,000 routes at most.
const (
	maxSums   = 64
	maxLanes  = 256
	maxNarrow = 20
)

// A sum is the routes of one world.
type sum struct {
	when   value.World
	lanes  []state
	reason string
	origin *value.Origin
}

// A state is a route in one world: whether it is there, and whether it goes the way.
type state struct {
	lane
	there, goes tri.Bool
}

// sum adds up the routes, world by world.
func (m *mix) sum() Fact {
	if len(m.lanes) > maxLanes {
		return Fact{Holds: value.Unknowable("its routes are too many", nil)}
	}
	sums := []sum{{}}
	for _, l := range m.lanes {
		if !l.unknown && l.prefix.Bits() > maxNarrow && l.goes.Known() == tri.False {
			continue // as many as a table can hold take next to nothing away
		}
		var next []sum
		for _, s := range sums {
			next = append(next, s.with(l)...)
		}
		if sums = next; len(sums) > maxSums {
			return Fact{Holds: value.Unknowable("its routes depend on too many conditions", nil)}
		}
	}
	var fact Fact
	var ts []value.Truth
	for i := range sums {
		s := &sums[i]
		t := value.Always(s.verdict(m.space, m.way), s.origin)
		if t.Known() == tri.Unknown {
			t = value.Unknowable(cmp.Or(s.reason, "not all of its routes are known"), s.origin)
		}
		if fact.Path == nil && t.Somewhere() {
			for _, l := range s.lanes {
				if l.there == tri.True && l.goes == tri.True && !l.unknown && wide(l.prefix) {
					fact.Path = append(fact.Path, m.path(l.lane)...)
				}
			}
		}
		ts = append(ts, t.When(s.when))
	}
	fact.Holds = value.Join(ts...)
	return fact
}

// wide reports whether a range is a part of the internet that is worth showing.
func wide(p netip.Prefix) bool { return p.Bits() <= 4 }

// with returns the worlds of s, told apart by those of a route.
func (s *sum) with(l lane) []sum {
	var out []sum
	for _, there := range l.there.Cases() {
		for _, goes := range l.goes.Cases() {
			w, ok := s.when.And(there.When)
			if ok {
				w, ok = w.And(goes.When)
			}
			if !ok {
				continue
			}
			next := sum{when: w, lanes: s.lanes, reason: s.reason, origin: s.origin}
			if there.Holds != tri.False {
				next.lanes = append(slices.Clip(s.lanes), state{lane: l, there: there.Holds, goes: goes.Holds})
			}
			for _, c := range []value.Case{there, goes} {
				if c.Holds == tri.Unknown && next.reason == "" {
					next.reason, next.origin = c.Reason, c.Origin
				}
			}
			out = append(out, next)
			if there.Holds == tri.False {
				break // where it would lead makes no difference
			}
		}
	}
	return out
}

// verdict says whether the routes of one world go the way.
func (s *sum) verdict(sp *space, w way) tri.Bool {
	if w == toGateway {
		return tri.Of(s.covers(sp, true)).Or(unknown(s.covers(sp, false)))
	}
	slices.SortStableFunc(s.lanes, func(a, b state) int { return cmp.Compare(a.prefix.Bits(), b.prefix.Bits()) })
	if !s.covers(sp, false) {
		return tri.False
	}
	if s.covers(sp, true) && s.left(sp, true) {
		return tri.True
	}
	if !s.left(sp, false) {
		return tri.False
	}
	return tri.Unknown
}

// unknown is what may be, and false what may not.
func unknown(may bool) tri.Bool {
	if may {
		return tri.Unknown
	}
	return tri.False
}

// covers reports whether the ranges that go the way, or that may, add up to the internet.
func (s *sum) covers(sp *space, certain bool) bool {
	var b netipx.IPSetBuilder
	for _, l := range s.lanes {
		switch {
		case l.goes == tri.False, certain && (l.unknown || l.there != tri.True || l.goes != tri.True):
		case l.unknown:
			return true
		default:
			b.AddPrefix(l.prefix)
		}
	}
	return sp.within(set(&b))
}

// left reports whether something of the internet is left to the routes that go the way: for certain, or perhaps. Of two
// routes for one range the one that goes it counts.
func (s *sum) left(sp *space, certain bool) bool {
	var b netipx.IPSetBuilder
	open := false
	for i := 0; i < len(s.lanes); {
		// All routes for ranges of one size, those that go another way first.
		j := i
		for j < len(s.lanes) && s.lanes[j].prefix.Bits() == s.lanes[i].prefix.Bits() {
			j++
		}
		for _, l := range s.lanes[i:j] {
			switch {
			case l.unknown:
				open = open || l.goes != tri.True
			case certain && l.goes != tri.True, !certain && l.goes == tri.False && l.there == tri.True:
				b.RemovePrefix(l.prefix)
			}
		}
		for _, l := range s.lanes[i:j] {
			switch {
			case l.unknown:
				if !certain && l.goes != tri.False {
					return true
				}
			case certain && l.goes == tri.True && l.there == tri.True, !certain && l.goes != tri.False:
				b.AddPrefix(l.prefix)
			}
		}
		i = j
	}
	b.Intersect(sp.all)
	rest := set(&b)
	if certain && open {
		// A route for an unknown range may take one half of the internet. Nobody spells both halves in variables.
		return overlaps(rest, sp.halves[0]) && overlaps(rest, sp.halves[1])
	}
	return len(rest.Ranges()) > 0
}

func overlaps(a, b *netipx.IPSet) bool {
	return slices.ContainsFunc(b.Ranges(), a.OverlapsRange)
}
