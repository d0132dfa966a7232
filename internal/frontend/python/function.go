package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// define binds a function's name. Its body is interpreted when it is called, or at the end if it never is.
func (in *interp) define(n *pyast.FunctionDef) {
	f := &function{name: n.Name, node: n, scope: in.scope, text: in.text, class: in.scope.class}
	in.evalDefaults(f)
	in.applyDecorators(n, f)
	if in.isAloud() && in.scope.global == in.home {
		in.functions = append(in.functions, f)
	}
	if property := in.accessor(n, f); property != nil {
		f = property
	}
	in.bind(n.Name, f)
}

// defineClass evaluates a class statement. Its body runs in a scope of its own, which functions in it don't see.
func (in *interp) defineClass(n *pyast.ClassDef) {
	c := &class{name: n.Name}
	for _, b := range n.Bases {
		c.bases = append(c.bases, in.eval(b))
	}
	outer := in.scope
	c.scope = &scope{up: outer, global: outer.global, module: outer.module, class: c}
	in.scope = c.scope
	in.exec(n.Body)
	in.classify(c, n)
	in.scope = outer
	in.bind(n.Name, c)
}

// invoke follows a call into a function of the tree and returns what it returns.
func (in *interp) invoke(f *function, n *pyast.Call, a *arguments) object {
	if in.isRunning(f) || len(in.chain) >= in.reach || in.steps >= maxSteps {
		in.partial[f.node] = true
		in.exposed(f, a)
		return unknown(f.name + "() calls itself or nests too deep to be followed")
	}
	id := in.text.key(n) + in.turn
	site := callSite{fn: f, id: id, at: in.text, call: n}
	if in.isAloud() || in.doubled > 0 {
		in.seen[f.node] = true // what doubles run is run by nothing else, as far as is known
	}
	if f.rewritten != "" {
		a = &arguments{at: a.at, open: f.rewritten}
	}
	result := in.activate(f, site, func(sc *scope) { in.bindArguments(f, sc, a) })
	if f.away {
		return unknown(f.name + "() runs in a job of its own, so what it returns is known only then")
	}
	if in.yields(f.node) {
		result = in.sequence(iteratorForm, a.at, forgotten(f.name+"() is a generator"))
	}
	for _, d := range f.node.Decorators {
		if !keepsResult(d) {
			return unknown(f.name + "() is decorated, so what it returns is known only when the script runs")
		}
	}
	return result
}

// exposed forgets what a call that isn't followed may change: the containers and objects that it is given, and what is in
// them.
func (in *interp) exposed(f *function, a *arguments) {
	reason := f.name + "() may change it"
	if self, ok := f.self.(*place); ok {
		in.exposeAt(self, reason, 0)
	}
	for _, args := range [...][]argument{a.positional, a.keywords} {
		for _, arg := range args {
			in.exposeAt(arg.obj, reason, 0)
		}
	}
}

// maxExposed is how deep containers in containers are forgotten.
const maxExposed = 4

func (in *interp) exposeAt(o object, reason string, depth int) {
	if depth > maxExposed {
		return
	}
	for _, opt := range options(narrow(o, in.st.path)) {
		p, ok := opt.obj.(*place)
		if !ok || p == in.environ {
			continue
		}
		c := in.st.content(p)
		if c.open && len(c.entries) == 0 {
			continue
		}
		in.charge(len(c.entries))
		in.st.setContent(p, forgotten(reason))
		for _, e := range c.entries {
			in.exposeAt(e.obj, reason, depth+1)
		}
	}
}

// keepsResult reports whether a decorated function returns what its body does.
func keepsResult(d pyast.Expr) bool {
	switch decoratorName(d) {
	case "staticmethod", "classmethod", "property", "cached_property", "setter", "lru_cache", "cache", "wraps", "override", "task", "typechecked":
		return true
	}
	return false
}

