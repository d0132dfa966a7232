package python

import (
	"strconv"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
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
		return in.list(e, e.Elts)
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
		in.assign(e.Target, o)
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
		return in.comprehension(e, e.Generators, e.Elt)
	case *pyast.SetComp:
		return in.comprehension(e, e.Generators, e.Elt)
	case *pyast.GeneratorExp:
		return in.comprehension(e, e.Generators, e.Elt)
	case *pyast.DictComp:
		in.comprehension(e, e.Generators, e.Value)
		return unknown("the dictionary is computed when the script runs")
	case *pyast.Lambda:
		return unknown("a lambda is not followed")
	case *pyast.Yield:
		if e.Value != nil {
			in.eval(e.Value)
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
	case pyast.ConstInt:
		if n, ok := value.NumberOf(e.Str); ok {
			return datum{value.OfNumber(n).From(at)}
		}
	case pyast.ConstFloat:
		if small := e.Num < 1e15 && e.Num > 1e-6; small {
			// The shortest decimal is canonical as it is; the general way takes far longer, and notebooks are full of these.
			return datum{value.OfNumber(value.Number(strconv.FormatFloat(e.Num, 'f', -1, 64))).From(at)}
		}
		if n, ok := value.NumberOf(strconv.FormatFloat(e.Num, 'g', -1, 64)); ok {
			return datum{value.OfNumber(n).From(at)}
		}
	}
	if c := in.text.commands[e.Pos()]; c != nil && e.Kind == pyast.ConstEllipsis {
		return in.commandResult(e, c)
	}
	return datum{value.OfOpaque("it is no plain value").From(at)}
}

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

// builtins are the names of Python's own that are modelled.
var builtins = map[string]bool{
	"dict": true, "list": true, "tuple": true, "set": true, "str": true, "int": true, "bool": true, "len": true,
	"isinstance": true, "print": true, "exit": true, "quit": true, "sorted": true, "getattr": true, "super": true,
	"float": true, "vars": true, "open": true, "range": true, "any": true, "all": true,
}

