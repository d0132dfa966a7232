package python

import (
	"math"
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
			if t == tri.Unknown {
				f = f.Not()
			}
			return t.Not(), f
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

// decideBool decides `and` and `or`. Where one operand alone is open, its fact is that of the whole; with several the whole is
// a condition of its own, which says less about each of them but never anything wrong.
func (in *interp) decideBool(e *pyast.BoolOp) (tri.Bool, value.Fact) {
	decisive := tri.Of(e.Op == pyast.Or)
	open := 0
	var fact value.Fact
	for _, operand := range e.Values {
		t := decisive.Not()
		var f value.Fact
		look := func() { t, f = in.decide(operand) }
		switch {
		case open == 0 || !acts([]pyast.Expr{operand}):
			look()
		case e.Op == pyast.And:
			in.branch(fact, look, func() {})
		default:
			in.branch(fact, func() {}, look)
		}
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

// here identifies a place of the script in the activation of its function at hand: in another, what is tested there may turn
// out otherwise.
func (in *interp) here(n pyast.Node) string {
	id := in.text.key(n) + in.turn
	for _, c := range in.chain {
		id += "<" + c.id
	}
	return id
}

// fact returns the fact that a test holds about which nothing else is known.
func (in *interp) fact(e pyast.Expr) value.Fact {
	id := in.here(e)
	f := value.Fact{Var: id, Is: "true"}
	if c, ok := e.(*pyast.Compare); ok && len(c.Ops) == 1 {
		if words, known := comparisons[c.Ops[0]]; known {
			left, where := in.subject(c.Left, id)
			right := " " + in.written(c.Comparators[0]) + where
			if s, literal := c.Comparators[0].(*pyast.Constant); literal && s.Kind == pyast.ConstStr {
				right = " " + strconv.Quote(s.Str) + where
			}
			f.Text, f.Opposite = left+words.holds+right, left+words.fails+right
			return f
		}
	}
	s, where := in.subject(e, id)
	f.Text, f.Opposite = s+" is true"+where, s+" is false"+where
	return f
}

// comparisons say a comparison, and its opposite, to people: a world reads `stage is "prod"` however it is tested.
var comparisons = map[pyast.CmpOperator]struct{ holds, fails string }{
	pyast.Eq: {" is", " is not"}, pyast.Is: {" is", " is not"},
	pyast.NotEq: {" is not", " is"}, pyast.IsNot: {" is not", " is"},
	pyast.Lt: {" <", " >="}, pyast.LtE: {" <=", " >"}, pyast.Gt: {" >", " <="}, pyast.GtE: {" >=", " <"},
	pyast.In: {" is in", " is not in"}, pyast.NotIn: {" is not in", " is in"},
}

// subject returns how a message calls what a test is about. One name may stand for two values in one function, before and
// after it is assigned to: the second is told from the first by its line, or worlds would seem to contradict themselves.
func (in *interp) subject(e pyast.Expr, id string) (s, where string) {
	s = in.written(e)
	switch e.(type) {
	case *pyast.BoolOp, *pyast.Compare, *pyast.IfExp, *pyast.BinOp:
		s = "(" + s + ")"
	}
	if in.frame.subjects == nil {
		in.frame.subjects = map[string]string{}
	}
	if first, used := in.frame.subjects[s]; used && first != id {
		return s, " at line " + itoa(in.text.line(e))
	}
	in.frame.subjects[s] = id
	return s, ""
}

// A tested is what a fact is about, where that is one unknown value.
type tested struct {
	of object
	// absent is the Is of the fact in whose world the value is None, or empty, or otherwise false.
	absent string
}

// identity names an unknown value. Whatever name it is read by, from a variable or an attribute, tests of it agree; so the
// name is made of the value, not of what is written. Values are immutable and every evaluation makes one of its own.
func (in *interp) identity(o object) (string, bool) {
	switch o := o.(type) {
	case datum:
		v := o.WithOrigin(nil)
		n, known := in.ids[v]
		if !known {
			n = len(in.ids)
			in.ids[v] = n
		}
		return in.path + " value " + itoa(n), true
	case bound:
		// An attribute of an unknown object is the same until an attribute of that name is assigned to.
		if self, ok := o.self.(datum); ok {
			id, _ := in.identity(self)
			return id + "." + o.name + "@" + itoa(in.stores[o.name]), true
		}
	}
	return "", false
}

// truthFact returns the fact that an unknown object is true to Python.
func (in *interp) truthFact(e pyast.Expr, o object) value.Fact {
	id, ok := in.identity(o)
	if !ok {
		return in.fact(e)
	}
	s, where := in.subject(e, id)
	// Being true and being a certain text don't exclude each other, so they aren't facts of one variable.
	f := value.Fact{Var: id + " truth", Is: "true", Text: s + " is true" + where, Opposite: s + " is false" + where}
	in.tests[f.Var] = tested{o, "false"}
	if d, ok := o.(datum); ok && in.about[d.WithOrigin(nil)] != nil {
		in.tests[f.Var] = tested{in.about[d.WithOrigin(nil)], "false"}
	}
	return f
}

// equalFact returns the fact that an unknown object is a certain value.
func (in *interp) equalFact(e *pyast.Compare, left pyast.Expr, o object, is string) value.Fact {
	id, ok := in.identity(o)
	if !ok {
		return in.equality(e)
	}
	s, where := in.subject(left, id)
	f := value.Fact{Var: id, Is: is, Text: s + " is " + is + where}
	if is == "None" {
		in.tests[f.Var] = tested{o, "None"}
	}
	return f
}

// equality returns the fact that an equality holds, of which e may be the negation.
func (in *interp) equality(e *pyast.Compare) value.Fact {
	f := in.fact(e)
	if e.Ops[0] == pyast.NotEq || e.Ops[0] == pyast.IsNot {
		return f.Not()
	}
	return f
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
	if t != tri.Unknown {
		return t, value.Fact{}
	}
	return t, in.truthFact(e, o)
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

// truthOf decides the truth of an object that is no choice. Containers are true where an element is certainly there.
func (in *interp) truthOf(o object) tri.Bool {
	switch o := o.(type) {
	case datum:
		return datumTruth(o)
	case missing:
		return tri.False
	case *place:
		if o.kind == instancePlace {
			return in.instanceTruth(o)
		}
		if o.form == iteratorForm && o.kind == listPlace {
			return tri.True
		}
		c := in.st.content(o)
		for _, e := range c.entries {
			if isThere(narrow(e.obj, in.st.path)) {
				return tri.True
			}
		}
		if len(c.entries) == 0 && !c.open {
			return tri.False
		}
	case *function, *class, module, client, *partial, located, opened:
		return tri.True
	case octets:
		return tri.Of(o.s != "")
	case listing:
		return in.truthOf(o.of)
	case external:
		if o.path == "typing.TYPE_CHECKING" || o.path == "typing_extensions.TYPE_CHECKING" {
			return tri.False
		}
	}
	return tri.Unknown
}

// instanceTruth decides the truth of an instance, which its class may have a say in.
func (in *interp) instanceTruth(p *place) tri.Bool {
	if p.own == nil {
		return tri.True
	}
	if items, complete := in.recordItems(p); complete {
		return tri.Of(len(items) > 0)
	}
	for _, name := range [...]string{"__bool__", "__len__"} {
		if _, ok := in.classAttr(p.own, name, nil); ok {
			return tri.Unknown
		}
	}
	if p.own.mixin {
		return tri.Unknown
	}
	return tri.True
}

// datumTruth decides the truth of a value. Text is true where a part of it is, whatever the rest.
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
			return tri.Of(s != "0" && s != "0.0" && s != "-0.0")
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
		left := narrow(in.eval(e.Left), in.st.path)
		result := tri.True
		for i, c := range e.Comparators {
			right := narrow(in.eval(c), in.st.path)
			result = result.And(in.agreed(left, right, func(a, b object) tri.Bool { return in.related(e.Ops[i], a, b) }))
			left = right
		}
		return in.verdict(e, result, in.fact(e))
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

// unary evaluates not and the signs of numbers.
func (in *interp) unary(e *pyast.UnaryOp) object {
	if e.Op == pyast.Not {
		t, f := in.decide(e)
		return in.verdict(e, t, f)
	}
	at := in.span(e)
	return apply(narrow(in.eval(e.Operand), in.st.path), func(o object) object {
		n, ok := numberOf(o)
		switch {
		case ok && e.Op == pyast.USub && n.real:
			return ofFloat(-n.f).at(at)
		case ok && e.Op == pyast.USub && n.i != math.MinInt64:
			return ofInt(-n.i).at(at)
		case ok && e.Op == pyast.UAdd && !n.real:
			return ofInt(n.i).at(at)
		}
		return unknown(in.reasonOr(o, "it is computed when the script runs")).at(at)
	})
}
