package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A member is one of an object's, where how many there are is known but not what each is called.
type member struct {
	key, value value.Value
	// maybe marks a member that may not be there.
	maybe bool
	// many marks what stands for several, whose names nothing tells apart.
	many bool
}

// An unnamed collects the members of an object from the first on of which the name is not all known.
type unnamed struct {
	members []member
	// alike is set where two of them may have one name.
	alike bool
}

// add adds a member to those that are built already, and reports whether no two can have one name.
func (u *unnamed) add(b *builder, key, v value.Value) bool {
	if u.members == nil {
		if key.Kind() == value.KindScalar {
			return true
		}
		for _, f := range b.fields {
			u.members = append(u.members, member{key: value.OfString(f.Name), value: f.Value})
		}
	}
	u.alike = u.alike || len(u.members) > maxInstances
	for _, m := range u.members {
		if u.alike {
			break
		}
		u.alike = !differ(m.key, key)
	}
	u.members = append(u.members, member{key: key, value: v})
	return !u.alike
}

// An entry is an instance of for_each under a key that is not all known.
type entry struct {
	member
	// arm is the alternative of for_each that has it.
	arm    int
	suffix string
}

// entriesOf returns the instances under keys that are not all known; false where their number isn't known either. What
// is known by its name is not among them.
func entriesOf(each outcome) ([]entry, bool) {
	var out []entry
	for i, a := range each.Arms() {
		ms, ok := membersIn(each, a.Value)
		if !ok {
			return nil, false
		}
		first := len(out)
		for _, m := range ms {
			if m.key.Kind() == value.KindScalar {
				continue
			}
			same := slices.IndexFunc(out[first:], func(x entry) bool { return lookAlike(x.key, m.key) })
			if same < 0 {
				out = append(out, entry{member: m, arm: i, suffix: star})
				continue
			}
			x := &out[first+same]
			x.value, x.maybe, x.many = either(x.value, m.value), x.maybe && m.maybe, true
		}
	}
	for i := range out {
		if i > 0 {
			out[i].suffix += "#" + strconv.Itoa(i+1)
		}
	}
	return out, len(out) > 0 && len(out) <= maxInstances
}

// membersIn returns the members of one alternative of for_each.
func membersIn(each outcome, v value.Value) ([]member, bool) {
	switch {
	case complete(v):
		return nil, true
	case v.Kind() == value.KindObject && each.Kind() == value.KindObject && each.members() != nil:
		return each.members(), true
	case settled(v):
		return distinctKeys(v.Elems())
	}
	return nil, false
}

// distinctKeys returns the elements of a set. Two of which not all is known may be the same, which then is one element:
// those that are certain to differ from all before them are certain to be there.
func distinctKeys(elems []value.Value) ([]member, bool) {
	var out []member
	for _, known := range []bool{true, false} {
		for _, e := range elems {
			if e.Kind() == value.KindAbsent || e.Kind() == value.KindList || e.Kind() == value.KindObject || whole(e) {
				return nil, false
			}
			if known != (e.Kind() == value.KindScalar) {
				continue
			}
			m := member{key: e, value: e}
			for i := 0; i < len(out) && !known && !m.maybe; i++ {
				m.maybe = !differ(out[i].key, e)
			}
			if out = append(out, m); len(out) > maxInstances {
				return nil, false
			}
		}
	}
	return out, true
}

// lookAlike reports whether nothing tells two texts apart that are not all known: two elements of one unknown list.
func lookAlike(a, b value.Value) bool {
	switch {
	case a.Kind() != b.Kind() || len(a.Parts()) != len(b.Parts()):
		return false
	case a.Kind() == value.KindOpaque:
		return a.Reason() == b.Reason() && slices.Equal(a.Refs(), b.Refs())
	case a.Kind() != value.KindText:
		return sameText(a, b)
	}
	for i, p := range a.Parts() {
		if !lookAlike(p, b.Parts()[i]) {
			return false
		}
	}
	return true
}

// either returns what two values have in common: it contains both.
func either(a, b value.Value) value.Value {
	if same, ok := sameKnown(a, b); ok && same || lookAlike(a, b) {
		return a
	}
	if complete(a) && complete(b) && len(a.Fields()) == len(b.Fields()) {
		fields := slices.Clone(a.Fields())
		for i, f := range fields {
			g, ok := b.Field(f.Name)
			if !ok {
				return eitherOpaque(a, b)
			}
			fields[i].Value = either(f.Value, g.Value)
		}
		return value.OfObject(fields, false).WithOrigin(a.Origin())
	}
	return eitherOpaque(a, b)
}

func eitherOpaque(a, b value.Value) value.Value {
	return value.OfOpaque("which of several members it is can't be known", append(a.Refs(), b.Refs()...)...).WithOrigin(a.Origin())
}

// differ reports whether two texts are certain to differ, by what they begin or end with.
func differ(a, b value.Value) bool {
	for _, x := range a.Arms() {
		for _, y := range b.Arms() {
			if _, together := x.When.And(y.When); together && !differOne(x.Value, y.Value) {
				return false
			}
		}
	}
	return true
}

