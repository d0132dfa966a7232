package python

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// compare decides a comparison of two operands.
func (in *interp) compare(e *pyast.Compare, op pyast.CmpOperator, right pyast.Expr) (tri.Bool, value.Fact) {
	a, b := narrow(in.eval(e.Left), in.st.path), narrow(in.eval(right), in.st.path)
	switch op {
	case pyast.Eq, pyast.Is:
		return in.equal(e, a, b)
	case pyast.NotEq, pyast.IsNot:
		t, f := in.equal(e, a, b)
		if t != tri.Unknown {
			return t.Not(), f
		}
		return t, f.Not()
	}
	test := func(a, b object) tri.Bool { return in.related(op, a, b) }
	if c, several := a.(*choice); several {
		if _, both := b.(*choice); !both {
			if t, f, ok := in.split(c, func(o object) tri.Bool { return test(o, b) }); ok {
				return t, f
			}
		}
		return in.orFact(in.agreed(a, b, test), e)
	}
	if c, several := b.(*choice); several {
		if t, f, ok := in.split(c, func(o object) tri.Bool { return test(a, o) }); ok {
			return t, f
		}
		return in.orFact(tri.Unknown, e)
	}
	return in.orFact(test(a, b), e)
}

// agreed decides a test of two objects where all combinations of their alternatives decide alike.
func (in *interp) agreed(a, b object, test func(a, b object) tri.Bool) tri.Bool {
	result, first := tri.Unknown, true
	for _, x := range options(a) {
		for _, y := range options(b) {
			if !x.when.Meets(y.when) {
				continue
			}
			t := test(x.obj, y.obj)
			if !first && t != result {
				return tri.Unknown
			}
			result, first = t, false
		}
	}
	return result
}

// related decides a comparison of two objects that are no choices.
func (in *interp) related(op pyast.CmpOperator, a, b object) tri.Bool {
	switch op {
	case pyast.Eq:
		return in.same(a, b)
	case pyast.NotEq:
		return in.same(a, b).Not()
	case pyast.Is:
		return in.identical(a, b)
	case pyast.IsNot:
		return in.identical(a, b).Not()
	case pyast.In:
		return in.contains(b, a)
	case pyast.NotIn:
		return in.contains(b, a).Not()
	}
	return in.less(op, a, b)
}

// identical decides `a is b`, which True and 1 are not.
func (in *interp) identical(a, b object) tri.Bool {
	if isBool(a) != isBool(b) {
		_, numA := numberOf(a)
		_, numB := numberOf(b)
		if numA && numB {
			return tri.False
		}
	}
	p, okP := a.(*place)
	q, okQ := b.(*place)
	if okP && okQ {
		return tri.Of(p == q)
	}
	return in.same(a, b)
}

// orFact spells out a fact only where a test isn't decided.
func (in *interp) orFact(t tri.Bool, e pyast.Expr) (tri.Bool, value.Fact) {
	if t != tri.Unknown {
		return t, value.Fact{}
	}
	return t, in.fact(e)
}

// equal decides an equality, and finds the fact that it holds. The literal may stand on either side; only comparisons with
// literals and None say anything that another test of the value can agree with.
func (in *interp) equal(e *pyast.Compare, a, b object) (tri.Bool, value.Fact) {
	left := e.Left
	if _, literal := left.(*pyast.Constant); literal {
		a, b, left = b, a, e.Comparators[0]
	}
	want, ok := b.(datum)
	is := e.Ops[0] == pyast.Is || e.Ops[0] == pyast.IsNot
	if !ok || want.Kind() != value.KindScalar && want.Kind() != value.KindAbsent {
		return in.equalObjects(e, a, b, is)
	}
	test := func(o object) tri.Bool { return in.equalTo(o, want) }
	if is {
		test = func(o object) tri.Bool { return in.identical(o, want) }
	}
	if c, ok := a.(*choice); ok {
		if t, f, ok := in.split(c, test); ok {
			return t, f
		}
		return tri.Unknown, in.equality(e)
	}
	said := "None"
	if want.Kind() == value.KindScalar {
		said = strconv.Quote(want.Literal())
		if s, _ := want.Scalar(); s == true || s == false {
			said = map[bool]string{true: "True", false: "False"}[s.(bool)]
		} else if n, number := s.(value.Number); number {
			said = string(n)
		}
	}
	if t := test(a); t != tri.Unknown {
		return t, value.Fact{}
	}
	if _, isNumber := numberOf(want); isNumber && !is {
		// True equals 1, so that to be the one doesn't exclude the other.
		return tri.Unknown, in.equality(e)
	}
	return tri.Unknown, in.equalFact(e, left, a, said)
}

