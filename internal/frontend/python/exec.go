package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// exec interprets statements until the path ends.
func (in *interp) exec(body []pyast.Stmt) {
	for _, n := range body {
		if in.st.end != live || in.steps >= maxSteps {
			return
		}
		in.steps++
		if in.steps%1024 == 0 && in.ctx.Err() != nil {
			in.steps = maxSteps
		}
		in.stmt(n)
	}
}

// stmt interprets one statement. Those that aren't listed change nothing that is followed.
func (in *interp) stmt(n pyast.Stmt) {
	switch n := n.(type) {
	case *pyast.ExprStmt:
		in.eval(n.Value)
	case *pyast.Assign:
		in.assignStmt(n)
	case *pyast.AnnAssign:
		if n.Value != nil {
			in.assign(n.Target, in.evalFor(n.Target, n.Value))
		}
	case *pyast.AugAssign:
		in.augAssign(n)
	case *pyast.If:
		in.ifStmt(n)
	case *pyast.For:
		in.forStmt(n)
	case *pyast.AsyncFor:
		in.forStmt((*pyast.For)(n))
	case *pyast.While:
		in.whileStmt(n)
	case *pyast.Try:
		in.tryStmt(n)
	case *pyast.TryStar:
		in.tryStmt((*pyast.Try)(n))
	case *pyast.With:
		in.withStmt(n)
	case *pyast.AsyncWith:
		in.withStmt((*pyast.With)(n))
	case *pyast.Match:
		in.matchStmt(n)
	case *pyast.FunctionDef:
		in.define(n)
	case *pyast.AsyncFunctionDef:
		in.define((*pyast.FunctionDef)(n))
	case *pyast.ClassDef:
		in.defineClass(n)
	case *pyast.Import:
		in.importStmt(n)
	case *pyast.ImportFrom:
		in.importFrom(n)
	case *pyast.Return:
		in.returnStmt(n)
	case *pyast.Global:
		in.declare(n.Names)
	case *pyast.Nonlocal:
		in.declareNonlocal(n.Names)
	case *pyast.Delete:
		for _, t := range n.Targets {
			in.remove(t)
		}
	case *pyast.Assert:
		in.eval(n.Test)
	case *pyast.Raise:
		if n.Exc != nil {
			in.eval(n.Exc)
		}
		in.st.end = raised
	case *pyast.Break:
		in.st.end = broken
	case *pyast.Continue:
		in.st.end = jumped
	case *pyast.Pass:
		if c := in.text.commands[n.Pos()]; c != nil {
			in.command(n, c)
		}
	}
}

// declare notes the names that assignments of a function bind in its module.
func (in *interp) declare(names []string) {
	if in.scope.globals == nil {
		in.scope.globals = map[string]bool{}
	}
	for _, name := range names {
		in.scope.globals[name] = true
	}
}

// declareNonlocal finds the function around this one that binds each of some names.
func (in *interp) declareNonlocal(names []string) {
	for _, name := range names {
		for sc := in.scope.up; sc != nil && sc != in.scope.global; sc = sc.up {
			if _, ok := in.st.get(slot{sc, name}); !ok || sc.class != nil {
				continue
			}
			if in.scope.outer == nil {
				in.scope.outer = map[string]*scope{}
			}
			in.scope.outer[name] = sc
			break
		}
	}
}

// returnStmt keeps what is returned with the path that led there; activate makes one choice of all of them.
func (in *interp) returnStmt(n *pyast.Return) {
	var o object = none(in.span(n))
	if n.Value != nil {
		o = in.eval(n.Value)
	}
	in.frame.returns = append(in.frame.returns, option{in.st.path, o})
	in.st.end = returned
}

// ifStmt interprets both branches of a test that isn't decided. What a branch makes exists in the worlds of its fact only;
// what it assigns becomes a choice at the join.
func (in *interp) ifStmt(n *pyast.If) {
	known, fact := in.decide(n.Test)
	if known != tri.Unknown && in.guard(n, known) {
		return
	}
	switch known {
	case tri.True:
		in.exec(n.Body)
		return
	case tri.False:
		in.exec(n.OrElse)
		return
	}
	in.branch(fact,
		in.under(fact, func() { in.exec(n.Body) }),
		in.under(fact.Not(), func() { in.exec(n.OrElse) }))
}

