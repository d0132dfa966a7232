package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
)

// A partial is what functools.partial returns.
type partial struct {
	fn object
	a  *arguments
}

func (*partial) isObject() {}

// partialOf evaluates functools.partial(f, ...).
func (in *interp) partialOf(n *pyast.Call, a *arguments) object {
	if len(a.positional) == 0 {
		return in.runtime(n)
	}
	rest := *a
	rest.positional = a.positional[1:]
	return in.inEach(a.positional[0].obj, func(f object) object { return &partial{f, &rest} })
}

// with returns the arguments of a call of a partial: the call's keywords replace its own.
func (p *partial) with(a *arguments) *arguments {
	out := &arguments{at: a.at, open: p.a.open, spread: p.a.spread || a.spread}
	if a.open != "" {
		out.open = a.open
	}
	out.positional = append(append(out.positional, p.a.positional...), a.positional...)
	for _, kw := range p.a.keywords {
		if _, again := a.keyword(kw.name); !again {
			out.keywords = append(out.keywords, kw)
		}
	}
	out.keywords = append(out.keywords, a.keywords...)
	return out
}

// lambda returns the function that a lambda is.
func (in *interp) lambda(e *pyast.Lambda) object {
	node := in.lambdas[e]
	if node == nil {
		node = &pyast.FunctionDef{
			Name: "lambda", NamePos: e.Pos(), Args: e.Args, Body: []pyast.Stmt{&pyast.Return{Value: e.Body}},
		}
		in.lambdas[e] = node
	}
	f := &function{name: "lambda", node: node, scope: in.scope, text: in.text}
	in.evalDefaults(f)
	if in.isAloud() {
		in.functions = append(in.functions, f)
	}
	return f
}

// yields reports whether a function is a generator: it has a yield that is none of a function within it.
func (in *interp) yields(n *pyast.FunctionDef) bool {
	is, known := in.generators[n]
	if known {
		return is
	}
	for _, s := range n.Body {
		pyast.Inspect(s, func(m pyast.Node) bool {
			switch m.(type) {
			case *pyast.Yield, *pyast.YieldFrom:
				is = true
			case *pyast.FunctionDef, *pyast.AsyncFunctionDef, *pyast.Lambda, *pyast.ClassDef:
				return false
			}
			return !is
		})
	}
	in.generators[n] = is
	return is
}

// isProperty reports whether a method is read as an attribute.
func isProperty(n *pyast.FunctionDef) bool {
	for _, d := range n.Decorators {
		switch name := decoratorName(d); name {
		case "property", "cached_property", "classproperty", "computed_field":
			return true
		}
	}
	return false
}

// isClassMethod reports whether the first parameter of a method is its class.
func isClassMethod(n *pyast.FunctionDef) bool {
	for _, d := range n.Decorators {
		if decoratorName(d) == "classmethod" {
			return true
		}
	}
	return false
}

// decoratorName returns the last part of a decorator's name.
func decoratorName(d pyast.Expr) string {
	switch d := d.(type) {
	case *pyast.Name:
		return d.ID
	case *pyast.Attribute:
		return d.Attr
	case *pyast.Call:
		return decoratorName(d.Func)
	}
	return ""
}

// getProperty evaluates a property of an instance.
func (in *interp) getProperty(f *function, n pyast.Node) object {
	if in.isRunning(f) || len(in.chain) >= in.reach || in.steps >= maxSteps {
		return unknown(f.name + " nests too deep to be followed")
	}
	if in.isAloud() || in.doubled > 0 {
		in.seen[f.node] = true
	}
	site := callSite{fn: f, id: in.text.key(n) + in.turn}
	return in.activate(f, site, func(sc *scope) { in.bindArguments(f, sc, &arguments{at: in.span(n)}) })
}

func (in *interp) isRunning(f *function) bool {
	for _, site := range in.chain {
		if site.fn.node == f.node {
			return true
		}
	}
	return false
}

// setter returns the function that x.name = value calls where name is a property of the class with one.
func (in *interp) setter(p *place, name string) *function {
	if p.kind != instancePlace || p.own == nil {
		return nil
	}
	v, ok := in.rawClassAttr(p.own, name, 0)
	if !ok {
		return nil
	}
	f, ok := v.(*function)
	if !ok || f.setter == nil {
		return nil
	}
	m := *f.setter
	m.self = p
	return &m
}

// accessor returns a property with another of its functions, for @name.setter; nil where a definition is none.
func (in *interp) accessor(n *pyast.FunctionDef, f *function) *function {
	for _, d := range n.Decorators {
		a, ok := d.(*pyast.Attribute)
		if !ok || a.Attr != "setter" && a.Attr != "deleter" {
			continue
		}
		old, bound := in.lookup(n.Name)
		getter, isFunction := old.(*function)
		if !bound || !isFunction {
			continue
		}
		both := *getter
		if a.Attr == "setter" {
			both.setter = f
		}
		return &both
	}
	return nil
}
