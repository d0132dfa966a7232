package python

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
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
	case "isinstance":
		if len(a.positional) == 2 {
			kinds := in.typeNames(a.positional[1].obj)
			return apply(narrow(a.positional[0].obj, in.st.path), func(o object) object {
				if t := isInstance(o, kinds); t != tri.Unknown {
					return datum{value.OfBool(t == tri.True).From(a.at)}
				}
				answer := in.runtime(n)
				in.about[answer.Value] = o
				return answer
			})
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

// typeNames returns the names of the types that isinstance tests for; empty names stand for those that aren't Python's own.
func (in *interp) typeNames(o object) []string {
	if items, complete := in.elements(o); complete {
		var out []string
		for _, item := range items {
			out = append(out, in.typeNames(item.obj)...)
		}
		return out
	}
	if ext, ok := o.(external); ok {
		if name, own := strings.CutPrefix(ext.path, "builtins."); own {
			return []string{name}
		}
	}
	return []string{""}
}

// isInstance decides whether an object is of one of some types.
func isInstance(o object, types []string) tri.Bool {
	var is []string // what it may be
	switch o := o.(type) {
	case *place:
		switch o.kind {
		case dictPlace:
			is = []string{"dict"}
		case listPlace:
			is = []string{"list", "tuple", "set"} // they aren't told apart
		default:
			return tri.Unknown
		}
	case datum:
		switch s, _ := o.Scalar(); s.(type) {
		case string:
			is = []string{"str"}
		case bool:
			is = []string{"bool"}
		case value.Number:
			is = []string{"int", "float"}
		default:
			if o.Kind() != value.KindAbsent {
				return tri.Unknown
			}
		}
	default:
		return tri.Unknown
	}
	may := 0
	for _, kind := range is {
		if slices.Contains(types, kind) || kind == "bool" && slices.Contains(types, "int") {
			may++
		}
	}
	switch {
	case may > 0 && may == len(is):
		return tri.True
	case may > 0 || slices.Contains(types, ""):
		return tri.Unknown
	}
	return tri.False
}

// superOf returns super(): the instance, seen through a base in the tree.
func (in *interp) superOf(n *pyast.Call) object {
	fn := in.scope.fn
	if fn == nil || fn.class == nil {
		return in.runtime(n)
	}
	self, ok := fn.self.(*place)
	if first := fn.node.Args.Args; !ok && len(first) > 0 {
		// Base.__init__(self, ...) calls the function itself, and hands over the instance as its first argument.
		if v, bound := in.st.get(slot{in.scope, first[0].Arg}); bound {
			self, ok = v.(*place)
		}
	}
	if !ok {
		return in.runtime(n)
	}
	for _, b := range fn.class.bases {
		if up, isClass := b.(*class); isClass {
			return view{self, up}
		}
		if ext, isExternal := b.(external); isExternal && self.class != "" {
			return parent{self, ext.path}
		}
	}
	return in.runtime(n)
}

// certain reports whether every item is there in every world, so that positions and counts are known.
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

// environmentReason says why the value of an environment variable isn't known.
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
			if o := in.anyItem(o, e.Slice); o != nil {
				return o
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

// anyItem returns the choice of a dict's items that a key that isn't known makes: scripts pick the class of an estimator so.
// Nil where the key may be one that isn't known either, or where which items there are isn't.
func (in *interp) anyItem(p *place, key pyast.Expr) object {
	c := in.st.content(p)
	if p.kind != dictPlace || c.open || len(c.entries) == 0 || len(c.entries) > maxOptions || !certain(c.entries) {
		return nil
	}
	k := narrow(in.eval(key), in.st.path)
	id, ok := in.identity(k)
	if !ok {
		id = in.here(key)
	}
	subject, where := in.subject(key, id)
	opts := make([]option, len(c.entries))
	for i, e := range c.entries {
		is := strconv.Quote(e.name)
		opts[i] = option{value.World{{Var: id, Is: is, Text: subject + " is " + is + where}}, e.obj}
	}
	return choose(opts)
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

// addArgument adds an option's default to those of a parser. One without a default is unknown: the command line may not give
// it, and then it is None.
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