// loop interprets a body once, for all of its iterations: what an iteration changes is unknown at its start.
func (in *interp) loop(runs tri.Bool, fact value.Fact, body, orElse []pyast.Stmt, start func()) {
	if in.loops >= maxTrials {
		return
	}
	in.loops++
	defer func() { in.loops-- }()
	if runs == tri.False {
		in.exec(orElse)
		return
	}
	base := in.st
	broken := false
	once := func() { broken = in.iterate(start, body) }
	widened := in.tryOut(base, once)
	run := func() {
		for k, v := range widened {
			in.st.set(k, v)
		}
		once()
	}
	if runs == tri.True {
		run()
	} else {
		in.branch(fact, run, func() {})
	}
	if in.st.end != live || len(orElse) == 0 {
		return
	}
	if !broken {
		in.exec(orElse)
		return
	}
	through := value.Fact{Var: fact.Var + " end", Is: "true", Text: "the loop ends without a break", Opposite: "the loop is left by a break"}
	in.branch(through, in.under(through, func() { in.exec(orElse) }), func() {})
}

// iterate interprets one iteration; break and continue lead to its end. It tells whether there may have been a break.
func (in *interp) iterate(start func(), body []pyast.Stmt) (left bool) {
	outer, jumps, breaks := in.st, in.jumps, in.breaks
	first, _ := outer.fork()
	mine, out := &leaving{base: first}, &leaving{base: first}
	in.st, in.jumps, in.breaks = first, mine, out
	start()
	in.exec(body)
	in.st, in.jumps, in.breaks = outer, jumps, breaks
	left = first.end == broken || len(out.paths) > 0
	var arms []arm
	for _, st := range append(mine.paths, out.paths...) {
		arms = append(arms, arm{st.path, st})
	}
	if first.end == jumped || first.end == broken {
		first.end = live
	}
	outer.join(append(arms, arm{first.path, first}), in.leave)
	return left
}

// tryOut runs a loop's body for what it changes, and returns that as it stands at the start of any iteration.
func (in *interp) tryOut(base *state, once func()) map[slot]any {
	widened := map[slot]any{}
	passes := 1
	if in.loops == 1 && in.trying == 0 {
		passes = 2 // what depends on something that changes is found in the second
	}
	for range passes {
		trial, _ := base.fork()
		for k, v := range widened {
			trial.set(k, v)
		}
		in.st = trial
		returns, left := in.frame.returns, in.frame.leaving
		if left != nil {
			in.frame.leaving = &leaving{base: left.base}
		}
		in.trying++
		in.silently(once)
		in.trying--
		in.frame.returns, in.frame.leaving = returns, left
		in.st = base
		for k, after := range trial.slots {
			if before, ok := base.get(k); ok && before != after {
				widened[k] = widen(k, before, after)
			}
		}
		if len(widened) == 0 {
			break // another pass would start from the same state, and change nothing either
		}
	}
	return widened
}

// widen returns what a slot holds at the start of an iteration that isn't known to be the first: what all iterations leave
// alone is kept, so that a list that only grows still has its first elements, and the rest is unknown.
func widen(k slot, before, after any) any {
	p, ok := k.owner.(*place)
	if !ok {
		return unknown(k.name + " changes in a loop")
	}
	const reason = "it changes in a loop"
	a, b := before.(*content), after.(*content)
	out := &content{open: true, reason: reason, shuffled: a.shuffled || b.shuffled}
	if p.kind == listPlace {
		out.shuffled = out.shuffled || p.form == setForm
		for i, e := range a.entries {
			if i >= len(b.entries) || b.entries[i].obj != e.obj {
				break
			}
			out.entries = append(out.entries, e)
		}
		return out
	}
	out.open, out.reason = a.open, a.reason
	if b.open {
		out.open, out.reason = true, b.reason
	}
	out.shuffled = out.shuffled || !inOrder(b.entries, a.entries)
	for _, e := range a.entries {
		if _, kept := b.find(e.name); !kept {
			out.open, out.reason = true, reason
		}
	}
	for _, e := range b.entries {
		before := a.at(e.name)
		if before != e.obj {
			if _, gone := before.(missing); gone || !certain([]entry{e, {obj: before}}) {
				// Whether it is there at all depends on the iteration.
				out.open, out.reason = true, reason
				continue
			}
			e.obj = unknown(reason)
		}
		out.entries = append(out.entries, e)
	}
	return out
}

// tryStmt interprets a try statement as one choice: nothing is raised, or one of the handlers runs. A handler starts from any
// point of the block, which halfDone stands for; an exception that no handler catches ends the path and matters to nobody.
func (in *interp) tryStmt(n *pyast.Try) { in.attempt(n, n) }

