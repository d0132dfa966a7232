package guard

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// A need is what a request has to have of one key: be without it where it may be absent, else values of which all, or some,
// are of a mask.
type need struct {
	key    int
	absent bool
	some   bool
	mask   bits
}

// A state is what is left to a request of one key.
type state struct {
	absent bool
	// within are the classes that its values are of; some of them have to be of each of the others.
	within bits
	some   []bits
}

// A clause is ways of which one has to be taken, each with all of its needs.
type clause struct {
	ways [][]need
	rule []*rule
}

// A search looks for a request that policies allow: for certain, or else as far as is known.
type search struct {
	*problem
	certain bool
	states  []state
	by      *rule
	// short says that it took too long.
	short bool
}

// meets returns what a request needs for a test to hold of it.
func (s *search) meets(t *test) need {
	n := need{key: t.key, absent: t.missing == tri.True, mask: t.surely, some: s.takesSome(t, t.Set == ForAnyValue)}
	if !s.certain {
		n.absent, n.mask = t.missing != tri.False, t.perhaps
	}
	return n
}

// breaks returns what a request needs for a test not to hold of it.
func (s *search) breaks(t *test) need {
	size := len(s.keys[t.key].classes)
	n := need{key: t.key, absent: t.missing == tri.False, mask: t.perhaps.not(size), some: s.takesSome(t, t.Set == ForAllValues)}
	if !s.certain {
		n.absent, n.mask = t.missing != tri.True, t.surely.not(size)
	}
	if strangers := s.keys[t.key].strangers; strangers != nil {
		n.mask = n.mask.and(strangers)
	}
	return n
}

// takesSome says whether one value of several decides a test. How an operator without a set operator compares several is not
// documented: all of them do for certain, and each of them may.
func (s *search) takesSome(t *test, set bool) bool {
	if t.Set == OneValue || t.compares == asNull {
		return !s.certain
	}
	return set
}

// with returns a state that has a need too.
func (s *search) with(of state, n need) state {
	s.work += 1 + len(n.mask)
	of.absent = of.absent && n.absent
	if n.some && s.keys[n.key].plural {
		of.some = append(slices.Clip(of.some), n.mask)
	} else {
		of.within = of.within.and(n.mask)
	}
	return of
}

// there reports whether a request may have the key.
func (of *state) there() bool {
	return !of.within.empty() && !slices.ContainsFunc(of.some, func(m bits) bool { return !m.meets(of.within) })
}

// has reports whether whatever is left meets a need already.
func (s *search) has(n need) bool {
	s.work += 1 + len(n.mask)
	of := &s.states[n.key]
	if of.absent && !n.absent {
		return false
	}
	if !of.there() || of.within.within(n.mask) {
		return true
	}
	return n.some && slices.ContainsFunc(of.some, func(m bits) bool { return m.and(of.within).within(n.mask) })
}

// take takes a way; it returns false, and changes nothing, where that can't be.
func (s *search) take(way []need) bool {
	before := slices.Clone(s.states)
	for _, n := range way {
		of := s.with(s.states[n.key], n)
		if s.states[n.key] = of; !of.absent && !of.there() {
			s.states = before
			return false
		}
	}
	return true
}

// run looks for a request; what is left to it is in states.
func (s *search) run() bool {
	grants, clauses, ok := s.clauses()
	if !ok {
		return false
	}
	start := s.states
	for i, way := range grants.ways {
		s.states = slices.Clone(start)
		s.by = grants.rule[i]
		if s.take(way) && s.solve(clauses) {
			return true
		}
	}
	return false
}

