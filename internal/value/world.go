package value

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// A Fact is one thing that a world decides: a condition, a parameter's value, the test of an if statement.
type Fact struct {
	// Var identifies what is decided, across the whole run: two facts of one Var exclude each other.
	Var string
	// Is is the value that it has: "true", "false", or one of a parameter's allowed values.
	Is string
	// Text says it to people: "UsePrivateNetwork is false".
	Text string
	// Opposite says its negation to people, where that isn't Text with "true" and "false" or "is" and "is not" exchanged.
	Opposite string
	// Domain are all values that it may have, joined by sep; empty where they are not known or too many.
	Domain string
}

// sep joins several values in one text. No value that anyone writes has it.
const sep = "\x1f"

// Values joins the values of a Fact's Domain.
func Values(values []string) string { return strings.Join(values, sep) }

// A World is a conjunction of facts, at most one for each Var, sorted by Var. The empty World is every world.
type World []Fact

// And returns the worlds in which both hold; false where they contradict each other.
func (w World) And(o World) (World, bool) {
	switch {
	case len(o) == 0:
		return w, true
	case len(w) == 0:
		return o, true
	case w.has(o, decides):
		return w, true
	case o.has(w, is):
		return o, true
	}
	out := make(World, 0, len(w)+len(o))
	i, j := 0, 0
	for i < len(w) && j < len(o) {
		switch {
		case w[i].Var < o[j].Var:
			out = append(out, w[i])
			i++
		case w[i].Var > o[j].Var:
			out = append(out, o[j])
			j++
		default:
			f, ok := w[i].meet(o[j])
			if !ok {
				return nil, false
			}
			out = append(out, f)
			i, j = i+1, j+1
		}
	}
	out = append(out, w[i:]...)
	return append(out, o[j:]...), true
}

// has reports whether every fact of o is like one of w's.
func (w World) has(o World, like func(f, g *Fact) bool) bool {
	if len(o) > len(w) {
		return false
	}
	i := 0
	for j := range o {
		for i < len(w) && w[i].Var < o[j].Var {
			i++
		}
		if i == len(w) || !like(&w[i], &o[j]) {
			return false
		}
	}
	return true
}

// decides reports whether two facts are one, however each is said; is also whether they are said alike.
func decides(f, g *Fact) bool { return f.Var == g.Var && f.Is == g.Is }
func is(f, g *Fact) bool      { return *f == *g }

// Meets reports whether there is a world in which both hold.
func (w World) Meets(o World) bool {
	i, j := 0, 0
	for i < len(w) && j < len(o) {
		switch {
		case w[i].Var < o[j].Var:
			i++
		case w[i].Var > o[j].Var:
			j++
		default:
			if _, ok := w[i].meet(o[j]); !ok {
				return false
			}
			i, j = i+1, j+1
		}
	}
	return true
}

// notPrefix begins the Is of a fact that excludes one value and leaves the others open.
const notPrefix = "not "

// Not returns the fact that excludes f.
func (f Fact) Not() Fact {
	n := f.negated()
	n.Domain = f.Domain
	if f.Opposite != "" {
		n.Text, n.Opposite = f.Opposite, f.Text
	}
	return n
}

func (f Fact) negated() Fact {
	switch {
	case f.Is == "true":
		return Fact{Var: f.Var, Is: "false", Text: strings.TrimSuffix(f.Text, "true") + "false"}
	case f.Is == "false":
		return Fact{Var: f.Var, Is: "true", Text: strings.TrimSuffix(f.Text, "false") + "true"}
	case strings.HasPrefix(f.Is, notPrefix):
		return Fact{Var: f.Var, Is: strings.TrimPrefix(f.Is, notPrefix), Text: strings.Replace(f.Text, " is not ", " is ", 1)}
	}
	return Fact{Var: f.Var, Is: notPrefix + f.Is, Text: strings.Replace(f.Text, " is ", " is not ", 1)}
}

