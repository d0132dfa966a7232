package terraform

import (
	"slices"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// maxWorlds bounds the combinations of alternatives that one operation tells apart.
const maxWorlds = 32

// crowded says that a value depends on more alternatives than are told apart.
const crowded = "it depends on too many conditions"

// lift applies f in every world of o.
func lift(o outcome, f func(outcome) outcome) outcome {
	if o.parts() == nil && o.fails != tri.True && o.Kind() != value.KindChoice {
		return f(o)
	}
	return distribute([]outcome{o}, func(os []outcome) outcome { return f(os[0]) })
}

// parted returns what an outcome is in each of the worlds that it tells apart.
func parted(o outcome) []part {
	if o.parts() != nil {
		return o.parts()
	}
	arms := o.Arms()
	parts := make([]part, len(arms))
	for i, a := range arms {
		v := a.Value
		if v.Origin() == nil {
			v = v.WithOrigin(o.Origin())
		}
		if o.MayBeMissing() {
			v = v.Maybe()
		}
		parts[i] = part{a.When, v, o.fails}
	}
	return parts
}

// distribute applies f to the operands in every world that their alternatives make together. In a world in which an
// operand fails, so does the result. Where the worlds are too many, operands that are choices are opaque to f.
func distribute(operands []outcome, f func([]outcome) outcome) outcome {
	split := false
	for _, o := range operands {
		if o.fails == tri.True {
			return failed(o.Reason(), operands...)
		}
		split = split || o.parts() != nil || o.Kind() == value.KindChoice
	}
	switch {
	case !split:
		return f(operands)
	case worldsOf(operands) > maxWorlds:
		return f(blurred(operands))
	}
	alternatives := make([][]part, len(operands))
	for i, o := range operands {
		alternatives[i] = parted(o)
	}
	var c cases
	chosen := make([]outcome, len(operands))
	var walk func(i int, when value.World, failing bool)
	walk = func(i int, when value.World, failing bool) {
		switch {
		case i == len(operands) && failing:
			c.add(when, failed("it fails"))
		case i == len(operands):
			c.add(when, f(slices.Clone(chosen)))
		default:
			for _, p := range alternatives[i] {
				if w, ok := when.And(p.when); ok {
					chosen[i] = ended(p.value, p.fails)
					walk(i+1, w, failing || p.fails == tri.True)
				}
			}
		}
	}
	walk(0, nil, false)
	return c.outcome(operands)
}

// cases collects what an operation comes to in each world.
type cases struct{ parts []part }

// add adds what it comes to in a world, of which it may tell apart others itself.
func (c *cases) add(when value.World, o outcome) {
	for _, a := range o.Arms() {
		if w, ok := when.And(a.When); ok {
			v := a.Value
			if v.Origin() == nil {
				v = v.WithOrigin(o.Origin())
			}
			c.parts = append(c.parts, part{w, v.MaybeAs(o.Value), o.fails})
		}
	}
}

func (c *cases) outcome(operands []outcome) outcome {
	failing, unknown := 0, 0
	arms := make([]value.Arm, 0, len(c.parts))
	for _, p := range c.parts {
		switch p.fails {
		case tri.True:
			failing++
		case tri.Unknown:
			unknown++
		}
		if p.fails != tri.True {
			arms = append(arms, value.Arm{When: p.when, Value: p.value})
		}
	}
	if failing == len(c.parts) {
		return failed("it fails", operands...)
	}
	o := ended(value.OfChoice(arms), tri.False)
	if unknown+failing > 0 {
		o.fails = tri.Unknown
	}
	if failing > 0 {
		o.more = &more{parts: c.parts}
	}
	return o
}

// worldsOf returns how many combinations the alternatives of operands make; no more than maxWorlds+1 are counted.
func worldsOf(operands []outcome) int {
	worlds := 1
	for _, o := range operands {
		if o.parts() != nil || o.Kind() == value.KindChoice {
			worlds = min(worlds*max(1, len(o.parts()), len(o.Arms())), maxWorlds+1)
		}
	}
	return worlds
}

// blurred returns the operands with opaque values in place of choices.
func blurred(operands []outcome) []outcome {
	out := slices.Clone(operands)
	for i, o := range out {
		if o.Kind() == value.KindChoice {
			v := value.OfOpaque(crowded, o.Refs()...).WithOrigin(o.Origin())
			out[i] = ended(v, o.fails)
		}
	}
	return out
}

// derived places a computed value at span. Its trace goes on with that of the first operand that has one.
func (ev *evaluator) derived(v value.Value, span source.Span, operands ...outcome) value.Value {
	origin := &ev.origins.Make(1)[0]
	origin.Span = span
	for _, o := range operands {
		via := noted(o.Origin())
		if via != nil {
			origin.Via = via
			break
		}
	}
	return v.WithOrigin(origin)
}

// noted returns the first origin of a chain that says what happens there.
func noted(o *value.Origin) *value.Origin {
	for o != nil && o.Note == "" {
		o = o.Via
	}
	return o
}

// textual returns a value as part of a text: what can't be seen into is opaque.
func textual(v value.Value) value.Value {
	switch {
	case v.Encoded():
		if s, ok := jsonText(v); ok {
			return value.OfString(s).WithOrigin(v.Origin())
		}
		return value.OfPresent(v.Reason(), v.Refs()...).Spelling(v).WithOrigin(v.Origin())
	case unspelt(v):
		return value.OfOpaque("not every digit of the number is known").WithOrigin(v.Origin())
	case v.Kind() == value.KindScalar && len(v.Literal()) > maxTextBytes:
		return value.OfOpaque("the text is too long").WithOrigin(v.Origin())
	}
	return v
}

// nameIn returns the name of a member that a value is, a known text of JSON included.
func nameIn(v value.Value) (string, bool) { return textual(v).AsString() }

// describe names the kind of a value to people.
func describe(v value.Value) string {
	switch v.Kind() {
	case value.KindAbsent:
		return "null"
	case value.KindList:
		return "a list"
	case value.KindObject:
		return "an object"
	}
	return "not known"
}

// known reports whether v is known to its last member.
func known(v value.Value) bool {
	if v.MayBeMissing() {
		return false
	}
	switch v.Kind() {
	case value.KindAbsent, value.KindScalar:
		return true
	case value.KindList:
		return !v.Open() && allKnown(v.Elems())
	case value.KindObject:
		if v.Open() {
			return false
		}
		for _, f := range v.Fields() {
			if !known(f.Value) {
				return false
			}
		}
		return true
	}
	return false
}

func allKnown(vs []value.Value) bool {
	for _, v := range vs {
		if !known(v) {
			return false
		}
	}
	return true
}

// exact reports whether v is a list of which the number and order of elements is known.
func exact(v value.Value) bool {
	switch {
	case !settled(v):
		return false
	case !v.Unordered() || len(v.Elems()) == 0:
		return true
	case v.Sorted():
		return allKnown(v.Elems()) && typed(v)
	}
	return v.ListOrSet() && len(v.Elems()) == 1
}

// settled reports whether v is a list that has each of its elements and no other.
func settled(v value.Value) bool {
	if v.Kind() != value.KindList || v.Open() || v.Encoded() {
		return false
	}
	for _, e := range v.Elems() {
		if e.MayBeMissing() {
			return false
		}
	}
	return true
}

// complete reports whether v is an object of which the names are all known.
func complete(v value.Value) bool {
	if v.Kind() != value.KindObject || v.Open() || v.Encoded() {
		return false
	}
	for _, f := range v.Fields() {
		if f.Value.MayBeMissing() {
			return false
		}
	}
	return true
}
