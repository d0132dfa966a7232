package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// binary evaluates an operator over two operands, in each combination of their alternatives.
func (in *interp) binary(e pyast.Node, op pyast.Operator, left, right object) object {
	at := in.span(e)
	return in.combine([]object{left, right}, func(os []object) object {
		o := in.operate(op, os[0], os[1], at)
		if o == nil {
			return unknown(in.reasonOf(os, "it is computed when the script runs")).at(at)
		}
		if d, ok := o.(datum); ok {
			return d.at(at)
		}
		return o
	})
}

// operate evaluates an operator over two objects that are no choices; nil where the result can't be known, or raises.
func (in *interp) operate(op pyast.Operator, left, right object, at source.Span) object {
	x, okX := numberOf(left)
	y, okY := numberOf(right)
	switch {
	case okX && okY:
		if d, ok := compute(op, x, y); ok && !(isBool(left) && isBool(right) && isBitwise(op)) {
			return d
		}
		return nil
	case op == pyast.Mod && isText(left):
		return in.percent(left.(datum), right)
	case op == pyast.Add && mayBeText(left) && mayBeText(right) && (isText(left) || isText(right)):
		return datum{in.textOf([]value.Value{in.strOf(left), in.strOf(right)})}
	case op == pyast.Mult && okX:
		return in.repeated(right, x, at)
	case op == pyast.Mult && okY:
		return in.repeated(left, y, at)
	}
	if l, ok := left.(located); ok && op == pyast.Div {
		return l.join(right)
	}
	if _, ok := left.(octets); ok {
		return nil
	}
	return in.joinPlaces(op, left, right, at)
}

func isBitwise(op pyast.Operator) bool {
	return op == pyast.BitAnd || op == pyast.BitOr || op == pyast.BitXor
}

func isBool(o object) bool {
	d, ok := o.(datum)
	s, _ := d.Scalar()
	_, is := s.(bool)
	return ok && is
}

// isText reports whether an object is a str, even one that is known in part.
func isText(o object) bool {
	d, ok := o.(datum)
	if !ok {
		return false
	}
	if d.Kind() == value.KindText {
		return true
	}
	s, _ := d.Scalar()
	_, text := s.(string)
	return text
}

// mayBeText reports whether an object is, or may turn out to be, a str.
func mayBeText(o object) bool {
	d, ok := o.(datum)
	if !ok {
		_, unread := o.(bound)
		_, outside := o.(external)
		return unread || outside
	}
	return isText(o) || d.Kind() == value.KindOpaque || d.Kind() == value.KindSymbol
}

// repeated evaluates a text or list times a number.
func (in *interp) repeated(o object, n num, at source.Span) object {
	if n.real {
		return nil
	}
	times := max(n.i, 0)
	if s, ok := textIn(o); ok {
		if times > maxText || int(times)*len(s) > maxText {
			return nil
		}
		in.charge(int(times) * len(s) / charactersPerItem)
		return datum{value.OfString(strings.Repeat(s, int(times)))}
	}
	p, ok := o.(*place)
	if !ok || p.kind != listPlace || p.form == setForm || p.form == iteratorForm {
		return nil
	}
	c := in.st.content(p)
	if times > maxGrowth || int(times)*len(c.entries) > maxGrowth || c.open && times > 1 {
		return nil
	}
	out := &content{open: c.open && times > 0, reason: c.reason, shuffled: c.shuffled}
	for range times {
		out.entries = append(out.entries, c.entries...)
	}
	in.charge(len(out.entries))
	return in.sequence(p.form, at, out)
}

// joinPlaces evaluates list + list, dict | dict and the operators of sets.
func (in *interp) joinPlaces(op pyast.Operator, left, right object, at source.Span) object {
	a, okA := left.(*place)
	b, okB := right.(*place)
	isList := func(p *place, ok bool) bool {
		return ok && p.kind == listPlace && (p.form == listForm || p.form == tupleForm)
	}
	isSet := func(p *place, ok bool) bool { return ok && p.kind == listPlace && p.form == setForm }
	isDict := func(p *place, ok bool) bool { return ok && p.kind == dictPlace }
	switch {
	case op == pyast.Add && isList(a, okA) && (isList(b, okB) && a.form == b.form || isOpaque(right)):
		p := in.sequence(a.form, at, in.st.content(a))
		in.extend(p, right)
		return p
	case op == pyast.Add && isOpaque(left) && isList(b, okB):
		// Whatever stands before them, these are there.
		c := in.st.content(b)
		return in.sequence(b.form, at, &content{entries: c.entries, open: true, reason: in.reason(left), shuffled: true})
	case op == pyast.BitOr && isDict(a, okA) && (isDict(b, okB) || isOpaque(right)):
		p := &place{kind: dictPlace, span: at, header: at}
		in.st.setContent(p, in.st.content(a))
		in.update(p, right)
		return p
	case op == pyast.BitOr && isOpaque(left) && isDict(b, okB):
		p := &place{kind: dictPlace, span: at, header: at}
		in.st.setContent(p, in.st.content(b).opened(in.reason(left)))
		return p
	case isSet(a, okA) && isSet(b, okB):
		return in.joinSets(op, in.st.content(a), in.st.content(b), at)
	}
	return nil
}

func isOpaque(o object) bool {
	switch o := o.(type) {
	case datum:
		return o.Kind() == value.KindOpaque
	case bound, external:
		return true
	}
	return false
}

// joinSets evaluates the operators of two sets that are known.
func (in *interp) joinSets(op pyast.Operator, a, b *content, at source.Span) object {
	if a.open || b.open {
		return nil
	}
	has := func(c *content, e entry) bool {
		key, ok := keyOf(e.obj)
		for _, other := range c.entries {
			k, okK := keyOf(other.obj)
			if ok && okK && sameKey(k, key) {
				return true
			}
		}
		return false
	}
	for _, e := range append(a.entries[:len(a.entries):len(a.entries)], b.entries...) {
		if _, ok := keyOf(e.obj); !ok {
			return nil
		}
	}
	in.charge(len(a.entries) * (1 + len(b.entries)))
	out := &content{}
	for _, e := range a.entries {
		if op == pyast.BitOr || has(b, e) == (op == pyast.BitAnd) {
			out.entries = append(out.entries, e)
		}
	}
	if op == pyast.BitOr || op == pyast.BitXor {
		for _, e := range b.entries {
			if !has(a, e) {
				out.entries = append(out.entries, e)
			}
		}
	} else if op != pyast.BitAnd && op != pyast.Sub {
		return nil
	}
	return in.sequence(setForm, at, out)
}
