package guard

import (
	"cmp"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Situation is what a request may have for one condition key: nothing, or a value.
type Situation struct {
	kind  situation
	value string
}

type situation uint8

const (
	isAbsent situation = iota
	isValue
	isNamed
)

// Absent is a request without the key.
func Absent() Situation { return Situation{} }

// Exactly is a request with a value of the key.
func Exactly(text string) Situation { return Situation{kind: isValue, value: text} }

// Named is a request with a value that the condition names.
func Named() Situation { return Situation{kind: isNamed} }

// Unnamed are requests with a value of the key that no policy names, in the forms that it may have.
func Unnamed(key string) []Situation {
	var out []Situation
	for _, text := range infoOf(key).strangers {
		out = append(out, Exactly(text))
	}
	return out
}

// Keys says for each condition key in which situations a request may be. None stands for anything that the requester likes.
type Keys func(key string) []Situation

// Admits says in which worlds a request can be made that meets every condition, as far as the keys leave that to it.
func (s *Statement) Admits(keys Keys) value.Truth {
	return s.judged(func(p *problem, k *key) tri.Bool {
		situations := keys(k.name)
		if len(situations) == 0 {
			return p.free(k, func(s *search, of state) []state {
				for _, t := range k.tests {
					of = s.with(of, s.meets(t))
				}
				return []state{of}
			})
		}
		some := tri.False
		for _, of := range situations {
			some = some.Or(p.met(k, of))
		}
		return some
	})
}

// Binds says in which worlds every request meets every condition, in whichever of the situations it is.
func (s *Statement) Binds(keys Keys) value.Truth {
	return s.judged(func(p *problem, k *key) tri.Bool {
		situations := keys(k.name)
		if len(situations) == 0 {
			return p.free(k, func(s *search, of state) []state {
				var out []state
				for _, t := range k.tests {
					out = append(out, s.with(of, s.breaks(t)))
				}
				return out
			}).Not()
		}
		all := tri.True
		for _, of := range situations {
			all = all.And(p.met(k, of))
		}
		return all
	})
}

// MetBy says in which worlds a situation meets a condition, if the statement has it.
func (c *Condition) MetBy(of Situation) value.Truth {
	alone := Statement{Conditions: []Condition{*c}, ConditionsComplete: value.Yes(), variables: value.No()}
	alone.Conditions[0].Holds = value.Yes()
	return alone.Binds(func(string) []Situation { return []Situation{of} })
}

// judged joins what is said of the conditions on each key. It is unknown where there may be others.
func (s *Statement) judged(say func(p *problem, k *key) tri.Bool) value.Truth {
	holds, _ := inWorlds(nil, func(c *cell) outcome {
		p := &problem{cell: c, index: map[string]int{}, keys: []*key{{}}}
		complete, why := p.holds(s.ConditionsComplete)
		r := &rule{Statement: s, applies: tri.True}
		if complete != tri.True {
			r.applies, r.doubt = tri.Unknown, doubt{why: cmp.Or(why.why, "not all of its conditions are known"), at: why.at}
		}
		for i := range s.Conditions {
			p.condition(r, &s.Conditions[i], path{}.to(i))
		}
		all, why := r.applies, r.doubt
		for _, k := range p.keys[resourceKey+1:] {
			if len(k.tests) == 0 {
				continue
			}
			is := say(p, k)
			all = all.And(is)
			if is == tri.Unknown {
				for _, t := range k.tests {
					why = why.or(t.doubt)
				}
				why = why.or(doubt{why: "it can't be known what " + k.name + " is compared with", at: k.tests[0].doubt.at})
			}
		}
		return outcome{holds: all, doubt: why}
	})
	return holds
}

// free says whether a request that may have anything of a key can be in one of some states.
func (p *problem) free(k *key, states func(s *search, of state) []state) tri.Bool {
	p.classify(k)
	n := len(k.classes)
	for _, t := range k.tests {
		p.each(t)
	}
	for _, certain := range []bool{true, false} {
		s := &search{problem: p, certain: certain}
		for _, of := range states(s, state{absent: !k.always, within: newBits(n).not(n)}) {
			switch {
			case !of.absent && !of.there():
			case certain:
				return tri.True
			default:
				return tri.Unknown
			}
		}
	}
	return tri.Of(!k.complete || p.work > maxWork).And(tri.Unknown)
}

// met says whether a situation meets all conditions on a key.
func (p *problem) met(k *key, of Situation) tri.Bool {
	k.classes = nil
	if of.kind == isValue {
		k.classes = []class{classOf(Pattern(of.value))}
	}
	all := tri.True
	for _, t := range k.tests {
		is := t.missing
		switch {
		case of.kind == isValue:
			p.each(t)
			is = p.passes(t)
		case of.kind == isNamed && t.compares == asNull:
			is = t.null("false")
		case of.kind == isNamed:
			is = tri.Of(!t.Negated)
		}
		all = all.And(is)
	}
	return all
}
