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
		// The scope in between is rarely told apart from the module's; what it binds is read through the chain of scopes.
		return
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
	case *pyast.Break, *pyast.Continue:
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

// forStmt interprets a loop as one iteration over an element that nothing is known of: unrolling it would make a workload for
// each element of one constructor, and one is what is reported.
func (in *interp) forStmt(n *pyast.For) {
	iter := in.eval(n.Iter)
	elems, complete := in.elements(iter)
	runs := tri.Unknown
	for _, e := range elems {
		if _, certain := e.obj.(*choice); !certain {
			runs = tri.True
		}
	}
	if complete && len(elems) == 0 {
		runs = tri.False
	}
	var item object = unknown("it takes its value from a loop over " + in.written(n.Iter))
	if complete && len(elems) == 1 {
		item = elems[0].obj
	}
	fact := value.Fact{
		Var: in.here(n) + " loop", Is: "entered",
		Text: "the loop over " + in.written(n.Iter) + " is entered",
	}
	in.loop(runs, fact, n.Body, n.OrElse, func() { in.assign(n.Target, item) })
}

// whileStmt interprets a loop of which it matters only whether it is entered at all. The test is decided silently: start
// evaluates it again, as Python does.
func (in *interp) whileStmt(n *pyast.While) {
	runs := tri.Unknown
	in.silently(func() { runs, _ = in.decide(n.Test) })
	fact := value.Fact{Var: in.here(n) + " loop", Is: "entered", Text: "the loop while " + in.written(n.Test) + " is entered"}
	in.loop(runs, fact, n.Body, n.OrElse, func() { in.eval(n.Test) })
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
	once := func() { in.iterate(start, body) }
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
	if in.st.end == live {
		in.exec(orElse)
	}
}

// iterate interprets one iteration; break and continue lead to its end.
func (in *interp) iterate(start func(), body []pyast.Stmt) {
	outer, jumps := in.st, in.jumps
	first, _ := outer.fork()
	mine := &leaving{base: first}
	in.st, in.jumps = first, mine
	start()
	in.exec(body)
	in.st, in.jumps = outer, jumps
	var arms []arm
	for _, st := range mine.paths {
		arms = append(arms, arm{st.path, st})
	}
	if first.end == jumped {
		first.end = live
	}
	outer.join(append(arms, arm{first.path, first}), in.leave)
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
	out := &content{open: true, reason: reason}
	if p.kind == listPlace {
		for i, e := range a.entries {
			if i < len(b.entries) && b.entries[i].obj == e.obj {
				out.entries = append(out.entries, e)
			}
		}
		return out
	}
	out.open, out.reason = a.open, a.reason
	if b.open {
		out.open, out.reason = true, b.reason
	}
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
func (in *interp) tryStmt(n *pyast.Try) {
	base := in.st
	id := in.here(n) + " try"
	line := itoa(in.text.line(n))
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
				in.bind(h.Name, unknown(h.Name+" is known only when the script runs"))
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

// withStmt interprets a with statement. What `as` binds is what __enter__ returns, which is the object itself only for those
// that are followed: sessions, doubles.
func (in *interp) withStmt(n *pyast.With) {
	for _, item := range n.Items {
		o := in.eval(item.ContextExpr)
		if item.OptionalVars != nil {
			if _, isPlace := o.(*place); !isPlace && o != (mock{}) {
				o = unknown(in.written(item.ContextExpr) + " is known only when the script runs")
			}
			in.assign(item.OptionalVars, o)
		}
	}
	in.exec(n.Body)
}

// matchStmt interprets the cases one after the other, as an if statement whose tests are never decided: patterns on values
// that reach a network setting are too rare to follow.
func (in *interp) matchStmt(n *pyast.Match) {
	in.eval(n.Subject)
	in.matchCases(n, n.Cases)
}

func (in *interp) matchCases(n *pyast.Match, cases []*pyast.MatchCase) {
	if len(cases) == 0 {
		return
	}
	c := cases[0]
	text := in.written(c.Pattern)
	fact := value.Fact{
		Var:  in.here(c) + " case",
		Is:   "matched",
		Text: "case " + text + " is matched",
	}
	in.branch(fact,
		in.under(fact, func() { in.capture(c.Pattern); in.exec(c.Body) }),
		func() { in.matchCases(n, cases[1:]) })
}

// capture binds the names of a pattern.
func (in *interp) capture(p pyast.Pattern) {
	reason := "it is known only when the script runs"
	switch p := p.(type) {
	case *pyast.MatchAs:
		if p.Name != "" {
			in.bind(p.Name, unknown(reason))
		}
		if p.Pattern != nil {
			in.capture(p.Pattern)
		}
	case *pyast.MatchStar:
		if p.Name != "" {
			in.bind(p.Name, unknown(reason))
		}
	case *pyast.MatchSequence:
		for _, q := range p.Patterns {
			in.capture(q)
		}
	case *pyast.MatchMapping:
		for _, q := range p.Patterns {
			in.capture(q)
		}
		if p.Rest != "" {
			in.bind(p.Rest, unknown(reason))
		}
	case *pyast.MatchClass:
		for _, q := range append(p.Patterns[:len(p.Patterns):len(p.Patterns)], p.KwdPatterns...) {
			in.capture(q)
		}
	}
}