// activate interprets a function's body in a new scope that bind fills.
func (in *interp) activate(f *function, site callSite, bind func(*scope)) object {
	outer := *in
	base := in.st
	// A layer of its own tells what the body changes, whichever of its paths returns.
	body, _ := base.fork()
	in.st = body
	in.text = f.text
	in.scope = &scope{up: f.scope, global: f.scope.global, module: f.scope.module, fn: f}
	in.frame = &frame{fn: f, leaving: &leaving{base: body}}
	in.jumps, in.breaks, in.target, in.loops = nil, nil, "", 0
	in.chain = append(in.chain[:len(in.chain):len(in.chain)], site)
	bind(in.scope)
	if in.doubles.isDouble(f.node) {
		in.quiet++
		in.doubled++
	}
	in.exec(f.node.Body)
	in.quiet, in.doubled = outer.quiet, outer.doubled
	returns, left := in.frame.returns, in.frame.leaving.paths
	in.text, in.scope, in.frame = outer.text, outer.scope, outer.frame
	in.jumps, in.breaks, in.target, in.loops, in.chain = outer.jumps, outer.breaks, outer.target, outer.loops, outer.chain
	in.exists = outer.exists
	in.st = base
	var arms []arm
	for _, st := range left {
		arms = append(arms, arm{st.path, st})
	}
	switch body.end {
	case live, jumped, broken:
		returns = append(returns, option{body.path, none(source.Span{})})
		fallthrough
	case returned:
		body.end = live
		arms = append(arms, arm{body.path, body})
	}
	if len(arms) == 0 {
		return unknown(f.name + "() always raises")
	}
	in.charge(len(body.slots))
	path := base.path
	base.join(arms, in.leave)
	base.path, base.end = path, live
	return exclusive(returns)
}

// exclusive returns one of several results. Those of worlds that don't exclude each other can't be told apart.
func exclusive(returns []option) object {
	for i, a := range returns {
		for _, b := range returns[i+1:] {
			if _, both := a.when.And(b.when); both && a.obj != b.obj {
				return unknown("which of its results a function returns is known only when the script runs")
			}
		}
	}
	return choose(returns)
}

// bindArguments binds a function's parameters to the arguments of a call.
func (in *interp) bindArguments(f *function, sc *scope, a *arguments) {
	params := f.node.Args
	names := append(params.PosOnlyArgs[:len(params.PosOnlyArgs):len(params.PosOnlyArgs)], params.Args...)
	positional := a.positional
	if f.self != nil && !isStatic(f.node) && len(names) > 0 {
		in.st.bind(sc, names[0].Arg, f.self)
		names = names[1:]
	}
	taken := map[string]bool{}
	for i, p := range names {
		switch kw, ok := a.keyword(p.Arg); {
		case i < len(positional):
			in.st.bind(sc, p.Arg, positional[i].obj)
		case ok:
			in.st.bind(sc, p.Arg, kw.obj)
		default:
			in.bindDefault(f, sc, p, a)
		}
		taken[p.Arg] = true
	}
	for _, p := range params.KwOnlyArgs {
		if kw, ok := a.keyword(p.Arg); ok {
			in.st.bind(sc, p.Arg, kw.obj)
		} else {
			in.bindDefault(f, sc, p, a)
		}
		taken[p.Arg] = true
	}
	if params.Vararg != nil {
		p := &place{kind: listPlace, form: tupleForm, span: f.text.span(params.Vararg), header: f.text.span(params.Vararg)}
		c := &content{open: a.open != "", reason: a.open}
		for i := len(names); i < len(positional); i++ {
			c.entries = append(c.entries, entry{obj: positional[i].obj})
		}
		in.st.setContent(p, c)
		in.st.bind(sc, params.Vararg.Arg, p)
	}
	if params.Kwarg != nil {
		p := &place{kind: dictPlace, span: f.text.span(params.Kwarg), header: f.text.span(params.Kwarg)}
		c := &content{open: a.open != "", reason: a.open}
		for _, kw := range a.keywords {
			if !taken[kw.name] {
				c = c.with(entry{name: kw.name, key: kw.key, obj: kw.obj})
			}
		}
		in.st.setContent(p, c)
		in.st.bind(sc, params.Kwarg.Arg, p)
	}
}