// clauses returns the ways to be granted the request, and all that has to be met beside; false where it can't be.
func (s *search) clauses() (clause, []clause, bool) {
	var all []clause
	for i, l := range s.levels {
		var c clause
		switch {
		case l.unread.why == "":
		case s.certain:
			return clause{}, nil, false
		default:
			c.ways, c.rule = [][]need{nil}, []*rule{nil}
		}
		for _, r := range l.allows {
			if r.applies == tri.True || !s.certain && r.applies == tri.Unknown {
				var way []need
				for _, t := range r.tests {
					way = append(way, s.meets(t))
				}
				c.ways, c.rule = append(c.ways, way), append(c.rule, r)
			}
		}
		if i == 0 && l.unread.why != "" {
			// A statement that is there says more than one that may be.
			c.ways, c.rule = append(c.ways[1:], c.ways[0]), append(c.rule[1:], c.rule[0])
		}
		all = append(all, c)
	}
	for _, r := range s.denies {
		if r.applies == tri.Unknown && !s.certain {
			continue
		}
		all = append(all, clause{ways: s.escapes(r)})
	}
	if len(all) == 0 {
		return clause{}, nil, false
	}
	return all[0], all[1:], true
}

// escapes returns the ways not to be denied by a statement: those that ask for no key first, and the resource last.
func (s *search) escapes(r *rule) [][]need {
	var ways [][]need
	for _, t := range r.tests {
		ways = append(ways, []need{s.breaks(t)})
	}
	rank := func(way []need) int {
		switch {
		case way[0].key == resourceKey:
			return 2
		case way[0].absent && s.states[way[0].key].absent:
			return 0
		}
		return 1
	}
	slices.SortStableFunc(ways, func(a, b []need) int { return rank(a) - rank(b) })
	return ways
}

// solve meets all of some clauses: of those that leave fewest ways first.
func (s *search) solve(clauses []clause) bool {
	for {
		var left []clause
		best, fewest := -1, 0
		for _, c := range clauses {
			if s.work > maxWork {
				s.short = true
				return false
			}
			ways, met := s.viable(c)
			if met {
				continue
			}
			if len(ways) == 0 {
				return false
			}
			if best < 0 || len(ways) < fewest {
				best, fewest = len(left), len(ways)
			}
			left = append(left, clause{ways: ways})
		}
		if best < 0 {
			return true
		}
		ways := left[best].ways
		clauses = slices.Delete(left, best, best+1)
		if len(ways) == 1 {
			s.take(ways[0])
			continue
		}
		before := s.states
		for _, way := range ways {
			s.states = slices.Clone(before)
			if s.take(way) && s.solve(clauses) {
				return true
			}
			if s.short {
				return false
			}
		}
		return false
	}
}

// viable returns the ways of a clause that can be taken, or reports that one is taken already.
func (s *search) viable(c clause) ([][]need, bool) {
	var ways [][]need
	for _, way := range c.ways {
		if !slices.ContainsFunc(way, func(n need) bool { return !s.has(n) }) {
			return nil, true
		}
		if s.open(way) {
			ways = append(ways, way)
		}
	}
	return ways, false
}

// open reports whether a way can be taken.
func (s *search) open(way []need) bool {
	if len(way) == 1 {
		of := s.with(s.states[way[0].key], way[0])
		return of.absent || of.there()
	}
	before := s.states
	s.states = slices.Clone(before)
	ok := s.take(way)
	s.states = before
	return ok
}

// start sets what a request without some keys may have.
func (s *search) start() bool {
	s.states = make([]state, len(s.keys))
	possible := true
	for i, k := range s.keys {
		n := len(k.classes)
		of := state{absent: !k.always, within: newBits(n).not(n)}
		switch {
		case i == resourceKey:
			if s.certain && k.sure != nil {
				of.within = k.sure
			}
		case k.never:
			of.within = newBits(n)
		}
		if v, ok := s.assumed[strings.ToLower(k.name)]; ok && i != resourceKey {
			of.assume(k, v)
		}
		possible = possible && (of.absent || of.there())
		s.states[i] = of
	}
	return possible
}

// assume leaves a key what a policy variable is taken for.
func (of *state) assume(k *key, v variable) {
	n := len(k.classes)
	if v.absent {
		of.within = newBits(n)
		return
	}
	of.absent = false
	mask := newBits(n)
	for i, c := range k.classes {
		if slices.Equal(c.text, v.text) {
			mask.add(i)
		}
	}
	of.within = of.within.and(mask)
}
