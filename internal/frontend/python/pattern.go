package python

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// matchStmt interprets a match statement like a chain of if statements.
func (in *interp) matchStmt(n *pyast.Match) {
	in.matchCases(n, in.eval(n.Subject), n.Cases)
}

func (in *interp) matchCases(n *pyast.Match, subject object, cases []*pyast.MatchCase) {
	if len(cases) == 0 || in.st.end != live {
		return
	}
	c := cases[0]
	o := narrow(subject, in.st.path)
	t, fact := in.caseMatches(n, c, o)
	run := func() {
		in.capture(c.Pattern, narrow(o, in.st.path))
		in.exec(c.Body)
	}
	rest := func() { in.matchCases(n, subject, cases[1:]) }
	switch t {
	case tri.True:
		run()
	case tri.False:
		rest()
	default:
		in.branch(fact, in.under(fact, run), in.under(fact.Not(), rest))
	}
}

// caseMatches decides whether a case is taken, its guard included.
func (in *interp) caseMatches(n *pyast.Match, c *pyast.MatchCase, o object) (tri.Bool, value.Fact) {
	own := value.Fact{
		Var:  in.here(c) + " case",
		Is:   "matched",
		Text: "case " + in.written(c.Pattern) + " is matched", Opposite: "case " + in.written(c.Pattern) + " is not matched",
	}
	t, fact := in.matches(n, c.Pattern, o)
	if fact.Var == "" {
		fact = own
	}
	if c.Guard == nil || t == tri.False {
		return t, fact
	}
	base := in.st
	in.st, _ = base.fork()
	in.capture(c.Pattern, o)
	guard, guardFact := in.decide(c.Guard)
	in.st = base
	switch {
	case guard == tri.False:
		return tri.False, own
	case guard == tri.True:
		return t, fact
	case t == tri.True:
		return guard, guardFact
	}
	return tri.Unknown, own
}

// matches decides whether an object is of a pattern. Where one comparison with a literal is all that is open, the fact is that
// the subject is this literal.
func (in *interp) matches(n *pyast.Match, p pyast.Pattern, o object) (tri.Bool, value.Fact) {
	switch p := p.(type) {
	case *pyast.MatchAs:
		if p.Pattern == nil {
			return tri.True, value.Fact{}
		}
		return in.matches(n, p.Pattern, o)
	case *pyast.MatchValue:
		return in.matchesValue(n, o, in.eval(p.Value))
	case *pyast.MatchSingleton:
		want := none(in.span(p))
		if p.Value != pyast.ConstNone {
			want = datum{value.OfBool(p.Value == pyast.ConstTrue)}
		}
		if d, ok := o.(datum); ok && d.Kind() == value.KindScalar && isBool(d) != isBool(want) {
			return tri.False, value.Fact{}
		}
		return in.matchesValue(n, o, want)
	case *pyast.MatchOr:
		result, open := tri.False, 0
		var fact value.Fact
		for _, q := range p.Patterns {
			t, f := in.matches(n, q, o)
			if t == tri.Unknown {
				open++
				fact = f
			}
			result = result.Or(t)
		}
		if open > 1 {
			fact = value.Fact{}
		}
		return result, fact
	}
	if _, several := o.(*choice); several {
		return tri.Unknown, value.Fact{}
	}
	return in.matchesParts(n, p, o), value.Fact{}
}

// matchesValue decides whether a subject equals what a pattern says.
func (in *interp) matchesValue(n *pyast.Match, o, want object) (tri.Bool, value.Fact) {
	want = narrow(want, in.st.path)
	if c, several := o.(*choice); several {
		t, f, ok := in.split(c, func(o object) tri.Bool { return in.same(o, want) })
		if !ok {
			return tri.Unknown, value.Fact{}
		}
		return t, f
	}
	t := in.same(o, want)
	d, ok := want.(datum)
	if t != tri.Unknown || !ok {
		return t, value.Fact{}
	}
	id, known := in.identity(o)
	if !known || d.Kind() != value.KindScalar || !isText(d) {
		return t, value.Fact{}
	}
	s, where := in.subject(n.Subject, id)
	is := strconv.Quote(d.Literal())
	return t, value.Fact{Var: id, Is: is, Text: s + " is " + is + where}
}

// matchesParts decides whether an object that is no choice is of a pattern with parts.
func (in *interp) matchesParts(n *pyast.Match, p pyast.Pattern, o object) tri.Bool {
	switch p := p.(type) {
	case *pyast.MatchSequence:
		items, star, t := in.sequenceParts(p, o)
		for i, q := range p.Patterns {
			if t != tri.True {
				break
			}
			if i == star {
				continue
			}
			inner, _ := in.matches(n, q, items[i])
			t = t.And(inner)
		}
		return t
	case *pyast.MatchMapping:
		q, ok := o.(*place)
		if !ok || q.kind != dictPlace {
			return in.isNo(o)
		}
		t := tri.True
		for i, k := range p.Keys {
			key, known := keyOf(in.eval(k))
			v := in.st.content(q).at(key)
			switch {
			case !known || !isThere(v) && !isGone(v):
				return tri.Unknown
			case isGone(v):
				return tri.False
			}
			if _, found := in.st.content(q).find(key); !found {
				return tri.Unknown
			}
			inner, _ := in.matches(n, p.Patterns[i], narrow(v, in.st.path))
			t = t.And(inner)
		}
		return t
	case *pyast.MatchClass:
		return in.matchesClass(n, p, o)
	}
	return tri.Unknown
}

