package cloudformation

import (
	"slices"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A scope is where an expression stands: the worlds in which it counts, and the header of the object that it may be.
type scope struct {
	// worlds are alternatives; none is every world. Within an arm of Fn::If, or in a resource with a condition, a condition
	// that the surroundings have decided is decided.
	worlds []value.World
	// header is the key that the value is given to.
	header source.Span
	// loops are those of Fn::ForEach around it.
	loops []loop
}

// allows reports whether a world is one of the scope's.
func (in scope) allows(w value.World) bool {
	if len(in.worlds) == 0 {
		return true
	}
	return slices.ContainsFunc(in.worlds, w.Meets)
}

// implies reports whether a fact holds in all worlds of the scope.
func (in scope) implies(f value.Fact) bool {
	for _, w := range in.worlds {
		held := false
		for _, g := range w {
			held = held || g.Var == f.Var && g.Is == f.Is
		}
		if !held {
			return false
		}
	}
	return len(in.worlds) > 0
}

// maxScope bounds the alternatives of a scope; past it a scope isn't narrowed, which is safe.
const maxScope = 64

// where returns the scope within which a condition may have one of several truths.
func (t *template) where(in scope, truth value.Truth, holds ...tri.Bool) scope {
	var cases []value.World
	for _, c := range truth.Cases() {
		if slices.Contains(holds, c.Holds) {
			if len(c.When) == 0 {
				return in
			}
			cases = append(cases, c.When)
		}
	}
	if len(in.worlds) == 0 && len(cases) <= maxScope {
		in.worlds = cases
		return in
	}
	if t.spend(len(in.worlds) * truth.Size()); t.spent() {
		return in
	}
	var worlds []value.World
	for _, v := range in.worlds {
		for _, c := range cases {
			if w, ok := v.And(c); ok {
				worlds = append(worlds, w)
			}
		}
		if len(worlds) > maxScope {
			return in
		}
	}
	if len(worlds) > 0 {
		in.worlds = worlds
	}
	return in
}

// under returns the scope of a value that is given to a key.
func (in scope) under(key source.Span) scope {
	in.header = key
	return in
}

// decide returns the cases of a truth that a scope allows.
func (t *template) decide(in scope, truth value.Truth) []value.Case {
	cases := truth.Cases()
	if t.spend(len(in.worlds) * truth.Size()); len(in.worlds) == 0 || t.spent() {
		return cases
	}
	var out []value.Case
	for _, c := range cases {
		if in.allows(c.When) {
			out = append(out, c)
		}
	}
	return out
}

// product applies f to values that are no choices: once for each combination of their arms that is possible, at a place.
func (t *template) product(in scope, at source.Span, vs []value.Value, f func([]value.Value) value.Value) value.Value {
	type combination struct {
		when value.World
		vs   []value.Value
	}
	if !slices.ContainsFunc(vs, func(v value.Value) bool { return v.Kind() == value.KindChoice }) {
		return f(vs)
	}
	all := []combination{{vs: vs}}
	for i, v := range vs {
		if v.Kind() != value.KindChoice {
			continue
		}
		var next []combination
		for _, c := range all {
			for _, arm := range v.Arms() {
				w, ok := c.when.And(arm.When)
				if !ok || !in.allows(w) {
					continue
				}
				a := arm.Value
				if a.Origin() == nil {
					a = a.WithOrigin(v.Origin())
				}
				if v.MayBeMissing() {
					a = a.Maybe()
				}
				t.spend(len(w))
				n := combination{w, append([]value.Value(nil), c.vs...)}
				n.vs[i] = a
				next = append(next, n)
			}
		}
		if t.spend(len(next) * len(vs)); len(next) > value.MaxArms || t.spent() {
			return value.OfOpaque("it depends on too many conditions", refs(vs...)...).Maybe().From(at)
		}
		all = next
	}
	arms := make([]value.Arm, len(all))
	for i, c := range all {
		arms[i] = value.Arm{When: c.when, Value: f(c.vs)}
	}
	return choice(arms, at)
}

// choice returns one of arms, as chosen at a place. Where they are too many to tell apart, the value may also be none at
// all.
func choice(arms []value.Arm, at source.Span) value.Value {
	if len(arms) == 0 {
		return value.OfOpaque("its conditions contradict each other").Maybe().From(at)
	}
	v := value.OfChoice(arms)
	if len(arms) > 1 && v.Kind() == value.KindOpaque {
		v = v.Maybe()
	}
	if v.Origin() == nil {
		v = v.From(at)
	}
	return v
}

// maxWork bounds what one template may cost beyond a single look at each of its nodes, in combinations of worlds, copied
// elements and stretches of copied text; past it conditions are unknown and texts are opaque.
const maxWork = 4_000_000

func (t *template) spend(n int) {
	t.work += n
	t.group.work += n
}

func (t *template) spent() bool { return t.work > maxWork || t.group.work > maxGroupWork }

// refs returns what values are computed from.
func refs(vs ...value.Value) []value.Ref { return value.OfList(vs, false).Refs() }
