package python

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func itoa(n int) string { return strconv.Itoa(n) }

func none(at source.Span) datum { return datum{value.Value{}.From(at)} }

// assignStmt evaluates an assignment. Its value is evaluated once, whatever the number of targets: `a = b = []` is one list.
func (in *interp) assignStmt(n *pyast.Assign) {
	// a, b = x, y binds each name to its own expression, which gives what is made there its name.
	if len(n.Targets) == 1 {
		names, values := elts(n.Targets[0]), elts(n.Value)
		if len(names) > 0 && len(names) == len(values) && !anyStarred(names) && !anyStarred(values) {
			objs := make([]object, len(values))
			for i, v := range values {
				objs[i] = in.evalFor(names[i], v)
			}
			for i, o := range objs {
				in.assign(names[i], o)
			}
			return
		}
	}
	o := in.evalFor(n.Targets[0], n.Value)
	for _, t := range n.Targets {
		in.assign(t, o)
	}
}

// elts returns the elements of what is written as a tuple or list.
func elts(e pyast.Expr) []pyast.Expr {
	switch e := e.(type) {
	case *pyast.Tuple:
		return e.Elts
	case *pyast.List:
		return e.Elts
	}
	return nil
}

func anyStarred(es []pyast.Expr) bool {
	for _, e := range es {
		if _, ok := e.(*pyast.Starred); ok {
			return true
		}
	}
	return false
}

// evalFor evaluates what is bound to a target, and notes at its place what the target is.
func (in *interp) evalFor(target, e pyast.Expr) object {
	name := ""
	switch t := target.(type) {
	case *pyast.Name:
		name = t.ID
	case *pyast.Attribute:
		name = t.Attr
	case *pyast.Subscript:
		if c, ok := t.Slice.(*pyast.Constant); ok && c.Kind == pyast.ConstStr {
			name = c.Str
		}
	}
	in.target = name
	o := in.eval(e)
	in.target = ""
	if _, isName := target.(*pyast.Name); !isName {
		return o
	}
	return in.noted(name, e, o)
}

// noted returns o with a note that it is what name is bound to.
func (in *interp) noted(name string, e pyast.Expr, o object) object {
	if p, ok := o.(*place); ok && p.note == "" && p.span == in.span(e) {
		p.note, p.noteSpan = name+" is assigned here", p.span
	}
	here := in.span(e)
	_, several := o.(*choice)
	return apply(o, func(o object) object {
		d, ok := o.(datum)
		if !ok || d.Origin() == nil || several && !here.Contains(d.Origin().Span) {
			return o
		}
		return datum{d.Noted(name + " is " + spell(name, d.Value))}
	})
}

// spell says what a name is bound to, but no secret.
func spell(name string, v value.Value) string {
	const plain = "assigned here"
	switch v.Kind() {
	case value.KindAbsent:
		return "None"
	case value.KindScalar:
	default:
		return plain
	}
	lower := strings.ToLower(name)
	for _, word := range [...]string{"pass", "secret", "token", "credential", "api_key", "private_key", "access_key"} {
		if strings.Contains(lower, word) {
			return plain
		}
	}
	s, _ := v.Scalar()
	switch s := s.(type) {
	case string:
		if len(s) > maxWritten {
			return plain
		}
		return strconv.Quote(s)
	case bool:
		if s {
			return "True"
		}
		return "False"
	}
	return v.Literal()
}

// assign binds a target to an object.
func (in *interp) assign(target pyast.Expr, o object) {
	switch t := target.(type) {
	case *pyast.Name:
		in.bind(t.ID, o)
	case *pyast.Starred:
		in.assign(t.Value, unknown("it takes what is left of an assignment"))
	case *pyast.Attribute:
		self := in.eval(t.Value)
		in.store(self, entry{name: t.Attr, key: in.span(t), obj: o})
	case *pyast.Subscript:
		in.assignItem(t, o)
	case *pyast.Tuple, *pyast.List:
		names := elts(target)
		items, complete := in.elements(o)
		for i, name := range names {
			if complete && len(items) == len(names) && !anyStarred(names) {
				in.assign(name, items[i].obj)
				continue
			}
			in.assign(name, unknown(in.reason(o)))
		}
	}
}