// isNo decides that a plain value is no container.
func (in *interp) isNo(o object) tri.Bool {
	switch o := o.(type) {
	case *place:
		if o.kind != instancePlace {
			return tri.False
		}
	case datum:
		if o.Kind() == value.KindScalar || o.Kind() == value.KindAbsent || isText(o) {
			return tri.False
		}
	}
	return tri.Unknown
}

// sequenceParts returns what each pattern of a sequence is about: nothing useful for the one at star.
func (in *interp) sequenceParts(p *pyast.MatchSequence, o object) ([]object, int, tri.Bool) {
	q, ok := o.(*place)
	if !ok || q.kind != listPlace || q.form > tupleForm {
		if ok && (q.kind == dictPlace || q.kind == listPlace && q.form == setForm) {
			return nil, -1, tri.False
		}
		if ok {
			return nil, -1, tri.Unknown
		}
		return nil, -1, in.isNo(o)
	}
	c := in.st.content(q)
	if c.open || c.shuffled || !certain(c.entries) {
		return nil, -1, tri.Unknown
	}
	star := -1
	for i, q := range p.Patterns {
		if _, is := q.(*pyast.MatchStar); is {
			star = i
		}
	}
	rest := len(c.entries) - len(p.Patterns) + 1
	if star < 0 && rest != 1 || rest < 0 {
		return nil, -1, tri.False
	}
	items := make([]object, len(p.Patterns))
	at := 0
	for i := range p.Patterns {
		if i != star {
			items[i] = narrow(c.entries[at].obj, in.st.path)
			at++
			continue
		}
		items[i] = in.sequence(listForm, in.span(p), &content{entries: append([]entry(nil), c.entries[at:at+rest]...)})
		at += rest
	}
	return items, star, tri.True
}

func (in *interp) matchesClass(n *pyast.Match, p *pyast.MatchClass, o object) tri.Bool {
	cls := in.eval(p.Cls)
	t := tri.Unknown
	if q, ok := o.(*place); ok && q.kind == instancePlace {
		if c, known := cls.(*class); known {
			t = in.isOfClass(q, []*class{c}, nil)
		}
	} else if ext, ok := cls.(external); ok {
		t = isInstance(o, in.typeNames(ext))
	}
	if len(p.Patterns) > 1 || len(p.Patterns) == 1 && t != tri.False {
		if _, builtin := cls.(external); !builtin {
			return t.And(tri.Unknown)
		}
		inner, _ := in.matches(n, p.Patterns[0], o)
		t = t.And(inner)
	}
	for i, name := range p.KwdAttrs {
		if t == tri.False {
			break
		}
		if in.hasAttribute(o, name) != tri.True {
			return t.And(tri.Unknown)
		}
		inner, _ := in.matches(n, p.KwdPatterns[i], narrow(in.attr(o, name, p), in.st.path))
		t = t.And(inner)
	}
	return t
}

// capture binds the names of a pattern that an object is of.
func (in *interp) capture(p pyast.Pattern, o object) {
	reason := in.reasonOr(o, "it is known only when the script runs")
	switch p := p.(type) {
	case *pyast.MatchAs:
		if p.Name != "" {
			in.bind(p.Name, o)
		}
		if p.Pattern != nil {
			in.capture(p.Pattern, o)
		}
	case *pyast.MatchStar:
		if p.Name != "" {
			in.bind(p.Name, o)
		}
	case *pyast.MatchOr:
		// Each alternative binds the same names; which one it is matters only where they bind anything.
		for _, q := range p.Patterns {
			in.capture(q, unknown(reason))
		}
	case *pyast.MatchSequence:
		items, _, t := in.sequenceParts(p, o)
		for i, q := range p.Patterns {
			var part object = unknown(reason)
			if t == tri.True {
				part = items[i]
			}
			in.capture(q, part)
		}
	case *pyast.MatchMapping:
		for i, q := range p.Patterns {
			in.capture(q, in.mappingPart(o, p.Keys[i], reason))
		}
		if p.Rest != "" {
			in.bind(p.Rest, unknown(reason))
		}
	case *pyast.MatchClass:
		for i, q := range p.Patterns {
			if _, builtin := in.eval(p.Cls).(external); builtin && i == 0 {
				in.capture(q, o)
				continue
			}
			in.capture(q, unknown(reason))
		}
		for i, q := range p.KwdPatterns {
			in.capture(q, in.attr(o, p.KwdAttrs[i], p))
		}
	}
}

func (in *interp) mappingPart(o object, key pyast.Expr, reason string) object {
	name, ok := keyOf(in.eval(key))
	if p, isPlace := o.(*place); isPlace && ok && p.kind == dictPlace {
		if v := in.present(in.st.content(p).at(name)); v != nil {
			return v
		}
	}
	return unknown(reason)
}