// attr returns an attribute of an object.
func (in *interp) attr(self object, name string, n pyast.Node) object {
	return apply(self, func(o object) object {
		switch o := o.(type) {
		case mock:
			return o
		case external:
			return external{o.path + "." + name}
		case module:
			return in.moduleAttr(o, name)
		case *place:
			return in.instanceAttr(o, name, n)
		case view:
			if v, ok := in.classAttr(o.as, name, o.self, 0); ok {
				return v
			}
		case *class:
			if v, ok := in.classAttr(o, name, nil, 0); ok {
				return v
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
	if p.own != nil {
		if v, ok := in.classAttr(p.own, name, p, 0); ok {
			return v
		}
		if p.class == "" {
			return bound{unknown(in.written(n) + " is not set in this file"), name, in.text, n}
		}
	}
	switch {
	case p.class == sessionClass && name == "sagemaker_client":
		return client{"sagemaker"}
	case p.class == sessionClass && name == "boto_session":
		return bound{p, name, in.text, n}
	case networkSettings[last(p.class)] && !c.open:
		// NetworkConfig's attributes are its arguments, None where they aren't given.
		return datum{value.Value{}}
	}
	return bound{p, name, in.text, n}
}

// maxBases bounds how far up a class's bases are followed.
const maxBases = 16

// classAttr finds a class attribute, a method bound to self.
func (in *interp) classAttr(c *class, name string, self *place, depth int) (object, bool) {
	if depth > maxBases {
		return nil, false
	}
	if v, ok := in.st.get(slot{c.scope, name}); ok {
		return apply(v.(object), func(o object) object {
			if f, ok := o.(*function); ok && self != nil && f.class != nil {
				m := *f
				m.self = self
				return &m
			}
			return o
		}), true
	}
	for _, b := range c.bases {
		if up, ok := b.(*class); ok && up != c {
			if v, ok := in.classAttr(up, name, self, depth+1); ok {
				return v, true
			}
		}
	}
	return nil, false
}

// list evaluates a list, tuple or set. They aren't told apart: to a request all of them are arrays.
func (in *interp) list(e pyast.Expr, elts []pyast.Expr) object {
	p := &place{kind: listPlace, span: in.span(e), header: in.span(e)}
	c := &content{entries: make([]entry, 0, len(elts))}
	for _, elt := range elts {
		o := in.eval(elt)
		if _, starred := elt.(*pyast.Starred); !starred {
			c.entries = append(c.entries, entry{obj: o})
			continue
		}
		items, complete := in.elements(o)
		c.entries = append(c.entries, items...)
		if !complete && !c.open {
			c.open, c.reason = true, in.reason(o)
		}
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
			c.entries[i] = item
			return
		}
		c.entries = append(c.entries, item)
	}
	for i, k := range e.Keys {
		if k == nil {
			spread := in.mapping(in.eval(e.Values[i]))
			for _, item := range spread.entries {
				if old, ok := at(item.name); ok {
					item.obj = over(item.obj, c.entries[old].obj)
				}
				put(item)
			}
			if spread.open && !c.open {
				c.open, c.reason = true, spread.reason
			}
			continue
		}
		key, ok := in.constant(k)
		if !ok {
			in.eval(e.Values[i])
			if !c.open {
				c.open, c.reason = true, in.written(k)+" is known only when the script runs"
			}
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
		} else if ext, ok := opt.obj.(external); ok {
			c.reason = ext.path + " is not in the tree"
		}
		cs, paths = append(cs, c), append(paths, opt.when)
	}
	if len(cs) == 1 {
		return cs[0]
	}
	return merge(dictPlace, paths, cs)
}

// elements returns the elements of a list, and whether there are no others.
func (in *interp) elements(o object) ([]entry, bool) {
	p, ok := narrow(o, in.st.path).(*place)
	if !ok {
		return nil, false
	}
	c := in.st.content(p)
	if p.kind == listPlace {
		return c.entries, !c.open
	}
	if p.kind == dictPlace && !c.open {
		in.charge(itemsPerStep * len(c.entries) / 4)
		if !certain(c.entries) {
			return nil, false
		}
		keys := make([]entry, len(c.entries))
		for i, e := range c.entries {
			keys[i] = entry{obj: datum{value.OfString(e.name).From(e.key)}}
		}
		return keys, true
	}
	return nil, false
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
	var result object
	var facts []value.Fact
	var lefts []object
	for i, operand := range e.Values {
		in.target = target
		o := in.eval(operand)
		if i == len(e.Values)-1 {
			result = o
			break
		}
		truth, fact := in.truth(operand, o)
		b, known := boolOf(truth)
		if known && b == (e.Op == pyast.Or) {
			result = o
			break
		}
		if known {
			continue
		}
		if e.Op == pyast.And {
			fact = fact.Not()
		}
		facts, lefts = append(facts, fact), append(lefts, o)
	}
	for i := len(facts) - 1; i >= 0; i-- {
		result = in.either(facts[i], lefts[i], result)
	}
	return result
}

// maxUnrolled bounds the elements over which a comprehension is unrolled.
const maxUnrolled = 64

// comprehension evaluates a comprehension: over a list that is known it is unrolled, so that [x + "!" for x in subnets] stays
// known; anything else is evaluated once, for what it makes, and unknown.
func (in *interp) comprehension(e pyast.Expr, gens []*pyast.Comprehension, elt pyast.Expr) object {
	outer := in.scope
	in.scope = &scope{up: outer, global: outer.global, module: outer.module, fn: outer.fn}
	defer func() { in.scope = outer }()
	iter := in.eval(gens[0].Iter)
	items, complete := in.elements(iter)
	if len(gens) == 1 && len(gens[0].Ifs) == 0 && complete && len(items) <= maxUnrolled {
		p := &place{kind: listPlace, span: in.span(e), header: in.span(e)}
		c := &content{}
		for i, item := range items {
			each := func() {
				c.entries = append(c.entries, entry{obj: apply(item.obj, func(o object) object {
					if _, gone := o.(missing); gone {
						return o
					}
					in.assign(gens[0].Target, o)
					return in.eval(elt)
				})})
			}
			if i > 0 {
				in.silently(each)
				continue
			}
			each()
		}
		in.st.setContent(p, c)
		return p
	}
	for i, g := range gens {
		if i > 0 {
			in.eval(g.Iter)
		}
		in.assign(g.Target, unknown(in.reason(iter)))
		for _, cond := range g.Ifs {
			in.eval(cond)
		}
	}
	in.eval(elt)
	reason := in.reason(iter)
	if complete {
		reason = "which elements it keeps is known only when the script runs"
	}
	return unknown(reason)
}