// equalObjects decides the equality of two objects of which none is a literal.
func (in *interp) equalObjects(e *pyast.Compare, a, b object, is bool) (tri.Bool, value.Fact) {
	test := in.same
	if is {
		test = in.identical
	}
	t := in.agreed(a, b, test)
	if t != tri.Unknown {
		return t, value.Fact{}
	}
	if c, several := a.(*choice); several {
		if _, both := b.(*choice); !both {
			if t, f, ok := in.split(c, func(o object) tri.Bool { return test(o, b) }); ok {
				return t, f
			}
		}
	}
	return tri.Unknown, in.equality(e)
}

// equalTo decides whether an object is a known scalar, or None.
func (in *interp) equalTo(o object, want datum) tri.Bool {
	if member, ok := in.memberValue(o); ok {
		o = narrow(member, in.st.path)
	}
	d, ok := o.(datum)
	if !ok {
		switch o := o.(type) {
		case *place:
			if o.kind != instancePlace || want.Kind() == value.KindAbsent || o.own != nil && o.own.kind == enumClass {
				return tri.False
			}
		case *function, *class, module, *partial, octets, opened:
			return tri.False
		case listing, located:
			return tri.False
		}
		return tri.Unknown
	}
	switch d.Kind() {
	case value.KindScalar, value.KindAbsent:
		x, okX := numberOf(d)
		y, okY := numberOf(want)
		if okX && okY {
			return tri.Of(order(x, y) == 0)
		}
		a, _ := d.Scalar()
		b, _ := want.Scalar()
		return tri.Of(d.Kind() == want.Kind() && a == b)
	case value.KindText:
		if !isText(want) {
			return tri.False
		}
		if d.Is(want.Literal()).Known() == tri.False {
			return tri.False
		}
	}
	return tri.Unknown
}

// contains decides `item in box`.
func (in *interp) contains(box, item object) tri.Bool {
	switch box := box.(type) {
	case *place:
		if box.kind == dictPlace {
			return in.hasItem(in.st.content(box), item)
		}
		return in.holds(box, item)
	case listing:
		if box.what == "keys" {
			return in.hasItem(in.st.content(box.of), item)
		}
		if items, complete := in.elements(box); complete && box.what == "values" {
			return in.among(items, true, item)
		}
	case external:
		if box.path == environPath {
			return in.hasItem(in.st.content(in.environ), item)
		}
	case *class:
		for _, p := range box.members {
			if item == object(p) {
				return tri.True
			}
		}
	case datum:
		sub, ok := textIn(item)
		if s, known := textIn(box); known && ok {
			return tri.Of(containsText(s, sub))
		}
		if isText(box) && ok {
			for _, part := range box.Parts() {
				if containsText(part.Literal(), sub) {
					return tri.True
				}
			}
		}
	}
	return tri.Unknown
}

// hasItem decides whether a dict has a key.
func (in *interp) hasItem(c *content, item object) tri.Bool {
	key, ok := keyOf(item)
	if !ok {
		if len(c.entries) == 0 && !c.open {
			return tri.False
		}
		return tri.Unknown
	}
	o := narrow(c.at(key), in.st.path)
	switch {
	case isGone(o):
		return tri.False
	case !isThere(o):
		return tri.Unknown
	}
	if _, found := c.find(key); !found {
		return tri.Unknown
	}
	for _, opt := range options(o) {
		// What is taken from a dict that isn't known entirely may not be there at all.
		if d, ok := opt.obj.(datum); ok && c.open && d.Kind() == value.KindOpaque {
			return tri.Unknown
		}
	}
	return tri.True
}

// holds decides whether an element of a sequence equals an object.
func (in *interp) holds(p *place, item object) tri.Bool {
	if p.kind == instancePlace {
		items, complete := in.recordItems(p)
		if !complete {
			return tri.Unknown
		}
		return in.among(items, complete, item)
	}
	if p.form == iteratorForm {
		in.forget(p, "it is an iterator that is used up")
		return tri.Unknown
	}
	c := in.st.content(p)
	return in.among(c.entries, !c.open, item)
}

func (in *interp) among(items []entry, complete bool, item object) tri.Bool {
	in.charge(len(items))
	result := tri.Of(false)
	if !complete {
		result = tri.Unknown
	}
	for _, e := range items {
		t := tri.Unknown
		if o := narrow(e.obj, in.st.path); isThere(o) {
			t = in.agreed(o, item, in.same)
		}
		result = result.Or(t)
	}
	return result
}

// less decides <, <=, > and >= of two known texts or numbers.
func (in *interp) less(op pyast.CmpOperator, a, b object) tri.Bool {
	less, ok := before(a, b)
	more, _ := before(b, a)
	if !ok {
		return tri.Unknown
	}
	switch op {
	case pyast.Lt:
		return tri.Of(less)
	case pyast.LtE:
		return tri.Of(!more)
	case pyast.Gt:
		return tri.Of(more)
	case pyast.GtE:
		return tri.Of(!less)
	}
	return tri.Unknown
}
