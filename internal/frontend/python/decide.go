package python

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func boolOf(t tri.Bool) (b, known bool) { return t == tri.True, t != tri.Unknown }

// decide evaluates a test. Where it can't be known, the fact is what is true of the worlds in which it holds.
func (in *interp) decide(e pyast.Expr) (tri.Bool, value.Fact) {
	switch e := e.(type) {
	case *pyast.UnaryOp:
		if e.Op == pyast.Not {
			t, f := in.decide(e.Operand)
			return t.Not(), f.Not()
		}
	case *pyast.BoolOp:
		return in.decideBool(e)
	case *pyast.Compare:
		if len(e.Ops) == 1 {
			return in.compare(e, e.Ops[0], e.Comparators[0])
		}
	}
	return in.truth(e, in.eval(e))
}

func (in *interp) decideBool(e *pyast.BoolOp) (tri.Bool, value.Fact) {
	decisive := tri.Of(e.Op == pyast.Or)
	open := 0
	var fact value.Fact
	for _, operand := range e.Values {
		t, f := in.decide(operand)
		if t == decisive && open == 0 {
			return decisive, value.Fact{}
		}
		if t == decisive {
			return decisive, value.Fact{}
		}
		if t == tri.Unknown {
			open++
			fact = f
		}
	}
	switch open {
	case 0:
		return decisive.Not(), value.Fact{}
	case 1:
		return tri.Unknown, fact
	}
	return tri.Unknown, in.fact(e)
}

// fact returns the fact that a test holds about which nothing else is known.
func (in *interp) fact(e pyast.Expr) value.Fact {
	id := in.text.key(e)
	for _, c := range in.chain {
		id += "<" + c.id
	}
	return value.Fact{Var: id, Is: "true", Text: in.written(e) + " is true"}
}

// factOf returns the fact that a test of one unknown value holds, which is the same wherever that value is tested.
func (in *interp) factOf(e pyast.Expr, o object, is, text string) value.Fact {
	d, ok := o.(datum)
	if !ok || d.Origin() == nil {
		f := in.fact(e)
		f.Is, f.Text = is, text
		return f
	}
	at := d.Origin().Root().Span.Host()
	if at.IsZero() || d.Origin().Via == nil {
		return value.Fact{Var: in.fact(e).Var, Is: is, Text: text}
	}
	id := at.File.Path + ":" + itoa(at.Start) + ":" + in.written(e)
	return value.Fact{Var: id, Is: is, Text: text}
}

// truth decides whether an object is true to Python.
func (in *interp) truth(e pyast.Expr, o object) (tri.Bool, value.Fact) {
	o = narrow(o, in.st.path)
	if c, ok := o.(*choice); ok {
		if t, f, ok := in.split(c, in.truthOf); ok {
			return t, f
		}
		return tri.Unknown, in.fact(e)
	}
	t := in.truthOf(o)
	return t, in.factOf(e, o, "true", in.written(e)+" is true")
}

// split decides a test over the alternatives of an object: if all decide alike, or if one fact tells those for which it
// holds from the others.
func (in *interp) split(c *choice, test func(object) tri.Bool) (tri.Bool, value.Fact, bool) {
	first := test(c.options[0].obj)
	var yes, no []option
	for _, opt := range c.options {
		switch test(opt.obj) {
		case tri.True:
			yes = append(yes, opt)
		case tri.False:
			no = append(no, opt)
		default:
			return tri.Unknown, value.Fact{}, false
		}
	}
	switch {
	case len(yes) == 0 || len(no) == 0:
		return first, value.Fact{}, true
	case len(yes) == 1 && len(yes[0].when) == 1 && len(c.options) == 2:
		return tri.Unknown, yes[0].when[0], true
	case len(no) == 1 && len(no[0].when) == 1 && len(c.options) == 2:
		return tri.Unknown, no[0].when[0].Not(), true
	}
	return tri.Unknown, value.Fact{}, false
}

func (in *interp) truthOf(o object) tri.Bool {
	switch o := o.(type) {
	case datum:
		return datumTruth(o)
	case missing:
		return tri.False
	case *place:
		if o.kind == instancePlace {
			return tri.True
		}
		c := in.st.content(o)
		for _, e := range c.entries {
			switch e.obj.(type) {
			case *choice, missing:
			default:
				return tri.True
			}
		}
		if len(c.entries) == 0 && !c.open {
			return tri.False
		}
	case *function, *class, module, client:
		return tri.True
	case external:
		if o.path == "typing.TYPE_CHECKING" || o.path == "typing_extensions.TYPE_CHECKING" {
			return tri.False
		}
	}
	return tri.Unknown
}

func datumTruth(d datum) tri.Bool {
	switch d.Kind() {
	case value.KindAbsent:
		return tri.False
	case value.KindScalar:
		s, _ := d.Scalar()
		switch s := s.(type) {
		case string:
			return tri.Of(s != "")
		case bool:
			return tri.Of(s)
		case value.Number:
			return tri.Of(s != "0")
		}
	case value.KindText:
		for _, part := range d.Parts() {
			if part.Literal() != "" {
				return tri.True
			}
		}
	}
	return tri.Unknown
}

