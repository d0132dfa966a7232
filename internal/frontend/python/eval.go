package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
	"strings"
)

// eval returns what an expression evaluates to.
func (in *interp) eval(e pyast.Expr) object {
	target := in.target
	in.target = ""
	if in.depth >= maxExpr || in.steps >= maxSteps {
		return unknown("it takes too many steps to follow")
	}
	in.depth++
	if in.evals++; in.evals%itemsPerStep == 0 {
		in.steps++
	}
	defer func() { in.depth-- }()
	switch e := e.(type) {
	case *pyast.Constant:
		return in.literal(e)
	case *pyast.Name:
		return in.name(e)
	case *pyast.Attribute:
		if chains(e.Attr) {
			in.target = target
		}
		return in.used(e, in.attr(in.eval(e.Value), e.Attr, e))
	case *pyast.Subscript:
		return in.used(e, in.subscript(e))
	case *pyast.Call:
		return in.call(e, target)
	case *pyast.List:
		return in.list(e, e.Elts)
	case *pyast.Tuple:
		return in.list(e, e.Elts)
	case *pyast.Set:
		p := in.list(e, e.Elts).(*place)
		p.form = setForm
		in.st.setContent(p, in.distinct(in.st.content(p)))
		return p
	case *pyast.Dict:
		return in.dict(e)
	case *pyast.JoinedStr:
		return in.joined(e)
	case *pyast.BinOp:
		return in.binary(e, e.Op, in.eval(e.Left), in.eval(e.Right))
	case *pyast.UnaryOp:
		return in.unary(e)
	case *pyast.BoolOp:
		return in.boolOp(e, target)
	case *pyast.Compare:
		return in.test(e)
	case *pyast.IfExp:
		return in.ifExp(e, target)
	case *pyast.NamedExpr:
		o := in.evalFor(e.Target, e.Value)
		in.assignOutside(e.Target, o)
		return o
	case *pyast.Await:
		in.target = target
		return in.eval(e.Value)
	case *pyast.Starred:
		return in.eval(e.Value)
	}
	return in.evalRare(e)
}

// evalRare evaluates what rarely reaches a network setting; what stands in it is still looked at.
func (in *interp) evalRare(e pyast.Expr) object {
	switch e := e.(type) {
	case *pyast.ListComp:
		return in.comprehension(e, listForm, e.Generators, e.Elt)
	case *pyast.SetComp:
		return in.comprehension(e, setForm, e.Generators, e.Elt)
	case *pyast.GeneratorExp:
		return in.comprehension(e, iteratorForm, e.Generators, e.Elt)
	case *pyast.DictComp:
		return in.dictComprehension(e)
	case *pyast.Lambda:
		return in.lambda(e)
	case *pyast.Yield:
		if e.Value != nil {
			o := in.eval(e.Value)
			if fn := in.frame.fn; fn != nil && in.yielded[fn.node] != nil {
				*in.yielded[fn.node] = append(*in.yielded[fn.node], option{in.st.path, o})
			}
		}
	case *pyast.YieldFrom:
		in.eval(e.Value)
	}
	return unknown("it is computed when the script runs")
}

// used returns o as read by an expression: where it came from becomes its trace.
func (in *interp) used(e pyast.Expr, o object) object {
	at := in.span(e)
	return apply(o, func(o object) object {
		if d, ok := o.(datum); ok {
			return datum{d.Use(at)}
		}
		return o
	})
}

// literal evaluates a constant. Its origin is the literal itself, where the trace of every later use ends.
func (in *interp) literal(e *pyast.Constant) object {
	at := in.span(e)
	switch e.Kind {
	case pyast.ConstNone:
		return none(at)
	case pyast.ConstTrue:
		return datum{value.OfBool(true).From(at)}
	case pyast.ConstFalse:
		return datum{value.OfBool(false).From(at)}
	case pyast.ConstStr:
		if e.Inexact {
			return datum{value.OfOpaque("it has a character that is known by name only").From(at)}
		}
		return datum{value.OfString(e.Str).From(at)}
	case pyast.ConstBytes:
		return octets{e.Str}
	case pyast.ConstInt:
		if d, ok := intOf(e.Str); ok {
			return d.at(at)
		}
	case pyast.ConstFloat:
		return ofFloat(e.Num).at(at)
	}
	if c := in.text.commands[e.Pos()]; c != nil && e.Kind == pyast.ConstEllipsis {
		return in.commandResult(e, c)
	}
	return datum{value.OfOpaque(noPlainValue).From(at)}
}