// complement returns the facts of which one holds where f doesn't.
func (f Fact) complement() []Fact {
	not := f.excluded()
	if len(not) < 2 {
		return []Fact{f.Not()}
	}
	out := make([]Fact, len(not))
	name, _, _ := strings.Cut(f.Text, " is not ")
	for i, v := range not {
		out[i] = Fact{Var: f.Var, Is: v, Text: name + " is " + v, Domain: f.Domain}
	}
	return out
}

// excluded returns the values that a fact excludes; none where it says which value there is.
func (f Fact) excluded() []string {
	rest, ok := strings.CutPrefix(f.Is, notPrefix)
	if !ok {
		return nil
	}
	return strings.Split(rest, sep)
}

// meet returns the fact that both hold, which speak of one Var; false where they exclude each other.
func (f Fact) meet(o Fact) (Fact, bool) {
	if f.Is == o.Is {
		return f, true
	}
	not, other := f.excluded(), o.excluded()
	switch {
	case not == nil && other == nil:
		return Fact{}, false
	case not == nil:
		return f, !slices.Contains(other, f.Is)
	case other == nil:
		return o, !slices.Contains(not, o.Is)
	}
	all := slices.Concat(not, other)
	slices.Sort(all)
	all = slices.Compact(all)
	if f.Domain != "" {
		left := slices.DeleteFunc(strings.Split(f.Domain, sep), func(v string) bool { return slices.Contains(all, v) })
		if len(left) == 0 {
			return Fact{}, false
		}
	}
	text := f.Text
	if !strings.Contains(f.Text, o.Text) {
		text += " and " + o.Text
	}
	return Fact{Var: f.Var, Is: notPrefix + strings.Join(all, sep), Text: text, Domain: f.Domain}, true
}

// String says the world to people: "A is true and B is false". It is empty for every world.
func (w World) String() string {
	texts := make([]string, len(w))
	for i, f := range w {
		texts[i] = f.Text
	}
	return strings.Join(texts, " and ")
}

// A Case is what holds in one world.
type Case struct {
	When  World
	Holds tri.Bool
	// Origin is where the value stands that decided it.
	Origin *Origin
	// Reason says what is missing where Holds is Unknown.
	Reason string
}

// A Truth says of a statement in which worlds it holds, in which it doesn't, and in which that can't be known. The zero
// Truth is unknown. It is not a bool, so that what is unknown can't be mishandled.
type Truth struct {
	// cases are empty where no worlds are told apart and nothing is to be explained, which is so of most: holds and origin say
	// all then, and are of no meaning otherwise.
	cases  []Case
	holds  tri.Bool
	origin *Origin
}

// MaxCases bounds the worlds that one statement tells apart; past it the statement is unknown.
const MaxCases = 256

// Always returns the truth that is b in every world, decided at origin.
func Always(b tri.Bool, origin *Origin) Truth {
	return Truth{holds: b, origin: origin}
}

// only returns the truth of which c is the only case.
func only(c Case) Truth {
	if len(c.When) == 0 && c.Reason == "" {
		return Truth{holds: c.Holds, origin: c.Origin}
	}
	return Truth{cases: []Case{c}}
}

// whole returns the only case of a truth that tells no worlds apart.
func (t Truth) whole() (Case, bool) {
	switch {
	case len(t.cases) == 0:
		return Case{Holds: t.holds, Origin: t.origin}, true
	case len(t.cases) == 1 && len(t.cases[0].When) == 0:
		return t.cases[0], true
	}
	return Case{}, false
}

// Yes is the truth that holds in every world.
func Yes() Truth { return Truth{holds: tri.True} }

// plain reports whether t is Yes.
func (t Truth) plain() bool { return len(t.cases) == 0 && t.holds == tri.True && t.origin == nil }

// No is the truth that holds in no world.
func No() Truth { return Truth{holds: tri.False} }

// Unknowable returns the truth that can't be known, for a reason.
func Unknowable(reason string, origin *Origin) Truth {
	return only(Case{Holds: tri.Unknown, Origin: origin, Reason: reason})
}