// assignItem evaluates self[key] = o. A key that isn't known may be any, so all of the container is forgotten.
func (in *interp) assignItem(t *pyast.Subscript, o object) {
	self := in.eval(t.Value)
	key, ok := in.constant(t.Slice)
	if ext, isExternal := self.(external); isExternal && ext.path == "os.environ" {
		if ok {
			in.st.setContent(in.environ, in.st.content(in.environ).with(entry{name: key, obj: o}))
			in.overrideDefaults(key, o)
		}
		return
	}
	if !ok {
		in.forget(self, in.written(t.Slice)+" is known only when the script runs")
		return
	}
	in.store(self, entry{name: key, key: in.span(t.Slice), obj: o})
}

// constant returns the text of a key that is known.
func (in *interp) constant(e pyast.Expr) (string, bool) {
	d, ok := in.eval(e).(datum)
	if !ok {
		return "", false
	}
	return d.AsString()
}

// store sets an item or attribute of self, whatever it may be.
func (in *interp) store(self object, e entry) {
	opts := options(narrow(self, in.st.path))
	for _, opt := range opts {
		p, ok := opt.obj.(*place)
		if !ok {
			in.stores[e.name]++
			continue
		}
		if b := in.built[p]; b != nil {
			b.stored = true
		}
		c := in.st.content(p)
		in.charge(len(c.entries))
		item := e
		if len(opts) > 1 {
			item.obj = within(opt.when, e.obj, c.at(e.name))
		}
		if p.kind != listPlace {
			in.st.setContent(p, c.with(item))
			continue
		}
		out := &content{entries: append([]entry(nil), c.entries...), open: c.open, reason: c.reason}
		if i, err := strconv.Atoi(e.name); err == nil && i >= 0 && i < len(out.entries) {
			out.entries[i] = entry{key: item.key, obj: item.obj}
		} else {
			out = forgotten("its elements are changed")
		}
		in.st.setContent(p, out)
	}
}

// forget makes all that a place holds unknown.
func (in *interp) forget(self object, reason string) {
	for _, opt := range options(narrow(self, in.st.path)) {
		if p, ok := opt.obj.(*place); ok {
			in.st.setContent(p, forgotten(reason))
		}
	}
}

// remove evaluates del.
func (in *interp) remove(target pyast.Expr) {
	switch t := target.(type) {
	case *pyast.Name:
		in.bind(t.ID, missing{})
	case *pyast.Subscript:
		self := in.eval(t.Value)
		if key, ok := in.constant(t.Slice); ok {
			in.removeKey(self, key)
			return
		}
		in.forget(self, "some of it is deleted")
	case *pyast.Tuple, *pyast.List:
		for _, e := range elts(target) {
			in.remove(e)
		}
	}
}

// removeKey deletes a key of a dict. A list's later elements would move, so it is forgotten.
func (in *interp) removeKey(self object, key string) {
	if p, ok := self.(*place); ok && p.kind == dictPlace {
		in.st.setContent(p, in.st.content(p).without(key))
		return
	}
	in.forget(self, "some of it is deleted")
}

// augAssign evaluates `x += y`. A list is extended in place, and whoever else holds it sees that; anything else is bound
// anew.
func (in *interp) augAssign(n *pyast.AugAssign) {
	left, right := in.eval(n.Target), in.eval(n.Value)
	o := in.inEach(left, func(left object) object {
		p, isPlace := left.(*place)
		switch {
		case isPlace && p.kind == listPlace && n.Op == pyast.Add:
			in.extend(p, right)
			return p
		case isPlace && p.kind == dictPlace && n.Op == pyast.BitOr:
			in.update(p, right)
			return p
		}
		return in.binary(n, n.Op, left, right)
	})
	if name, ok := n.Target.(*pyast.Name); ok {
		o = in.noted(name.ID, n.Value, o)
	}
	in.assign(n.Target, o)
}