// noPlainValue is the reason of an ellipsis, and of complex numbers.
const noPlainValue = "it is no plain value"

// name evaluates a name. One that nothing binds is unknown rather than an error: notebooks restore variables with %store, and
// cells are run in any order.
func (in *interp) name(e *pyast.Name) object {
	if o, ok := in.lookup(e.ID); ok {
		return in.used(e, in.force(o))
	}
	if builtins[e.ID] {
		return external{"builtins." + e.ID}
	}
	if star := in.scope.global.star; star != "" {
		return external{star + "." + e.ID}
	}
	return in.used(e, unknown(in.whyUnset(e.ID)))
}

// builtins are the names of Python's own that are modelled, and the types among them that classes derive from.
var builtins = map[string]bool{
	"dict": true, "list": true, "tuple": true, "set": true, "frozenset": true, "str": true, "int": true, "bool": true,
	"float": true, "bytes": true, "object": true, "len": true, "isinstance": true, "print": true, "exit": true, "quit": true,
	"sorted": true, "getattr": true, "hasattr": true, "setattr": true, "delattr": true, "super": true, "vars": true,
	"globals": true, "locals": true, "open": true, "range": true, "any": true, "all": true, "zip": true, "map": true,
	"filter": true, "enumerate": true, "reversed": true, "iter": true, "next": true, "sum": true, "min": true, "max": true,
	"abs": true, "round": true, "chr": true, "ord": true, "repr": true, "format": true, "callable": true, "type": true, "get_ipython": true,
	"Exception": true, "ValueError": true, "KeyError": true, "Ellipsis": true, "input": true, "id": true, "hash": true,
	"divmod": true, "exec": true, "pow": true, "property": true, "staticmethod": true, "classmethod": true,
}

// attr returns an attribute of an object.
func (in *interp) attr(self object, name string, n pyast.Node) object {
	return apply(self, func(o object) object {
		switch o := o.(type) {
		case mock:
			return o
		case external:
			if o.path == versionInfo && name == "major" {
				return datum{value.OfInt(pythonMajor)}
			}
			return external{o.path + "." + name}
		case module:
			return in.moduleAttr(o, name)
		case located:
			if v, ok := pathAttr(o, name); ok {
				return v
			}
		case *place:
			return in.instanceAttr(o, name, n)
		case view:
			if v, ok := in.classAttr(o.as, name, o.self); ok {
				return v
			}
		case *class:
			if v, ok := in.classAttr(o, name, nil); ok {
				return v
			}
		case datum:
			if name == "default_value" && o.Kind() == value.KindScalar {
				return o // a pipeline's parameter stands for its default
			}
		case *function:
			if name == "__name__" {
				return knownText(o.name)
			}
		}
		return bound{o, name, in.text, n}
	})
}

// instanceAttr returns an attribute of an instance: what was stored on it comes before its class, as in Python.
func (in *interp) instanceAttr(p *place, name string, n pyast.Node) object {
	if p.kind != instancePlace {
		return bound{p, name, in.text, n}
	}
	c := in.st.content(p)
	if i, ok := c.find(name); ok {
		if o := in.present(c.entries[i].obj); o != nil {
			return o
		}
	}
	if name == "__dict__" {
		return in.varsOf(n, p)
	}
	if p.own != nil {
		if v, ok := in.classAttr(p.own, name, p); ok {
			return apply(v, func(o object) object {
				if f, isFunction := o.(*function); isFunction && isProperty(f.node) {
					return in.getProperty(f, n)
				}
				return o
			})
		}
		if c.open && (p.class == "" || !in.makes(p.class, name)) {
			return unknown(c.reason)
		}
		switch {
		case p.own.kind != plainClass:
			return bound{p, name, in.text, n}
		case p.class == "" && in.isWhole(p.own, 0):
			return bound{unknown(in.written(n) + " is not set in this file"), name, in.text, n}
		case p.class == "":
			return bound{unknown(comesFrom + in.written(n)), name, in.text, n}
		}
	}
	switch {
	case (p.class == sessionClass || p.class == localSession) && strings.HasSuffix(name, "_client"):
		if in.isLocalSession(p) {
			return client{standIn}
		}
		return client{strings.TrimSuffix(name, "_client")}
	case p.class == hookClass && name == "conn":
		return client{"sagemaker"}
	case p.class == sessionClass && name == "boto_session":
		return bound{p, name, in.text, n}
	case suppliedSettings[name] != "" && last(p.class) == "ModelTrainer" && !c.open:
		// The SDK supplies these where they aren't given, so that scripts may change them.
		q := &place{kind: instancePlace, span: p.header, header: p.header, class: "sagemaker." + suppliedSettings[name]}
		in.st.setContent(q, &content{})
		in.st.setContent(p, c.with(entry{name: name, obj: q}))
		if b := in.built[p]; b != nil {
			b.stored = true
		}
		return q
	case networkSettings[last(p.class)] && !c.open:
		// NetworkConfig's attributes are its arguments, None where they aren't given.
		return datum{value.Value{}}
	}
	return bound{p, name, in.text, n}
}

