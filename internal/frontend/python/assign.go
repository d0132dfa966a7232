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
	if isSecret(strings.ToLower(name)) {
		return plain
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
		in.unpack(elts(target), o)
	}
}

// unpack binds each of several targets to an element, a starred one to a list of those that are left.
func (in *interp) unpack(names []pyast.Expr, o object) {
	c, several := narrow(o, in.st.path).(*choice)
	if several {
		// The n-th of each alternative.
		columns := make([][]option, len(names))
		for _, opt := range c.options {
			for i, e := range in.unpacked(names, opt.obj) {
				columns[i] = append(columns[i], option{opt.when, e})
			}
		}
		for i, name := range names {
			in.assignStarred(name, choose(columns[i]))
		}
		return
	}
	for i, e := range in.unpacked(names, o) {
		in.assignStarred(names[i], e)
	}
}

func (in *interp) assignStarred(target pyast.Expr, o object) {
	if s, ok := target.(*pyast.Starred); ok {
		target = s.Value
	}
	in.assign(target, o)
}

// unpacked returns what each of several targets takes of an object that is no choice.
func (in *interp) unpacked(names []pyast.Expr, o object) []object {
	inOrder := in.ordered(o)
	items, complete := in.elements(o)
	out := make([]object, len(names))
	star := -1
	for i, name := range names {
		if _, ok := name.(*pyast.Starred); ok {
			star = i
		}
	}
	rest := len(items) - len(names) + 1
	if !complete || !inOrder || !certain(items) || star < 0 && rest != 1 || rest < 0 {
		for i := range out {
			out[i] = unknown(in.reasonOr(o, "it is unpacked when the script runs"))
		}
		return out
	}
	at := 0
	for i := range names {
		if i != star {
			out[i] = items[at].obj
			at++
			continue
		}
		span := in.span(names[i])
		out[i] = in.sequence(listForm, span, &content{entries: append([]entry(nil), items[at:at+rest]...)})
		at += rest
	}
	return out
}

// assignOutside binds the target of :=, which a comprehension hands to the scope around it.
func (in *interp) assignOutside(target pyast.Expr, o object) {
	outer := in.scope
	for in.scope.inner {
		in.scope = in.scope.up
	}
	in.assign(target, o)
	in.scope = outer
}

// assignItem evaluates self[key] = o. A key that isn't known may be any, so all of the container is forgotten.
func (in *interp) assignItem(t *pyast.Subscript, o object) {
	self := in.eval(t.Value)
	if _, ok := t.Slice.(*pyast.Slice); ok {
		in.forget(self, "some of it is replaced")
		return
	}
	k := narrow(in.eval(t.Slice), in.st.path)
	if ext, isExternal := self.(external); isExternal && ext.path == environPath {
		in.setsEnvironment(k, o)
		return
	}
	if c, several := k.(*choice); several && len(c.options) <= maxFew {
		for _, opt := range c.options {
			in.storeIn(opt.when, self, opt.obj, o, t)
		}
		return
	}
	in.storeIn(nil, self, k, o, t)
}

// maxFew bounds the keys of which one is assigned to.
const maxFew = 4

// storeIn sets self[key] in a world.
func (in *interp) storeIn(w value.World, self, k, o object, t *pyast.Subscript) {
	key, ok := keyOf(k)
	if !ok {
		in.forget(self, in.reasonOr(k, "the key "+in.written(t.Slice)+" may be any"))
		return
	}
	e := entry{name: key, key: in.span(t.Slice), obj: o}
	if len(w) == 0 {
		in.store(self, e)
		return
	}
	for _, opt := range options(narrow(self, in.st.path)) {
		p, isPlace := opt.obj.(*place)
		both, possible := opt.when.And(w)
		if !isPlace || !possible {
			continue
		}
		if p.kind == listPlace {
			in.forget(p, "some of it is replaced")
			continue
		}
		c := in.st.content(p)
		e.obj = within(both, o, c.at(key))
		in.st.setContent(p, c.with(e))
	}
}

// store sets an item or attribute of self, whatever it may be.
func (in *interp) store(self object, e entry) {
	opts := options(narrow(self, in.st.path))
	for _, opt := range opts {
		p, ok := opt.obj.(*place)
		if !ok {
			in.stores[e.name]++
			in.storeNamed(opt, e)
			continue
		}
		if b := in.built[p]; b != nil {
			b.stored = true
		}
		in.assigned(p, e)
		c := in.st.content(p)
		in.charge(len(c.entries))
		item := e
		if f := in.setter(p, e.name); f != nil {
			in.callSetter(f, e)
			continue
		}
		if len(opts) > 1 {
			if p.kind != listPlace {
				item.obj = within(opt.when, e.obj, c.at(e.name))
			}
		}
		if p.kind != listPlace {
			in.st.setContent(p, c.with(item))
			in.publish(p)
			continue
		}
		out := &content{entries: append([]entry(nil), c.entries...), open: c.open, reason: c.reason, shuffled: c.shuffled}
		i, err := strconv.Atoi(strings.TrimPrefix(e.name, speltNumber))
		if i < 0 && !c.open {
			i += len(out.entries)
		}
		if err == nil && isSpelt(e.name) && i >= 0 && i < len(out.entries) && !c.shuffled && certain(c.entries[:i+1]) {
			out.entries[i] = entry{key: item.key, obj: item.obj}
			if len(opts) > 1 {
				out.entries[i].obj = within(opt.when, e.obj, c.entries[i].obj)
			}
		} else {
			out = forgotten("its elements are changed")
		}
		in.st.setContent(p, out)
	}
}

