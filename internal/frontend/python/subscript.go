package python

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// subscript evaluates self[key].
func (in *interp) subscript(e *pyast.Subscript) object {
	self := in.eval(e.Value)
	if s, ok := e.Slice.(*pyast.Slice); ok {
		return in.slice(e, self, s)
	}
	key := in.eval(e.Slice)
	if p, ok := self.(*place); ok {
		if _, known := keyOf(key); !known {
			if o := in.anyItem(p, e.Slice, key); o != nil {
				return o
			}
		}
	}
	return in.combine([]object{self, key}, func(os []object) object {
		switch self := os[0].(type) {
		case mock:
			return self
		case external:
			if self.path == "os.environ" {
				if name, ok := textIn(os[1]); ok {
					return in.environmentItem(name)
				}
			}
			if generic(self.path) {
				return self
			}
			if n, ok := number(os[1]); ok && n == 0 && self.path == versionInfo {
				return datum{value.OfInt(pythonMajor)}
			}
		case bound:
			if isToken(self) {
				return self // an element of it is one as well
			}
			// Whose key it is says more than what it is a key of.
		case *place:
			return in.itemAt(self, os[1], in.quoted(e))
		case *class:
			if o := in.memberCalled(self, os[1]); o != nil {
				return o
			}
			return self // a generic class
		case datum:
			if o := in.character(self, os[1]); o != nil {
				return o
			}
		case listing:
			// Whose key it is says more than what it is a key of.
		}
		return unknown(in.reasonOf(os, in.comes(e)))
	})
}

// generic reports whether a class outside of the tree takes types in brackets.
func generic(path string) bool {
	switch path {
	case "builtins.dict", "builtins.list", "builtins.tuple", "builtins.set":
		return true
	}
	return len(path) > len("typing.") && path[:len("typing.")] == "typing."
}

// character evaluates text[i].
func (in *interp) character(d datum, key object) object {
	s, ok := textIn(d)
	i, isNumber := number(key)
	if !ok || !isNumber {
		return nil
	}
	r := []rune(s)
	if i < 0 {
		i += len(r)
	}
	if i < 0 || i >= len(r) {
		return nil
	}
	return datum{value.OfString(string(r[i]))}
}

// anyItem returns the choice of a dict's items that a key that isn't known makes: scripts pick the class of an estimator so.
// Nil where the key may be one that isn't known either, or where which items there are isn't.
func (in *interp) anyItem(p *place, key pyast.Expr, k object) object {
	c := in.st.content(p)
	if p.kind != dictPlace || c.open || len(c.entries) == 0 || len(c.entries) > maxOptions || !certain(c.entries) {
		return nil
	}
	k = narrow(k, in.st.path)
	if _, several := k.(*choice); several {
		return nil
	}
	id, ok := in.identity(k)
	if !ok {
		id = in.here(key)
	}
	subject, where := in.subject(key, id)
	opts := make([]option, len(c.entries))
	for i, e := range c.entries {
		is := strconv.Quote(e.name)
		if isSpelt(e.name) {
			return nil
		}
		opts[i] = option{value.World{{Var: id, Is: is, Text: subject + " is " + is + where}}, e.obj}
	}
	return choose(opts)
}

// itemAt returns what a place holds under a key; text is how the item is written.
func (in *interp) itemAt(p *place, key object, text string) object {
	c := in.st.content(p)
	if p.kind == instancePlace && p.class == configParser {
		if name, ok := textIn(key); ok {
			if o := in.present(c.at(name)); o != nil {
				return o
			}
		}
		return unknown(comesFrom + text)
	}
	if p.kind == instancePlace {
		if o := in.recordItem(p, key); o != nil {
			return o
		}
		if c.open {
			return unknown(c.reason)
		}
		return unknown(comesFrom + text)
	}
	if p.kind == dictPlace {
		name, ok := keyOf(key)
		if !ok {
			return unknown(in.reasonOr(key, comesFrom+text))
		}
		if o := in.present(c.at(name)); o != nil {
			return o
		}
		return unknown(text + " is not set in this file")
	}
	i, ok := number(key)
	if !ok {
		return unknown(in.reasonOr(key, comesFrom+text))
	}
	return in.elementAt(c, i, text)
}

// elementAt returns the i-th element of a list.
func (in *interp) elementAt(c *content, i int, text string) object {
	if i < 0 && !c.open {
		i += len(c.entries)
	}
	if i < 0 || i >= len(c.entries) || c.shuffled || !certain(c.entries[:i+1]) {
		if c.open {
			return unknown(c.reason)
		}
		if i >= 0 && i < len(c.entries) {
			return unknown("the order of its elements is known only when the script runs")
		}
		return unknown(comesFrom + text)
	}
	return c.entries[i].obj
}

// slice evaluates self[a:b:step] with known bounds.
func (in *interp) slice(e *pyast.Subscript, self object, s *pyast.Slice) object {
	known := true
	bound := func(e pyast.Expr) *int {
		if e == nil {
			return nil
		}
		o := in.eval(e)
		if d, ok := o.(datum); ok && d.Kind() == value.KindAbsent {
			return nil
		}
		n, ok := number(o)
		known = known && ok
		return &n
	}
	lower, upper, step := bound(s.Lower), bound(s.Upper), bound(s.Step)
	return in.combine([]object{self}, func(os []object) object {
		missed := unknown(in.reasonOr(os[0], "which part of it is taken is known only when the script runs"))
		if !known || step != nil && *step == 0 {
			return missed
		}
		if t, ok := textIn(os[0]); ok {
			r := []rune(t)
			in.charge(len(r))
			var out []rune
			for _, i := range sliced(len(r), lower, upper, step) {
				out = append(out, r[i])
			}
			return datum{value.OfString(string(out)).From(in.span(e))}
		}
		old, ok := os[0].(*place)
		if !ok || old.kind != listPlace || old.form > tupleForm {
			return missed
		}
		c := in.st.content(old)
		if c.open || c.shuffled || !certain(c.entries) {
			return missed
		}
		in.charge(len(c.entries))
		p := &place{kind: listPlace, form: old.form, span: old.span, header: old.header}
		out := &content{}
		for _, i := range sliced(len(c.entries), lower, upper, step) {
			out.entries = append(out.entries, c.entries[i])
		}
		in.st.setContent(p, out)
		return p
	})
}

// sliced returns the places that a slice takes of n, as slice.indices has them.
func sliced(n int, lower, upper, step *int) []int {
	by := 1
	if step != nil {
		by = *step
	}
	clamp := func(bound *int, otherwise int) int {
		if bound == nil {
			return otherwise
		}
		i := *bound
		if i < 0 {
			i += n
		}
		if by < 0 {
			return min(max(i, -1), n-1)
		}
		return min(max(i, 0), n)
	}
	var out []int
	if by > 0 {
		for i := clamp(lower, 0); i < clamp(upper, n); i += by {
			out = append(out, i)
		}
		return out
	}
	for i := clamp(lower, n-1); i > clamp(upper, -1); i += by {
		out = append(out, i)
	}
	return out
}

// versionInfo is the version of the Python that runs a script. What Python 2 alone would do, nothing does: the SDK needs 3.
const (
	versionInfo = "sys.version_info"
	pythonMajor = 3
)