// maxBases bounds how far up a class's bases are followed.
const maxBases = 16

// classAttr finds a class attribute, a method bound to self or, where it is the class's, to the class.
func (in *interp) classAttr(c *class, name string, self *place) (object, bool) {
	v, ok := in.rawClassAttr(c, name, 0)
	if !ok {
		return nil, false
	}
	return apply(v, func(o object) object {
		f, isFunction := o.(*function)
		if !isFunction || f.class == nil || self == nil && !isClassMethod(f.node) {
			return o
		}
		m := *f
		m.self = self
		if isClassMethod(f.node) {
			m.self = c
			if self != nil && self.own != nil {
				m.self = self.own
			}
		}
		return &m
	}), true
}

// rawClassAttr finds what a class or its bases bind a name to.
func (in *interp) rawClassAttr(c *class, name string, depth int) (object, bool) {
	if depth > maxBases {
		return nil, false
	}
	if v, ok := in.st.get(slot{c.scope, name}); ok {
		return v.(object), true
	}
	for _, b := range c.bases {
		if up, ok := b.(*class); ok && up != c {
			if v, ok := in.rawClassAttr(up, name, depth+1); ok {
				return v, true
			}
		}
	}
	return nil, false
}

// list evaluates a list, tuple or set. They aren't told apart: to a request all of them are arrays.
func (in *interp) list(e pyast.Expr, elts []pyast.Expr) object {
	p := &place{kind: listPlace, span: in.span(e), header: in.span(e)}
	if _, ok := e.(*pyast.Tuple); ok {
		p.form = tupleForm
	}
	c := &content{entries: make([]entry, 0, len(elts))}
	for _, elt := range elts {
		o := in.eval(elt)
		if _, starred := elt.(*pyast.Starred); !starred {
			c.entries = append(c.entries, entry{obj: o})
			c.shuffled = c.shuffled || c.open // something unknown stands before it
			continue
		}
		in.st.setContent(p, c)
		in.extendEach(p, o)
		unpacked := *in.st.content(p)
		c = &unpacked
	}
	in.st.setContent(p, c)
	return p
}

// indexedEntries is the number of entries from which a dict that is being read keeps an index.
const indexedEntries = 16

// dict evaluates a dict literal. A key that isn't known may be any, also one that is given, so the dict is open then; what
// `**` spreads lies over the keys before it.
func (in *interp) dict(e *pyast.Dict) object {
	span := in.span(e)
	p := &place{kind: dictPlace, span: span, header: span}
	p.header.End = min(p.header.Start+1, p.header.End)
	// Most dicts are short: a map pays only where looking through them would be slow.
	index := map[string]int{}
	c := &content{entries: make([]entry, 0, len(e.Keys))}
	at := func(name string) (int, bool) {
		if len(c.entries) < indexedEntries {
			return c.find(name)
		}
		for i := len(index); i < len(c.entries); i++ {
			index[c.entries[i].name] = i
		}
		i, ok := index[name]
		return i, ok
	}
	put := func(item entry) {
		if i, ok := at(item.name); ok {
			item.name = c.entries[i].name
			c.entries[i] = item
			return
		}
		c.entries = append(c.entries, item)
	}
	for i, k := range e.Keys {
		if k == nil {
			spread := in.mapping(in.eval(e.Values[i]))
			in.charge(2 * (len(spread.entries) + len(c.entries)))
			if spread.open {
				// Whatever it holds lies over the keys before it.
				*c = *c.unsure(spread.reason)
			}
			for _, item := range spread.entries {
				if old, ok := at(item.name); ok {
					item.obj = over(item.obj, c.entries[old].obj)
				}
				put(item)
			}
			c.shuffled = c.shuffled || spread.shuffled
			continue
		}
		key, ok := keyOf(narrow(in.eval(k), in.st.path))
		if !ok {
			in.eval(e.Values[i])
			*c = *c.unsure("the key " + in.written(k) + " may be any")
			continue
		}
		o := in.eval(e.Values[i])
		in.headed(e.Values[i], o, in.span(k))
		put(entry{name: key, key: in.span(k), at: in.span(e.Values[i]), obj: o})
	}
	in.st.setContent(p, c)
	return p
}