// compare decides a comparison of two operands.
func (in *interp) compare(e *pyast.Compare, op pyast.CmpOperator, right pyast.Expr) (tri.Bool, value.Fact) {
	a, b := narrow(in.eval(e.Left), in.st.path), narrow(in.eval(right), in.st.path)
	switch op {
	case pyast.Eq, pyast.Is:
		return in.equal(e, a, b)
	case pyast.NotEq, pyast.IsNot:
		t, f := in.equal(e, a, b)
		return t.Not(), f.Not()
	case pyast.In, pyast.NotIn:
		t := in.contains(b, a)
		if op == pyast.NotIn {
			t = t.Not()
		}
		return t, in.fact(e)
	}
	return in.less(op, a, b), in.fact(e)
}

func (in *interp) equal(e *pyast.Compare, a, b object) (tri.Bool, value.Fact) {
	left := e.Left
	if _, literal := left.(*pyast.Constant); literal {
		a, b, left = b, a, e.Comparators[0]
	}
	want, ok := b.(datum)
	if !ok || want.Kind() != value.KindScalar && want.Kind() != value.KindAbsent {
		return tri.Unknown, in.fact(e)
	}
	test := func(o object) tri.Bool { return in.equalTo(o, want) }
	if c, ok := a.(*choice); ok {
		if t, f, ok := in.split(c, test); ok {
			return t, f
		}
		return tri.Unknown, in.fact(e)
	}
	is := "None"
	if want.Kind() == value.KindScalar {
		is = strconv.Quote(want.Literal())
		if s, _ := want.Scalar(); s == true || s == false {
			is = map[bool]string{true: "True", false: "False"}[s.(bool)]
		} else if n, number := s.(value.Number); number {
			is = string(n)
		}
	}
	return test(a), in.factOf(left, a, is, in.written(left)+" is "+is)
}

func (in *interp) equalTo(o object, want datum) tri.Bool {
	d, ok := o.(datum)
	if !ok {
		switch o.(type) {
		case *place, *function, *class, module:
			return tri.False
		}
		return tri.Unknown
	}
	switch d.Kind() {
	case value.KindScalar, value.KindAbsent:
		a, _ := d.Scalar()
		b, _ := want.Scalar()
		return tri.Of(d.Kind() == want.Kind() && a == b)
	case value.KindText:
		if want.Kind() == value.KindAbsent {
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
	want, ok := item.(datum)
	if !ok || want.Kind() != value.KindScalar {
		return tri.Unknown
	}
	switch box := box.(type) {
	case *place:
		c := in.st.content(box)
		if box.kind == dictPlace {
			switch c.at(want.Literal()).(type) {
			case missing:
				return tri.False
			case *choice:
				return tri.Unknown
			}
			if _, found := c.find(want.Literal()); found {
				return tri.True
			}
			return tri.Unknown
		}
		result := tri.Of(false)
		if c.open || box.kind != listPlace {
			result = tri.Unknown
		}
		for _, e := range c.entries {
			result = result.Or(in.equalTo(e.obj, want))
		}
		return result
	case datum:
		if s, ok := box.AsString(); ok {
			return tri.Of(containsText(s, want.Literal()))
		}
	}
	return tri.Unknown
}

// less decides <, <=, > and >= of two known numbers.
func (in *interp) less(op pyast.CmpOperator, a, b object) tri.Bool {
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return tri.Unknown
	}
	switch op {
	case pyast.Lt:
		return tri.Of(x < y)
	case pyast.LtE:
		return tri.Of(x <= y)
	case pyast.Gt:
		return tri.Of(x > y)
	case pyast.GtE:
		return tri.Of(x >= y)
	}
	return tri.Unknown
}

func number(o object) (int, bool) {
	d, ok := o.(datum)
	if !ok {
		return 0, false
	}
	s, _ := d.Scalar()
	n, ok := s.(value.Number)
	if !ok {
		return 0, false
	}
	return n.Int()
}

// test evaluates a comparison to a boolean.
func (in *interp) test(e *pyast.Compare) object {
	if len(e.Ops) != 1 {
		in.eval(e.Left)
		for _, c := range e.Comparators {
			in.eval(c)
		}
		return in.used(e, unknown(in.written(e)+" is known only when the script runs"))
	}
	t, f := in.compare(e, e.Ops[0], e.Comparators[0])
	return in.verdict(e, t, f)
}

// verdict returns the boolean that a decided test is, or one that is true where the fact holds.
func (in *interp) verdict(e pyast.Expr, t tri.Bool, f value.Fact) object {
	at := in.span(e)
	yes, no := datum{value.OfBool(true).From(at)}, datum{value.OfBool(false).From(at)}
	switch t {
	case tri.True:
		return yes
	case tri.False:
		return no
	}
	return in.either(f, yes, no)
}

func (in *interp) unary(e *pyast.UnaryOp) object {
	if e.Op == pyast.Not {
		t, f := in.decide(e)
		return in.verdict(e, t, f)
	}
	o := in.eval(e.Operand)
	if n, ok := number(o); ok && e.Op == pyast.USub {
		return datum{value.OfInt(-n).From(in.span(e))}
	}
	return unknown("it is computed when the script runs")
}