// bindDefault binds a parameter that a call doesn't give.
func (in *interp) bindDefault(f *function, sc *scope, p *pyast.Arg, a *arguments) {
	if a.open != "" {
		in.st.bind(sc, p.Arg, unknown(a.open).at(f.text.span(p)))
		return
	}
	if o := in.optionDefault(f, p.Arg); o != nil {
		in.st.bind(sc, p.Arg, o)
		return
	}
	o := f.defaults[p.Arg]
	if o == nil {
		in.st.bind(sc, p.Arg, unknown("the call of "+f.name+"() gives no "+p.Arg).at(f.text.span(p)))
		return
	}
	if d, ok := o.(datum); ok && d.Origin() != nil {
		o = datum{d.Noted("the default of " + p.Arg + " is " + spell(p.Arg, d.Value))}
	}
	in.st.bind(sc, p.Arg, o)
}

// evalDefaults evaluates the defaults of a function's parameters.
func (in *interp) evalDefaults(f *function) {
	params := f.node.Args
	f.defaults = map[string]object{}
	for i, p := range params.KwOnlyArgs {
		if i < len(params.KwDefaults) && params.KwDefaults[i] != nil {
			f.defaults[p.Arg] = in.eval(params.KwDefaults[i])
		}
	}
	names := append(params.PosOnlyArgs[:len(params.PosOnlyArgs):len(params.PosOnlyArgs)], params.Args...)
	for i, p := range names {
		if k := i - (len(names) - len(params.Defaults)); k >= 0 {
			f.defaults[p.Arg] = in.eval(params.Defaults[k])
		}
	}
}

// isStatic reports whether a method has no self. A classmethod has: its first parameter is bound to the instance, which has
// the class's attributes too.
func isStatic(n *pyast.FunctionDef) bool {
	for _, d := range n.Decorators {
		if name, ok := d.(*pyast.Name); ok && name.ID == "staticmethod" {
			return true
		}
	}
	return false
}

// instantiate makes an instance of a class of the tree.
func (in *interp) instantiate(c *class, n *pyast.Call, a *arguments, target string) object {
	if o := in.makeRecord(c, n, a); o != nil {
		return o
	}
	init, hasInit := in.classAttr(c, "__init__", nil)
	if base := in.sdkBase(c, 0); base != "" {
		if f, isFunction := init.(*function); hasInit && isFunction {
			if p, done := in.constructOwn(c, f, base, n, a, target); done {
				return p
			}
		}
		if hasInit {
			a = unfollowed(c, a)
		}
		return in.construct(n, base, in.signatureOf(base), a, target)
	}
	p := in.instanceOf(c, in.span(n))
	if in.isAloud() {
		c.made = append(c.made, p)
	}
	if f, isFunction := init.(*function); hasInit && isFunction {
		m := *f
		m.self = p
		in.invoke(&m, n, a)
	}
	return p
}

// sdkBase returns the class of the SDK that a class of the tree derives from; empty where it derives from none.
func (in *interp) sdkBase(c *class, depth int) string {
	if depth > maxBases {
		return ""
	}
	for _, b := range c.bases {
		switch b := b.(type) {
		case external:
			if strings.HasPrefix(b.path, "sagemaker.") && in.signatureOf(b.path) != nil {
				return b.path
			}
		case *class:
			if base := in.sdkBase(b, depth+1); base != "" {
				return base
			}
		}
	}
	return ""
}

// instanceOf returns a new instance: what isn't set on it, a base outside of the tree or another file may set.
func (in *interp) instanceOf(c *class, at source.Span) *place {
	p := &place{kind: instancePlace, span: at, header: at, own: c}
	in.st.setContent(p, &content{})
	return p
}

// rest interprets the functions that nothing has called, with parameters that nothing is known of: those first that no
// call in the file names, since they may call the others.
func (in *interp) rest(called map[string]bool) {
	in.called = called
	in.unseen(func(f *function) bool { return !called[f.name] })
	in.unseen(func(*function) bool { return true })
	// A call that wasn't followed gives arguments that nothing is known of.
	for node := range in.partial {
		delete(in.seen, node)
	}
	in.unseen(func(*function) bool { return true })
}

