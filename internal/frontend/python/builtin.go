package python

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// builtin evaluates a call of one of Python's own functions.
func (in *interp) builtin(n *pyast.Call, name string, a *arguments) object {
	switch name {
	case "dict":
		p := &place{kind: dictPlace, span: a.at, header: in.span(n.Func)}
		in.st.setContent(p, &content{})
		for _, arg := range a.positional {
			in.update(p, arg.obj)
		}
		for _, kw := range a.keywords {
			in.st.setContent(p, in.st.content(p).with(entry{name: kw.name, key: kw.key, obj: kw.obj}))
		}
		if a.open != "" {
			in.st.setContent(p, in.st.content(p).opened(a.open))
		}
		return p
	case "list", "tuple", "set", "sorted":
		p := &place{kind: listPlace, span: a.at, header: a.at}
		in.st.setContent(p, &content{})
		if len(a.positional) > 0 {
			in.extend(p, a.positional[0].obj)
		}
		return p
	case "str":
		if len(a.positional) == 1 {
			return datum{in.textOf([]value.Value{in.part(a.positional[0].obj)}).From(a.at)}
		}
	case "int":
		if d, ok := a.first(); ok && len(a.positional) == 1 {
			if i, known := d.AsInt(); known {
				return datum{value.OfInt(i).WithOrigin(d.Origin())}
			}
			if d.Reason() != "" {
				return unknown(d.Reason())
			}
		}
	case "bool":
		if len(a.positional) == 1 {
			t, f := in.truth(n, a.positional[0].obj)
			return in.verdict(n, t, f)
		}
	case "len":
		if len(a.positional) == 1 {
			if items, complete := in.elements(a.positional[0].obj); complete && certain(items) {
				return datum{value.OfInt(len(items)).From(a.at)}
			}
		}
	case "getattr":
		if len(a.positional) >= 2 {
			if d, ok := a.positional[1].obj.(datum); ok && d.Literal() != "" && len(a.positional) == 2 {
				return in.attr(a.positional[0].obj, d.Literal(), n)
			}
		}
	case "exit", "quit":
		in.st.end = raised
	case "super":
		return in.superOf(n)
	}
	return in.runtime(n)
}

// superOf returns super(): the instance, seen through a base in the tree.
func (in *interp) superOf(n *pyast.Call) object {
	fn := in.scope.fn
	if fn == nil || fn.class == nil {
		return in.runtime(n)
	}
	self, ok := fn.self.(*place)
	if !ok {
		return in.runtime(n)
	}
	for _, b := range fn.class.bases {
		if up, isClass := b.(*class); isClass {
			return view{self, up}
		}
	}
	return in.runtime(n)
}

func certain(items []entry) bool {
	for _, e := range items {
		switch e.obj.(type) {
		case *choice, missing:
			return false
		}
	}
	return true
}

// callOS evaluates a call of a function of the module os.
func (in *interp) callOS(n *pyast.Call, path string, a *arguments) object {
	switch path {
	case "os.environ.get", "os.getenv", "os.environ.setdefault":
	case "os.environ.update":
		return none(a.at)
	case "os._exit", "os.abort":
		in.st.end = raised
		return none(a.at)
	default:
		if o, ok := in.callPath(last(path), a); ok {
			return o
		}
		return in.runtime(n)
	}
	d, ok := a.first()
	name, known := "", false
	if ok {
		name, known = d.AsString()
	}
	if !known {
		return in.runtime(n)
	}
	o := in.st.content(in.environ).at(name)
	if c := in.st.content(in.environ); c.open {
		if _, set := c.find(name); set {
			return o
		}
	}
	def, has := a.keyword("default")
	if !has && len(a.positional) > 1 {
		def, has = a.positional[1], true
	}
	if !has {
		return unknown(environmentReason(name)).at(a.at)
	}
	if d, isDatum := def.obj.(datum); isDatum && d.Origin() != nil {
		return datum{d.Noted("the default of the environment variable " + name + " is " + spell(name, d.Value))}
	}
	return def.obj
}

func environmentReason(name string) string {
	return "the environment variable " + name + " is set outside of the script"
}