// In returns the truth that is b in the world w and not b elsewhere, given that the facts of w are decided.
func In(w World) Truth {
	if len(w) == 0 {
		return Yes()
	}
	cases := make([]Case, 1, 1+len(w))
	cases[0] = Case{When: w, Holds: tri.True}
	// The complement of a conjunction, one negated fact at a time, so that the cases exclude each other.
	for i, f := range w {
		for _, other := range f.complement() {
			prefix := make(World, 0, i+1)
			prefix = append(append(prefix, w[:i]...), other)
			cases = append(cases, Case{When: prefix, Holds: tri.False})
		}
	}
	return Truth{cases: cases}
}

// Cases returns the cases; of the zero Truth, the one that is unknown.
func (t Truth) Cases() []Case {
	if len(t.cases) == 0 {
		return []Case{{Holds: t.holds, Origin: t.origin}}
	}
	return t.cases
}

// Size counts the cases and the facts of their worlds: what it costs to look at all of t.
func (t Truth) Size() int {
	n := max(1, len(t.cases))
	for _, c := range t.cases {
		n += len(c.When)
	}
	return n
}

// Within holds where t does and w is the world, and doesn't hold in any other world.
func (t Truth) Within(w World) Truth {
	if len(w) == 0 {
		return t
	}
	return t.And(In(w))
}

// When returns t within the worlds of w only: a part of a truth, to be joined with the parts for the other worlds.
func (t Truth) When(w World) Truth {
	if len(w) == 0 {
		return t
	}
	out := make([]Case, 0, max(1, len(t.cases)))
	for _, c := range t.Cases() {
		if world, ok := c.When.And(w); ok {
			c.When = world
			out = append(out, c)
		}
	}
	return Truth{cases: out}
}

// Join returns the cases of all, which must speak of worlds that exclude each other.
func Join(ts ...Truth) Truth {
	if len(ts) == 1 {
		return ts[0]
	}
	n := 0
	for _, t := range ts {
		n += max(1, len(t.cases))
	}
	out := make([]Case, 0, n)
	for _, t := range ts {
		out = append(out, t.Cases()...)
	}
	return bounded(out)
}

func bounded(cases []Case) Truth {
	switch {
	case len(cases) > MaxCases:
		return Unknowable("it depends on too many conditions", cases[0].Origin)
	case len(cases) == 1:
		return only(cases[0])
	}
	return Truth{cases: cases}
}

// Supposed holds where t holds or isn't known.
func (t Truth) Supposed() Truth {
	if len(t.cases) == 0 {
		return Truth{holds: tri.Of(t.holds != tri.False), origin: t.origin}
	}
	out := make([]Case, 0, len(t.cases))
	for _, c := range t.cases {
		out = append(out, Case{When: c.When, Holds: tri.Of(c.Holds != tri.False), Origin: c.Origin})
	}
	return Truth{cases: out}
}

// Not negates in every world.
func (t Truth) Not() Truth {
	if len(t.cases) == 0 {
		return Truth{holds: t.holds.Not(), origin: t.origin}
	}
	out := make([]Case, 0, len(t.cases))
	for _, c := range t.cases {
		c.Holds = c.Holds.Not()
		out = append(out, c)
	}
	return Truth{cases: out}
}

// Doubt is unknown where t is unknown, and false elsewhere.
func (t Truth) Doubt() Truth {
	if len(t.cases) == 0 {
		if t.holds != tri.Unknown {
			t.holds = tri.False
		}
		return t
	}
	out := make([]Case, 0, len(t.cases))
	for _, c := range t.cases {
		if c.Holds != tri.Unknown {
			c.Holds = tri.False
		}
		out = append(out, c)
	}
	return Truth{cases: out}
}

// And holds where both hold. The origin is that of the operand that decides; where both do, t's.
func (t Truth) And(u Truth) Truth {
	switch {
	case t.plain():
		return u
	case u.plain():
		return t
	}
	return t.combine(u, tri.False, tri.Bool.And)
}

// Or holds where either holds.
func (t Truth) Or(u Truth) Truth { return t.combine(u, tri.True, tri.Bool.Or) }

func (t Truth) combine(u Truth, decisive tri.Bool, op func(tri.Bool, tri.Bool) tri.Bool) Truth {
	if r, ok := t.alone(u, decisive); ok {
		return r
	}
	return t.cross(u, decisive, op)
}