// attempt is tryStmt of what stands at another node.
func (in *interp) attempt(at pyast.Node, n *pyast.Try) {
	if importsOnly(n.Body) {
		// Where the SDK isn't installed nothing is made at all.
		in.exec(n.Body)
		in.exec(n.OrElse)
		in.exec(n.FinalBody)
		return
	}
	base := in.st
	id := in.here(at) + " try"
	line := itoa(in.text.line(at))
	fact := func(what string) value.Fact {
		return value.Fact{Var: id, Is: what, Text: what + " is raised at line " + line}
	}
	var arms []arm
	run := func(f value.Fact, do func()) {
		st, ok := base.fork(f)
		if !ok {
			return
		}
		in.st = st
		do()
		arms = append(arms, arm{value.World{f}, st})
	}
	written := &journal{up: base.writes, set: map[slot][]any{}}
	run(fact("nothing"), func() {
		in.st.writes = written
		in.exec(n.Body)
		in.st.writes = base.writes
		in.exec(n.OrElse)
	})
	if len(arms) == 0 {
		return
	}
	tried := arms[0].st
	for i, h := range n.Handlers {
		what := "an exception"
		if h.Type != nil {
			what = in.written(h.Type)
		}
		if i > 0 && h.Type == nil {
			what = "another exception"
		}
		run(fact(what), func() {
			for k, writes := range written.set {
				in.st.set(k, halfDone(base, id, k, writes))
			}
			if h.Name != "" {
				in.bind(h.Name, unknown("it comes from an exception"))
			}
			in.exec(h.Body)
		})
	}
	in.st = base
	if len(arms) == 1 {
		for k, v := range tried.slots {
			base.set(k, v)
		}
		base.end = tried.end
	} else {
		base.join(arms, in.leave)
	}
	if end := base.end; len(n.FinalBody) > 0 {
		base.end = live
		in.exec(n.FinalBody)
		base.end = max(base.end, end)
	}
}

// halfDone returns what a slot holds when a try block that sets it, to each of writes in turn, is left at any of its
// statements: what it held before, or one of these.
func halfDone(base *state, id string, k slot, writes []any) any {
	const reason = "it is set in a try block that may fail"
	before, ok := base.get(k)
	if _, isPlace := k.owner.(*place); isPlace {
		if !ok {
			// Whoever can name a place that the block made got it from there, with what it held last or before that.
			return commonEntries(writes[0].(*content), writes[1:], reason)
		}
		return commonEntries(before.(*content), writes, reason)
	}
	var held []object
	if ok {
		held = distinct(held, before.(object))
	} else {
		held = distinct(held, missing{})
	}
	for _, w := range writes {
		held = distinct(held, w.(object))
	}
	if len(writes) > maxWrites || len(held) > maxWrites {
		return unknown(reason)
	}
	opts := make([]option, len(held))
	for i, o := range held {
		text := k.name + " isn't set yet then"
		switch d, isDatum := o.(datum); {
		case isDatum:
			text = k.name + " is " + spell(k.name, d.Value) + " then"
		case o != (missing{}):
			text = k.name + " is set by then"
		}
		opts[i] = option{value.World{{Var: id + " " + k.name, Is: itoa(i), Text: text}}, o}
	}
	return choose(opts)
}

// distinct adds the alternatives of o to those held that say something else. The conditions within the block don't matter
// here: which of its statements fails is a condition of its own.
func distinct(held []object, o object) []object {
	for _, opt := range options(o) {
		same := false
		for _, h := range held {
			d, isDatum := opt.obj.(datum)
			e, alsoDatum := h.(datum)
			same = same || h == opt.obj || isDatum && alsoDatum && equal(d.Value, e.Value)
		}
		if !same {
			held = append(held, opt.obj)
		}
	}
	return held
}

// commonEntries returns the content of which the entries are known that no write has changed.
func commonEntries(before *content, writes []any, reason string) *content {
	if len(writes) == 0 {
		return before
	}
	out := forgotten(reason)
	for i, e := range before.entries {
		kept := len(writes) <= maxWrites
		for _, w := range writes {
			c := w.(*content)
			if e.name == "" {
				kept = kept && i < len(c.entries) && c.entries[i].obj == e.obj
				continue
			}
			at, found := c.find(e.name)
			kept = kept && found && c.entries[at].obj == e.obj
		}
		if !kept && e.name == "" {
			break // what follows in a list may have moved
		}
		if kept {
			out.entries = append(out.entries, e)
		}
	}
	return out
}

// entered returns what __enter__ of a context manager returns.
func (in *interp) entered(e pyast.Expr, o object) object {
	return in.inEach(o, func(o object) object {
		switch o := o.(type) {
		case mock, opened, client: // an asynchronous client is its own context
			return o
		case *place:
			if o.own == nil {
				return o
			}
			if m, ok := in.classAttr(o.own, "__enter__", o); ok {
				if f, isFunction := m.(*function); isFunction {
					return in.getProperty(f, e)
				}
			}
		}
		return unknown(in.reasonOr(o, in.comes(e)))
	})
}
