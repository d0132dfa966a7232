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
