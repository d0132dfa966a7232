package placement

import (
	"cmp"
	"math"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Count says how many there are of something, in each world that matters.
type Count struct{ tallies []Tally }

// A Tally is what is known of a count in one world.
type Tally struct {
	When value.World
	// Least is how many there are for certain, and Most how many there can be: Unbounded where nothing says.
	Least, Most int
	// Origin is where it is written.
	Origin *value.Origin
	// Reason says why it isn't known, where Least and Most differ.
	Reason string
}

// Unbounded is a Tally's Most where nothing says how many there can be.
const Unbounded = math.MaxInt

// maxTallies bounds the worlds that one count tells apart; past it only the least and the most of all of them are known.
const maxTallies = 128

// Exactly returns a count that is n in every world.
func Exactly(n int, origin *value.Origin) Count {
	return Count{tallies: []Tally{{Least: n, Most: n, Origin: origin}}}
}

// Between returns a count of which the bounds are known.
func Between(least, most int, reason string, origin *value.Origin) Count {
	return Count{tallies: []Tally{{Least: least, Most: most, Origin: origin, Reason: reason}}}
}

// Tallies returns what is known, one for each world that matters.
func (c Count) Tallies() []Tally { return c.tallies }

// AtLeast holds where there are n or more.
func (c Count) AtLeast(n int) value.Truth {
	ts := make([]value.Truth, 0, len(c.tallies))
	for _, t := range c.tallies {
		truth := value.Unknowable(t.Reason, t.Origin)
		switch {
		case t.Least >= n:
			truth = value.Always(tri.True, t.Origin)
		case t.Most < n:
			truth = value.Always(tri.False, t.Origin)
		}
		ts = append(ts, truth.When(t.When))
	}
	return value.Join(ts...)
}

// none reports whether there is nothing in any world.
func (c Count) none() bool {
	return len(c.tallies) == 1 && c.tallies[0].Most == 0 && len(c.tallies[0].When) == 0
}

// plus adds counts that are there side by side.
func (c Count) plus(o Count) Count {
	switch {
	case o.none():
		return c
	case c.none():
		return o
	}
	return c.combine(o, func(a, b int) int {
		if a > Unbounded-b {
			return Unbounded
		}
		return a + b
	})
}

// largest returns the larger of two counts of which one is taken, or both one after the other.
func (c Count) largest(o Count) Count {
	return c.combine(o, func(a, b int) int { return max(a, b) })
}

func (c Count) combine(o Count, op func(a, b int) int) Count {
	var out []Tally
	for _, a := range c.tallies {
		for _, b := range o.tallies {
			when, ok := a.When.And(b.When)
			if !ok {
				continue
			}
			t := Tally{When: when, Least: op(a.Least, b.Least), Most: op(a.Most, b.Most), Origin: a.Origin}
			if b.Least > a.Least || a.Origin == nil {
				t.Origin = b.Origin
			}
			if t.Least != t.Most {
				t.Reason = cmp.Or(a.Reason, b.Reason)
			}
			out = append(out, t)
		}
	}
	return bounded(out)
}

// bounded forgets the worlds of a count that has too many.
func bounded(tallies []Tally) Count {
	if len(tallies) <= maxTallies {
		return Count{tallies: tallies}
	}
	all := Tally{Least: Unbounded, Origin: tallies[0].Origin, Reason: "it depends on too many conditions"}
	for _, t := range tallies {
		all.Least, all.Most = min(all.Least, t.Least), max(all.Most, t.Most)
	}
	return Count{tallies: []Tally{all}}
}

// where is the count where holds does, and none elsewhere.
func (c Count) where(holds value.Truth) Count {
	out := make([]Tally, 0, len(c.tallies))
	for _, h := range holds.Cases() {
		if h.Holds == tri.False {
			out = append(out, Tally{When: h.When})
			continue
		}
		for _, t := range c.tallies {
			when, ok := t.When.And(h.When)
			if !ok {
				continue
			}
			t.When = when
			if h.Holds == tri.Unknown {
				t.Least, t.Reason = 0, cmp.Or(h.Reason, t.Reason, "it can't be known before deployment")
			}
			out = append(out, t)
		}
	}
	return bounded(out)
}

// running is the count of what has one instance at least where it runs at all.
func (c Count) running() Count {
	out := make([]Tally, len(c.tallies))
	for i, t := range c.tallies {
		if t.Least < t.Most {
			t.Least = max(t.Least, 1)
		}
		out[i] = t
	}
	return Count{tallies: out}
}

// mostInstances is more than anyone has; a larger number is a mistake, of which nothing is known.
const mostInstances = 1 << 30

// countOf returns the count that a member says, which is at least one and at most most where that isn't known, and absent
// where it is left out.
func countOf(v value.Value, most int, absent Count) Count {
	var out []Tally
	for _, arm := range v.Arms() {
		a := arm.Value
		origin := a.Origin()
		if origin == nil {
			origin = v.Origin()
		}
		n, known := a.AsInt()
		switch {
		case a.Kind() == value.KindAbsent:
			for _, t := range absent.tallies {
				if when, ok := arm.When.And(t.When); ok {
					t.When = when
					if t.Origin == nil {
						t.Origin = origin
					}
					out = append(out, t)
				}
			}
		case known && n >= 0 && n <= mostInstances && !a.MayBeMissing():
			out = append(out, Tally{When: arm.When, Least: n, Most: n, Origin: origin})
		default:
			out = append(out, Tally{When: arm.When, Least: 1, Most: most, Origin: origin, Reason: unknownCount(a)})
		}
	}
	return bounded(out)
}

func unknownCount(v value.Value) string {
	return "its number of instances is not known: " + cmp.Or(v.Reason(), v.WhyMissing(), "it is no number")
}