// cross combines each case with each of the other's.
func (t Truth) cross(u Truth, decisive tri.Bool, op func(tri.Bool, tri.Bool) tri.Bool) Truth {
	if a, ok := t.whole(); ok {
		if b, ok := u.whole(); ok {
			return only(pair(a, b, decisive, op))
		}
	}
	out := make([]Case, 0, max(1, len(t.cases), len(u.cases)))
	for _, a := range t.Cases() {
		if a.Holds == decisive {
			out = append(out, a)
			continue
		}
		for _, b := range u.Cases() {
			w, ok := a.When.And(b.When)
			if !ok {
				continue
			}
			c := pair(a, b, decisive, op)
			c.When = w
			out = append(out, c)
		}
		if len(out) > MaxCases {
			break
		}
	}
	return bounded(out)
}

// pair combines two cases of one world.
func pair(a, b Case, decisive tri.Bool, op func(tri.Bool, tri.Bool) tri.Bool) Case {
	if a.Holds == decisive {
		return a
	}
	c := Case{Holds: op(a.Holds, b.Holds), Origin: a.Origin, Reason: a.Reason}
	switch {
	case b.Holds == decisive, a.Holds != tri.Unknown && b.Holds == tri.Unknown, c.Origin == nil:
		c.Origin, c.Reason = b.Origin, b.Reason
	}
	if c.Holds == tri.Unknown && c.Reason == "" {
		c.Reason = a.Reason
	}
	return c
}

// alone returns what combine does where that is one of its operands as it stands, which is so of most: one of them tells no
// worlds apart, and decides or has no say.
func (t Truth) alone(u Truth, decisive tri.Bool) (Truth, bool) {
	a, whole := t.whole()
	if whole {
		switch {
		case a.Holds == decisive:
			return t, true
		case a.Holds == tri.Unknown:
		case a.Reason == "" && (a.Origin == nil || !slices.ContainsFunc(u.Cases(), func(b Case) bool { return b.Holds == a.Holds })):
			return u, true
		}
	}
	if b, ok := u.whole(); ok && b.Reason == "" {
		switch {
		case b.Holds == tri.Unknown:
		case b.Holds == decisive:
			return u, whole
		case b.Origin == nil || !slices.ContainsFunc(t.Cases(), func(a Case) bool { return a.Holds != decisive && a.Origin == nil }):
			return t, true
		}
	}
	return Truth{}, false
}

// AnyOf is the disjunction of ts.
func AnyOf(ts ...Truth) Truth {
	r := No()
	for _, t := range ts {
		r = t.Or(r)
	}
	return r
}

// Known reduces t to one answer where every world agrees, and Unknown otherwise.
func (t Truth) Known() tri.Bool {
	if len(t.cases) == 0 {
		return t.holds
	}
	r := t.cases[0].Holds
	for i := range t.cases {
		if t.cases[i].Holds != r {
			return tri.Unknown
		}
	}
	return r
}

// Verdict reduces t, read as "this is wrong", to one answer, by the rulings of the catalogue: where every world is
// decided and one fails, it fails; where a world is undecided it is undecided, unless every other world fails. The cases
// returned are those that decide: the failing ones, or the undecided ones.
func (t Truth) Verdict() (tri.Bool, []Case) {
	switch known := t.Known(); {
	case known == tri.False:
		return tri.False, nil
	case len(t.cases) < 2:
		return known, slices.Clip(t.Cases())
	}
	var number [tri.True + 1]int
	for _, c := range t.cases {
		number[c.Holds]++
	}
	verdict := tri.Unknown
	if number[tri.True] > 0 && (number[tri.Unknown] == 0 || number[tri.False] == 0) {
		verdict = tri.True
	}
	deciding := make([]Case, 0, number[verdict])
	for _, c := range t.cases {
		if c.Holds == verdict {
			deciding = append(deciding, c)
		}
	}
	return verdict, deciding
}

// Everywhere reports whether the verdict of t holds in every world that t tells apart, so that naming one adds nothing.
func (t Truth) Everywhere() bool {
	first := t.Cases()[0].Holds
	for _, c := range t.Cases() {
		if c.Holds != first {
			return false
		}
	}
	return true
}