// storeNamed sets an attribute of a class or a module, which is a name in its scope.
func (in *interp) storeNamed(self option, e entry) {
	var sc *scope
	switch o := self.obj.(type) {
	case *class:
		sc = o.scope
		if _, isFunction := e.obj.(*function); isFunction {
			e.obj = unknown("it is set on the class " + o.name)
		}
	case module:
		sc = in.load(o.file)
	}
	if sc == nil {
		return
	}
	var before object = missing{}
	if v, ok := in.st.get(slot{sc, e.name}); ok {
		before = v.(object)
	}
	in.st.bind(sc, e.name, within(self.when, e.obj, before))
}

// forget makes all that a place holds unknown.
func (in *interp) forget(self object, reason string) {
	for _, opt := range options(narrow(self, in.st.path)) {
		if p, ok := opt.obj.(*place); ok {
			in.st.setContent(p, forgotten(reason))
			in.publish(p)
		}
	}
}

// remove evaluates del.
func (in *interp) remove(target pyast.Expr) {
	switch t := target.(type) {
	case *pyast.Name:
		in.bind(t.ID, missing{})
	case *pyast.Attribute:
		in.dropAttribute(in.eval(t.Value), t.Attr)
	case *pyast.Subscript:
		self := in.eval(t.Value)
		if _, slice := t.Slice.(*pyast.Slice); slice {
			in.forget(self, "some of it is deleted")
			return
		}
		key := narrow(in.eval(t.Slice), in.st.path)
		if ext, ok := self.(external); ok && ext.path == environPath {
			if name, known := textIn(key); known {
				in.setEnvironment(name, missing{})
			}
			return
		}
		in.removeKey(self, key)
	case *pyast.Tuple, *pyast.List:
		for _, e := range elts(target) {
			in.remove(e)
		}
	}
}

// removeKey deletes an item.
func (in *interp) removeKey(self, key object) {
	p, ok := self.(*place)
	name, known := keyOf(key)
	switch {
	case ok && known && p.kind == dictPlace:
		in.st.setContent(p, in.st.content(p).without(name))
		return
	case ok && known && p.kind == listPlace:
		c := in.st.content(p)
		i, isNumber := number(key)
		if i < 0 {
			i += len(c.entries)
		}
		if isNumber && !c.open && !c.shuffled && certain(c.entries) && i >= 0 && i < len(c.entries) {
			out := &content{}
			out.entries = append(append(out.entries, c.entries[:i]...), c.entries[i+1:]...)
			in.st.setContent(p, out)
			return
		}
	}
	in.forget(self, "some of it is deleted")
}

// callSetter evaluates x.name = value of a property.
func (in *interp) callSetter(f *function, e entry) {
	if in.isRunning(f) || len(in.chain) >= in.reach || in.steps >= maxSteps {
		in.forget(f.self, f.name+" may change it")
		return
	}
	if in.isAloud() || in.doubled > 0 {
		in.seen[f.node] = true
	}
	a := &arguments{positional: []argument{{obj: e.obj}}}
	site := callSite{fn: f, id: in.path + ":" + itoa(e.key.Start) + in.turn}
	in.activate(f, site, func(sc *scope) { in.bindArguments(f, sc, a) })
}

// augAssign evaluates `x += y`. A list is extended in place, and whoever else holds it sees that; anything else is bound
// anew.
func (in *interp) augAssign(n *pyast.AugAssign) {
	left, right := in.eval(n.Target), in.eval(n.Value)
	o := in.inEach(left, func(left object) object {
		p, isPlace := left.(*place)
		switch {
		case isPlace && p.kind == listPlace && p.form == listForm && n.Op == pyast.Add:
			in.extendEach(p, right)
			return p
		case isPlace && p.kind == dictPlace && n.Op == pyast.BitOr:
			in.update(p, right)
			return p
		case isPlace && p.kind == listPlace && p.form == setForm:
			if o := in.operate(n.Op, p, narrow(right, in.st.path), in.span(n)); o != nil {
				in.st.setContent(p, in.st.content(o.(*place)))
			} else {
				in.forget(p, "it is computed when the script runs")
			}
			return p
		}
		return in.binary(n, n.Op, left, right)
	})
	if name, ok := n.Target.(*pyast.Name); ok {
		o = in.noted(name.ID, n.Value, o)
	}
	in.assign(n.Target, o)
}