func differOne(a, b value.Value) bool {
	if a.Kind() == value.KindScalar && b.Kind() == value.KindScalar {
		return a.Literal() != b.Literal()
	}
	p, _ := a.Prefix()
	q, _ := b.Prefix()
	s, _ := a.Suffix()
	t, _ := b.Suffix()
	switch {
	case !strings.HasPrefix(p, q) && !strings.HasPrefix(q, p), !strings.HasSuffix(s, t) && !strings.HasSuffix(t, s):
		return true
	}
	// Behind the same beginning, what one of the two has more tells them apart.
	x, y := slices.Clone(a.Parts()), slices.Clone(b.Parts())
	for len(x) > 0 && len(y) > 0 && sameText(x[0], y[0]) {
		x, y = x[1:], y[1:]
	}
	return spells(x) != spells(y) && allKnown(x) && allKnown(y)
}

func sameText(a, b value.Value) bool {
	if a.Kind() == value.KindSymbol && b.Kind() == value.KindSymbol {
		return equalSymbols(a, b) == tri.True
	}
	return a.Kind() == value.KindScalar && b.Kind() == value.KindScalar && a.Literal() == b.Literal()
}

func spells(parts []value.Value) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Literal())
	}
	return b.String()
}

// exists is the truth that an entry is there, where the block is.
func (e entry) exists(each outcome, reason string) value.Truth {
	var ts []value.Truth
	for i, a := range each.Arms() {
		t := value.No()
		switch {
		case i == e.arm && e.maybe:
			t = value.Unknowable(reasonOf(reason, sure(e.key)), e.key.Origin())
		case i == e.arm:
			t = value.Always(tri.True, a.Value.Origin())
		}
		ts = append(ts, t.When(a.When))
	}
	return value.Join(ts...)
}

// keysReason says that nobody knows what the instances are called, and marks the object of all of them: its references
// are its members under keys that are not known, each once.
func keysReason(name string) string { return keysPrefix + name + " are not known" }

const keysPrefix = "the keys of "

// manyReason says of the object of all instances of a block that nobody knows how many there are.
func manyReason(v value.Value) string {
	name := strings.TrimSuffix(strings.TrimPrefix(v.Reason(), keysPrefix), " are not known")
	return starReason(value.Address{Name: name})
}

// entries returns the members of an object under keys that are not known, where it is all instances of one block.
func (ev *evaluator) entries(v value.Value) ([]value.Value, []member) {
	if v.Kind() != value.KindObject || v.Encoded() || !v.Open() || !strings.HasPrefix(v.Reason(), keysPrefix) {
		return nil, nil
	}
	var handles []value.Value
	var ms []member
	for _, r := range v.Refs() {
		m, ok := ev.of(r.Addr).keys[r.Addr.Name]
		if !ok || r.Attr != "" || keysReason(unstarred(r.Addr.Name)) != v.Reason() {
			continue
		}
		h := value.OfSymbol(r)
		if m.maybe {
			h = h.Maybe()
		}
		handles, ms = append(handles, h), append(ms, m)
	}
	return handles, ms
}

// membersOfAll returns the members of an object of all instances of a block, those of known names first.
func membersOfAll(v value.Value, handles []value.Value, ms []member) []member {
	var out []member
	for _, f := range v.Fields() {
		out = append(out, member{key: value.OfString(f.Name), value: f.Value.Certain(), maybe: f.Value.MayBeMissing()})
	}
	for i, h := range handles {
		out = append(out, member{key: ms[i].key, value: h.Certain(), maybe: ms[i].maybe, many: ms[i].many})
	}
	return out
}

// listed is keys, values or length of all instances of a block, of which some are under keys that are not all known.
func (ev *evaluator) listed(name string, o outcome) (outcome, bool) {
	handles, ms := ev.entries(o.Value)
	if len(handles) == 0 {
		return outcome{}, false
	}
	var elems []value.Value
	certain, many := true, false
	for _, m := range membersOfAll(o.Value, handles, ms) {
		many = many || m.many
		v := m.key
		if name == "values" {
			v = m.value
		}
		if m.maybe {
			v, certain = v.Maybe(), false
		}
		elems = append(elems, v)
	}
	switch {
	case many && name == "length":
		return outcome{}, false
	case many:
		return ended(value.OfOpenList(elems, manyReason(o.Value), o.Refs()...).AsSet(), o.fails), true
	case name == "length" && certain:
		return ended(value.OfInt(len(elems)), o.fails), true
	case name == "length":
		return outcome{}, false
	case len(elems) == 1:
		return ended(value.OfList(elems, false), o.fails), true
	}
	return ended(value.OfList(elems, false).AsSet(), o.fails), true // their order is that of their keys
}

// under returns the one member that a key may mean, which it then does or there is none.
func (ev *evaluator) under(v, key value.Value) (value.Value, bool) {
	var found []value.Value
	handles, ms := ev.entries(v)
	for i, h := range handles {
		if !differ(ms[i].key, key) {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		return value.Value{}, false
	}
	for _, f := range v.Fields() {
		if key.Kind() != value.KindScalar && !differ(value.OfString(f.Name), key) {
			return value.Value{}, false
		}
	}
	return found[0].Certain(), true
}

// unstarred returns an address without the key that stands for one that is not known.
func unstarred(name string) string {
	if i := strings.LastIndex(name, star); i >= 0 {
		return name[:i]
	}
	return name
}

// shown returns an address as a user knows it: what tells apart instances under keys that are not known is our own.
func shown(name string) string {
	for from := 0; ; {
		i := strings.Index(name[from:], star+"#")
		if i < 0 {
			return name
		}
		from += i + len(star)
		end := from + 1
		for end < len(name) && name[end] >= '0' && name[end] <= '9' {
			end++
		}
		name = name[:from] + name[end:]
	}
}