// headed gives a dict that is written right behind its key that key as its header: a missing member is reported there.
func (in *interp) headed(e pyast.Expr, o object, key source.Span) {
	if _, literal := e.(*pyast.Dict); !literal {
		return
	}
	if p, ok := o.(*place); ok {
		p.header = key
	}
}

// over returns what a key holds when a mapping that may have it is laid over one that has.
func over(top, under object) object {
	c, ok := top.(*choice)
	if !ok {
		if _, gone := top.(missing); gone {
			return under
		}
		return top
	}
	opts := make([]option, len(c.options))
	for i, opt := range c.options {
		opts[i] = opt
		if _, gone := opt.obj.(missing); gone {
			opts[i].obj = under
		}
	}
	return choose(opts)
}

// mapping returns the items of what is unpacked with two stars.
func (in *interp) mapping(o object) *content {
	opts := options(narrow(o, in.st.path))
	var cs []*content
	var paths []value.World
	for _, opt := range opts {
		c := &content{open: true, reason: in.reason(opt.obj)}
		if p, ok := opt.obj.(*place); ok && p.kind != listPlace {
			c = in.st.content(p)
		} else if ext, ok := opt.obj.(external); ok && ext.path == environPath {
			c = in.st.content(in.environ)
		} else if ok {
			c.reason = ext.path + " is not in the tree"
		}
		cs, paths = append(cs, c), append(paths, opt.when)
	}
	if len(cs) == 1 {
		return cs[0]
	}
	return merge(dictPlace, paths, cs)
}

// ifExp evaluates `a if test else b`. It is interpreted like an if statement, since either side may make something.
func (in *interp) ifExp(e *pyast.IfExp, target string) object {
	known, fact := in.decide(e.Test)
	eval := func(x pyast.Expr) object {
		in.target = target
		return in.because(e.Test, in.eval(x))
	}
	if b, ok := boolOf(known); ok {
		if b {
			return eval(e.Body)
		}
		return eval(e.OrElse)
	}
	var a, b object
	if f, ok := in.pivot(e.Test); ok {
		in.pivots++
		in.branch(f, func() { a = in.ifExp(e, target) }, func() { b = in.ifExp(e, target) })
		in.pivots--
		return in.either(f, a, b)
	}
	in.branch(fact,
		in.under(fact, func() { a = eval(e.Body) }),
		in.under(fact.Not(), func() { b = eval(e.OrElse) }))
	return in.either(fact, a, b)
}

// either returns a where the fact holds and b where it doesn't; nil stands for what can't be on this path.
func (in *interp) either(fact value.Fact, a, b object) object {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return choose([]option{{value.World{fact}, a}, {value.World{fact.Not()}, b}})
}

// boolOp evaluates `x or y` and `x and y` to the operand that Python returns.
func (in *interp) boolOp(e *pyast.BoolOp, target string) object {
	last := len(e.Values) - 1
	for last > 0 && !acts(e.Values[last:last+1]) {
		last--
	}
	return in.boolFrom(e, 0, last, target)
}

// boolFrom evaluates the operands from the i-th on. What those behind an open one do, up to the last that does anything, they
// do only where they are looked at.
func (in *interp) boolFrom(e *pyast.BoolOp, i, last int, target string) object {
	if in.steps >= maxSteps {
		return unknown("the script takes more steps than are followed")
	}
	in.target = target
	o := in.eval(e.Values[i])
	if i == len(e.Values)-1 {
		return o
	}
	truth, fact := in.truth(e.Values[i], o)
	if b, known := boolOf(truth); known {
		if b == (e.Op == pyast.Or) {
			return o
		}
		return in.boolFrom(e, i+1, last, target)
	}
	if e.Op == pyast.And {
		fact = fact.Not()
	}
	var rest object
	look := func() { rest = in.boolFrom(e, i+1, last, target) }
	if i < last {
		in.branch(fact, func() {}, look)
	} else {
		look()
	}
	return in.either(fact, o, rest)
}

// acts reports whether expressions may do anything beside giving a value.
func acts(es []pyast.Expr) bool {
	found := false
	for _, e := range es {
		pyast.Inspect(e, func(n pyast.Node) bool {
			switch n.(type) {
			case *pyast.Call, *pyast.NamedExpr, *pyast.Await:
				found = true
			case *pyast.Lambda:
				return false
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}