// subscript evaluates self[key].
func (in *interp) subscript(e *pyast.Subscript) object {
	self := in.eval(e.Value)
	if s, ok := e.Slice.(*pyast.Slice); ok {
		return in.slice(self, s)
	}
	if d, ok := self.(datum); ok && d.Reason() != "" {
		in.eval(e.Slice)
		return unknown(d.Reason())
	}
	key, known := in.constant(e.Slice)
	return apply(narrow(self, in.st.path), func(o object) object {
		switch o := o.(type) {
		case mock:
			return o
		case external:
			if o.path == "os.environ" && known {
				if i, set := in.st.content(in.environ).find(key); set {
					return in.st.content(in.environ).entries[i].obj
				}
				return unknown(environmentReason(key))
			}
		case *place:
			if known {
				return in.item(o, key, in.written(e))
			}
			return unknown(in.written(e.Slice) + " is known only when the script runs")
		case datum:
			if r := o.Reason(); r != "" {
				return unknown(r)
			}
		}
		r := in.reason(o)
		if r == "" {
			r = in.written(e) + " is known only when the script runs"
		}
		return unknown(r)
	})
}

// item returns what a place holds under a key that is known.
func (in *interp) item(p *place, key, text string) object {
	c := in.st.content(p)
	if p.kind != listPlace {
		if o := in.present(c.at(key)); o != nil {
			return o
		}
		return unknown(text + " is not set in this file")
	}
	i, err := strconv.Atoi(key)
	if err == nil && i < 0 && !c.open {
		i += len(c.entries)
	}
	if err != nil || i < 0 || i >= len(c.entries) || !certain(c.entries) {
		return unknown(text + " is known only when the script runs")
	}
	return c.entries[i].obj
}

// slice evaluates self[a:b] of a list with known bounds.
func (in *interp) slice(self object, s *pyast.Slice) object {
	bound := func(e pyast.Expr, otherwise int) (int, bool) {
		if e == nil {
			return otherwise, true
		}
		return number(in.eval(e))
	}
	items, complete := in.elements(self)
	from, okFrom := bound(s.Lower, 0)
	to, okTo := bound(s.Upper, len(items))
	if !complete || !certain(items) || !okFrom || !okTo || s.Step != nil || from < 0 || to < 0 {
		r := in.reason(self)
		if r == "" {
			r = "which part of it is taken is known only when the script runs"
		}
		return unknown(r)
	}
	to = min(to, len(items))
	from = min(from, to)
	old := self.(*place)
	p := &place{kind: listPlace, span: old.span, header: old.header}
	in.st.setContent(p, &content{entries: append([]entry(nil), items[from:to]...)})
	return p
}

// parserMethod follows argparse: an option's default is its value.
func (in *interp) parserMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	switch name {
	case "add_argument_group", "add_mutually_exclusive_group":
		return p
	case "add_argument":
		in.addArgument(p, a)
		return none(a.at)
	case "parse_args", "parse_known_args":
		args := &place{kind: instancePlace, span: a.at, header: a.at, class: "argparse.Namespace"}
		in.st.setContent(args, in.st.content(p).opened("it is an argument of the command line"))
		if name == "parse_args" {
			return args
		}
		pair := &place{kind: listPlace, span: a.at, header: a.at}
		in.st.setContent(pair, &content{entries: []entry{{obj: args}, {obj: in.runtime(n)}}})
		return pair
	}
	return nil
}

func (in *interp) addArgument(p *place, a *arguments) {
	dest, flag := "", ""
	for _, arg := range a.positional {
		d, ok := arg.obj.(datum)
		if !ok {
			return
		}
		s, _ := d.AsString()
		if strings.HasPrefix(s, "--") || dest == "" {
			flag = s
			dest = strings.ReplaceAll(strings.TrimLeft(s, "-"), "-", "_")
		}
	}
	if kw, ok := a.keyword("dest"); ok {
		if d, isDatum := kw.obj.(datum); isDatum {
			dest = d.Literal()
		}
	}
	if dest == "" {
		return
	}
	var o object = unknown("the argument " + flag + " has no default").at(a.at)
	if kw, ok := a.keyword("default"); ok {
		o = kw.obj
		if d, isDatum := o.(datum); isDatum && d.Origin() != nil {
			o = datum{d.Noted("the default of " + flag + " is " + spell(dest, d.Value))}
		}
	} else if kw, ok := a.keyword("action"); ok {
		if d, isDatum := kw.obj.(datum); isDatum && d.Literal() == "store_true" {
			o = datum{value.OfBool(false).From(a.at).Noted("the default of " + flag + " is False")}
		}
	}
	in.st.setContent(p, in.st.content(p).with(entry{name: dest, key: a.at, obj: o}))
}