// unseen interprets those of the functions that are wanted and that nothing has interpreted yet, each on a state that is
// thrown away: what one does must not be seen by the next, which may run before it.
func (in *interp) unseen(wanted func(*function) bool) {
	for i := 0; i < len(in.functions); i++ { // bodies may define more
		f := in.functions[i]
		if in.seen[f.node] || in.steps >= maxSteps || !wanted(f) {
			continue
		}
		in.seen[f.node] = true
		m := *f
		base := in.st
		in.st, _ = base.fork()
		if f.class != nil && !isStatic(f.node) {
			m.self = in.selfOf(f)
			if isClassMethod(f.node) {
				m.self = f.class
			}
		}
		objects := len(in.objects)
		in.activate(&m, callSite{fn: f}, func(sc *scope) { in.bindUnknown(&m, sc) })
		in.leaveObjects(objects)
		in.st = base
	}
}

// selfOf returns the instance on which a method that nothing calls is interpreted: the only one that the script makes, or
// one that __init__ has filled.
func (in *interp) selfOf(f *function) object {
	if len(f.class.made) == 1 {
		return f.class.made[0]
	}
	p := in.instanceOf(f.class, f.text.file.Span(f.node.NamePos, f.node.NamePos+len(f.node.Name)))
	if p.class = in.sdkBase(f.class, 0); p.class != "" {
		in.st.setContent(p, forgotten("it is set where "+f.class.name+" is constructed"))
	}
	init, ok := in.classAttr(f.class, "__init__", p)
	if g, isFunction := init.(*function); ok && isFunction && g.node != f.node {
		in.silently(func() {
			in.activate(g, callSite{fn: g}, func(sc *scope) { in.bindUnknown(g, sc) })
		})
	}
	return p
}

// bindUnknown binds the parameters of a function that nothing calls. Each is unknown, and its default isn't taken: whoever
// imports the function may pass anything. A default that every caller of the tree keeps is seen in their calls.
func (in *interp) bindUnknown(f *function, sc *scope) {
	params := f.node.Args
	all := append(params.PosOnlyArgs[:len(params.PosOnlyArgs):len(params.PosOnlyArgs)], params.Args...)
	all = append(all, params.KwOnlyArgs...)
	if f.self != nil && len(all) > 0 {
		in.st.bind(sc, all[0].Arg, f.self)
		all = all[1:]
	}
	name := f.name
	if f.class != nil {
		name = f.class.name + "." + name
	}
	for _, p := range all {
		if in.doubles.handsOut(p.Arg) {
			in.st.bind(sc, p.Arg, mock{})
			continue
		}
		if o, ok := in.handedOut(p.Arg); ok {
			in.st.bind(sc, p.Arg, o)
			continue
		}
		if o := in.optionDefault(f, p.Arg); o != nil {
			in.st.bind(sc, p.Arg, o)
			continue
		}
		reason := in.uncalled(p.Arg, f)
		in.st.bind(sc, p.Arg, datum{value.OfOpaque(reason).From(f.text.span(p)).
			Noted(p.Arg + " is a parameter of " + name + "()")})
	}
	for _, p := range []*pyast.Arg{params.Vararg, params.Kwarg} {
		if p == nil {
			continue
		}
		q := &place{kind: dictPlace, span: f.text.span(p), header: f.text.span(p)}
		if p == params.Vararg {
			q.kind, q.form = listPlace, tupleForm
		}
		in.st.setContent(q, &content{open: true, reason: in.uncalled(p.Arg, f)})
		in.st.bind(sc, p.Arg, q)
	}
}

// uncalled says why a parameter isn't known: nothing calls the function, or only calls that aren't followed may be of it.
func (in *interp) uncalled(param string, f *function) string {
	name, constructed := f.name, false
	if f.class != nil {
		name, constructed = f.class.name+"."+name, name == "__init__" && in.called[f.class.name]
	}
	if constructed || in.called[f.name] && f.name != "__init__" {
		return "no call that can be followed says what the parameter " + param + " of " + name + "() is"
	}
	return "the parameter " + param + " of " + name + "() has no caller in the tree"
}

// calledNames returns the names that the calls in some texts name: of functions, and of methods of whatever object.
func calledNames(texts []*text) map[string]bool {
	out := map[string]bool{}
	for _, t := range texts {
		pyast.Inspect(t.tree, func(n pyast.Node) bool {
			if c, ok := n.(*pyast.Call); ok {
				switch f := c.Func.(type) {
				case *pyast.Name:
					out[f.ID] = true
				case *pyast.Attribute:
					out[f.Attr] = true
				}
			}
			return true
		})
	}
	return out
}
