package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// reflection evaluates the functions that look at objects themselves; nil for anything else.
func (in *interp) reflection(n *pyast.Call, name string, a *arguments) object {
	switch name {
	case "isinstance":
		if len(a.positional) == 2 {
			return in.isInstanceOf(n, a)
		}
	case "callable":
		if len(a.positional) == 1 {
			switch a.positional[0].obj.(type) {
			case *function, *class, *partial:
				return datum{value.OfBool(true).From(a.at)}
			}
		}
	case "getattr", "hasattr", "setattr", "delattr":
		return in.attribute(n, name, a)
	case "vars":
		if len(a.positional) == 1 {
			return in.inEach(a.positional[0].obj, func(o object) object { return in.varsOf(n, o) })
		}
		return in.namesOf(in.scope, a)
	case "globals":
		return in.namesOf(in.scope.global, a)
	case "locals":
		return in.namesOf(in.scope, a)
	case "exec":
		in.execute(a)
		return none(a.at)
	case "exit", "quit":
		in.st.end = raised
		return in.runtime(n)
	case "super":
		return in.superOf(n)
	case "print":
		return none(a.at)
	}
	return nil
}

// attribute evaluates getattr and its kin with a name that is known.
func (in *interp) attribute(n *pyast.Call, name string, a *arguments) object {
	if len(a.positional) < 2 {
		return nil
	}
	self := a.positional[0].obj
	attr, ok := textIn(narrow(a.positional[1].obj, in.st.path))
	if !ok {
		if name == "setattr" || name == "delattr" {
			in.forget(self, in.comes(n))
		}
		return unknown(in.reasonOr(a.positional[1].obj, in.comes(n)))
	}
	switch name {
	case "setattr":
		if len(a.positional) == 3 {
			in.store(self, entry{name: attr, key: a.positional[1].at, obj: a.positional[2].obj})
		}
		return none(a.at)
	case "delattr":
		in.dropAttribute(self, attr)
		return none(a.at)
	}
	return in.inEach(self, func(o object) object {
		has := in.hasAttribute(o, attr)
		if name == "hasattr" {
			if has == tri.Unknown {
				return in.runtime(n)
			}
			return datum{value.OfBool(has == tri.True).From(a.at)}
		}
		switch {
		case len(a.positional) == 2 || has == tri.True:
			return in.attr(o, attr, n)
		case has == tri.False:
			return a.positional[2].obj
		}
		return unknown(in.reasonOr(o, in.comes(n)))
	})
}

// hasAttribute decides whether an instance of a class of the tree, or the class, has an attribute.
func (in *interp) hasAttribute(o object, name string) tri.Bool {
	var c *class
	switch o := o.(type) {
	case *place:
		if o.kind != instancePlace {
			return tri.Unknown
		}
		switch in.st.content(o).at(name).(type) {
		case missing:
		case *choice:
			return tri.Unknown
		default:
			if _, found := in.st.content(o).find(name); found {
				return tri.True
			}
			return tri.Unknown
		}
		if o.own == nil && o.class == namespaceClass {
			return tri.False
		}
		if o.own == nil {
			return tri.Unknown
		}
		c = o.own
	case *class:
		c = o
	default:
		return tri.Unknown
	}
	if v, ok := in.classAttr(c, name, nil); ok {
		if isThere(v) {
			return tri.True
		}
		return tri.Unknown
	}
	if !in.isWhole(c, 0) || slices.Contains(objectAttributes, name) {
		return tri.Unknown
	}
	return tri.False
}

// objectAttributes are what every object has; others of the kind begin and end alike.
var objectAttributes = []string{"__class__", "__dict__", "__doc__", "__module__", "__name__", "__eq__", "__hash__", "__init__", "__repr__", "__str__"}

// isWhole reports whether all bases of a class are in the tree.
func (in *interp) isWhole(c *class, depth int) bool {
	if depth > maxBases || c.modified {
		return false
	}
	for _, b := range c.bases {
		up, ok := b.(*class)
		if ext, isExternal := b.(external); isExternal && (ext.path == "builtins.object" || ext.path == "abc.ABC") {
			continue
		}
		if !ok || !in.isWhole(up, depth+1) {
			return false
		}
	}
	return true
}

// dropAttribute evaluates del self.name.
func (in *interp) dropAttribute(self object, name string) {
	for _, opt := range options(narrow(self, in.st.path)) {
		p, ok := opt.obj.(*place)
		if !ok {
			in.stores[name]++
			continue
		}
		c := in.st.content(p)
		if len(opt.when) == 0 {
			in.st.setContent(p, c.without(name))
			continue
		}
		in.st.setContent(p, c.with(entry{name: name, obj: unknown("it may be deleted")}))
	}
}

// varsOf evaluates vars(o) and o.__dict__: the attributes of an instance as a dict, which writes to them.
func (in *interp) varsOf(n pyast.Node, o object) object {
	p, ok := o.(*place)
	if !ok || p.kind != instancePlace {
		return unknown(in.reasonOr(o, comesFrom+in.written(n)))
	}
	return &place{kind: dictPlace, span: in.span(n), header: in.span(n), alias: p}
}

// isInstanceOf evaluates isinstance(o, types).
func (in *interp) isInstanceOf(n *pyast.Call, a *arguments) object {
	kinds := in.typeNames(a.positional[1].obj)
	classes := in.typeClasses(a.positional[1].obj)
	return apply(narrow(a.positional[0].obj, in.st.path), func(o object) object {
		t := isInstance(o, kinds)
		if p, ok := o.(*place); ok && p.kind == instancePlace {
			t = in.isOfClass(p, classes, kinds)
		}
		if t != tri.Unknown {
			return datum{value.OfBool(t == tri.True).From(a.at)}
		}
		answer := in.runtime(n)
		in.about[answer.Value] = o
		return answer
	})
}

// typeClasses returns the classes of the tree among the types that isinstance tests for.
func (in *interp) typeClasses(o object) []*class {
	if c, ok := o.(*class); ok {
		return []*class{c}
	}
	p, ok := o.(*place)
	if !ok || p.kind != listPlace {
		return nil
	}
	var out []*class
	for _, item := range in.st.content(p).entries {
		if c, ok := item.obj.(*class); ok {
			out = append(out, c)
		}
	}
	return out
}

// isOfClass decides whether an instance is of one of some classes of the tree, or of Python's own types.
func (in *interp) isOfClass(p *place, classes []*class, kinds []string) tri.Bool {
	if p.own == nil {
		return tri.Unknown
	}
	for _, c := range classes {
		if derives(p.own, c, 0) {
			return tri.True
		}
	}
	outside := 0
	for _, kind := range kinds {
		if kind == "" {
			outside++
		}
	}
	if !in.isWhole(p.own, 0) || outside > len(classes) {
		return tri.Unknown
	}
	return tri.False
}

// derives reports whether a class is another, or derives from it.
func derives(c, from *class, depth int) bool {
	if c == from || c.scope == from.scope {
		return true
	}
	if depth > maxBases {
		return false
	}
	for _, b := range c.bases {
		if up, ok := b.(*class); ok && derives(up, from, depth+1) {
			return true
		}
	}
	return false
}
