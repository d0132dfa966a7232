package shell

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A frame is what statements run in: a script, a function of it, or a script that it sources.
type frame struct {
	*process
	file  *source.File
	holes map[string]hole
	// world is what holds where the statements run.
	world value.World
	// function is the one that runs, or empty.
	function string
	caller   caller
	depth    int
	// heredoc says that words are read as a here-document's.
	heredoc bool
}

// A caller says who is seen to call what runs.
type caller uint8

const (
	// The lines of a script do.
	_ caller = iota
	// byUncalled: a function does that nothing is seen to call.
	byUncalled
	// uncalled: nobody is seen to.
	uncalled
)

// A process is what changes while statements run.
type process struct {
	scope *scope
	// args are the positional parameters, and argsUnknown says why there may be others.
	args        []field
	argsUnknown string
	// dirs are the directories that a path may be relative to, the likeliest first.
	dirs []string
	// ended says that nothing that follows is run.
	ended bool
	// last is where the last "$@" stands.
	last source.Span
}

// in returns a frame in which more holds.
func (f *frame) in(w value.World) *frame {
	g := *f
	g.world = w
	return &g
}

// inner returns a frame with variables of its own, which whoever asks for it hands on or drops.
func (f *frame) inner() *frame {
	g, p := *f, *f.process
	p.scope = f.scope.inner()
	p.ended = false
	g.process = &p
	return &g
}

// subshell is inner; what is assigned there is lost.
func (f *frame) subshell() *frame { return f.inner() }

// argsOf says whose arguments the positional parameters are.
func (f *frame) argsOf() string {
	if f.function != "" {
		return f.function + "()"
	}
	return "the script"
}

// Why positional parameters that the script itself has set aren't known.
const (
	branchedArguments = "the arguments depend on a condition"
	changedArguments  = "the arguments change in a loop"
)

// fromOutside reports whether the positional parameters may be those that the script is called with.
func (f *frame) fromOutside() bool {
	if f.argsUnknown == "" {
		return slices.ContainsFunc(f.args, isMany)
	}
	return f.argsUnknown != branchedArguments && f.argsUnknown != changedArguments
}

// variable returns the name by which worlds know a parameter.
func (f *frame) variable(name string) string {
	if strings.Trim(name, "0123456789@*#") == "" {
		return f.function + "/" + name
	}
	return name
}

// Limits of what is followed. Past them the rest of a script is not read.
const (
	// maxStatements bounds the statements that are followed, each as often as a function is called or a world is entered.
	maxStatements = 100_000
	// maxDepth bounds functions that call each other, scripts that source or evaluate others, and statements in statements.
	maxDepth = 400
	// maxCalls bounds functions that call each other, and scripts that source or evaluate others.
	maxCalls = 24
)

// run follows statements, one after the other.
func (x *interpreter) run(f *frame, stmts []*syntax.Stmt) {
	for _, s := range stmts {
		if f.ended {
			return
		}
		x.statement(f, s)
	}
}

func (x *interpreter) statement(f *frame, s *syntax.Stmt) {
	x.statements++
	x.depth++
	defer func() { x.depth-- }()
	switch {
	case s == nil:
		return
	case x.statements > maxStatements:
		x.tooManyStatements(f.span(s), maxStatements)
		return
	case x.depth > maxDepth:
		x.beyond(f.span(s), x.whole, fmt.Sprintf("statements nest more than %d levels deep, so those within aren't read", maxDepth))
		return
	}
	if s.Background || s.Coprocess {
		f = f.subshell()
	}
	x.redirected(f, s)
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		x.simple(f, s, c)
	case *syntax.DeclClause:
		x.declare(f, c)
	case *syntax.Block:
		x.run(f, c.Stmts)
	case *syntax.Subshell:
		x.run(f.subshell(), c.Stmts)
	case *syntax.IfClause:
		x.ifClause(f, c)
	case *syntax.CaseClause:
		x.caseClause(f, c)
	case *syntax.ForClause:
		x.forClause(f, c)
	case *syntax.WhileClause:
		x.loop(f, c.Do, func(g *frame) { x.run(g, c.Cond) }, loopKind{arguments: f.fromOutside() && takesArguments(c)})
	case *syntax.BinaryCmd:
		x.binary(f, c)
	case *syntax.FuncDecl:
		if c.Name != nil {
			x.define(f, c)
		}
	case *syntax.TimeClause:
		if c.Stmt != nil {
			x.statement(f, c.Stmt)
		}
	case *syntax.CoprocClause:
		x.statement(f.subshell(), c.Stmt)
	case *syntax.ArithmCmd, *syntax.LetClause:
		for _, name := range assignedIn(c) {
			f.scope.vars[name] = x.unknown(name + " is computed when the script runs")
		}
	}
}

// binary is two commands with "&&", "||" or a pipe between.
func (x *interpreter) binary(f *frame, c *syntax.BinaryCmd) {
	// A chain is as deep as it is long.
	chain := []*syntax.BinaryCmd{c}
	for {
		left, ok := c.X.Cmd.(*syntax.BinaryCmd)
		if !ok || c.X.Negated || len(c.X.Redirs) > 0 || c.X.Background {
			break
		}
		chain = append(chain, left)
		c = left
	}
	first := chain[len(chain)-1]
	if piped(first.Op) {
		x.statement(f.subshell(), first.X)
	}
	for i := len(chain) - 1; i >= 0 && !f.ended; i-- {
		b := chain[i]
		if piped(b.Op) {
			if !x.fed(f, b) {
				x.statement(f.subshell(), b.Y)
			}
			continue
		}
		followed := i < len(chain)-1
		var cases []test
		if !followed {
			cases = x.tested(f, b.X)
		}
		switch {
		case cases != nil && b.X.Negated:
			for i := range cases {
				cases[i].holds = !cases[i].holds
			}
		case cases == nil:
			if !followed {
				x.statement(f, b.X)
			}
			if f.ended {
				return
			}
			if b.Op == syntax.AndStmt { // most commands succeed
				x.statement(f, b.Y)
				continue
			}
			cases = x.outcomeOf(f, b.X)
		}
		var branches []branch
		for _, t := range cases {
			g := f.inner().in(t.when)
			runs := t.holds == (b.Op == syntax.AndStmt)
			if runs && !t.never {
				x.statement(g, b.Y)
			}
			if !t.never && !t.unlikely {
				branches = append(branches, branch{process: g.process, when: t.extra})
			}
		}
		x.rejoin(f, branches)
	}
}

func piped(op syntax.BinCmdOperator) bool { return op == syntax.Pipe || op == syntax.PipeAll }

// rejoin makes one way of several, and knows whether any goes on.
func (x *interpreter) rejoin(f *frame, branches []branch) {
	live := slices.DeleteFunc(branches, func(b branch) bool { return b.ended })
	if len(live) == 0 {
		f.ended = len(branches) > 0
		return
	}
	x.join(f.scope, live)
	f.args, f.argsUnknown, f.dirs = live[0].args, live[0].argsUnknown, live[0].dirs
	for _, b := range live[1:] {
		if b.argsUnknown != f.argsUnknown || !reflect.DeepEqual(b.args, f.args) {
			f.args, f.argsUnknown = nil, branchedArguments
		}
		for _, dir := range b.dirs {
			if !slices.Contains(f.dirs, dir) && len(f.dirs) < maxDirs {
				f.dirs = append(slices.Clip(f.dirs), dir)
			}
		}
	}
}

func (x *interpreter) ifClause(f *frame, c *syntax.IfClause) {
	x.rejoin(f, x.ifBranches(f, c, nil))
}

// ifBranches follows the ways of an if, from one of its conditions on. Extra is what holds there and not where the if began.
func (x *interpreter) ifBranches(f *frame, c *syntax.IfClause, extra value.World) []branch {
	if c == nil {
		return []branch{{process: f.inner().process, when: extra}}
	}
	if len(c.Cond) == 0 { // else
		g := f.inner()
		x.run(g, c.Then)
		return []branch{{process: g.process, when: extra}}
	}
	x.depth++
	defer func() { x.depth-- }()
	if x.depth > maxDepth {
		return []branch{{process: f.inner().process, when: extra}}
	}
	var branches []branch
	for _, t := range x.condition(f, c.Cond) {
		when, possible := extra.And(t.extra)
		if t.never || !possible {
			continue
		}
		g := f.in(t.when)
		var ways []branch
		if t.holds {
			g = g.inner()
			x.run(g, c.Then)
			ways = []branch{{process: g.process, when: when}}
		} else {
			ways = x.ifBranches(g, c.Else, when)
		}
		if !t.unlikely {
			branches = append(branches, ways...)
		}
	}
	return branches
}

func (x *interpreter) caseClause(f *frame, c *syntax.CaseClause) {
	subject, name := x.subject(f, c.Word)
	var branches []branch
	rest := f.world
	extra := value.World{}
	decided, taken := subject.known && !subject.given, false
	for _, item := range c.Items {
		var patterns []string
		anything, plain := false, true
		for _, p := range item.Patterns {
			s := p.Lit()
			anything = anything || s == "*"
			if s == "" {
				s = x.sure(f, p)
				plain = plain && s != ""
			}
			plain = plain && !strings.ContainsAny(s, "*?[\\")
			patterns = append(patterns, s)
		}
		matches := anything
		for _, p := range patterns {
			matches = matches || p == subject.text
		}
		var fact value.World
		switch {
		case decided && plain:
			if !matches || taken {
				continue
			}
		case decided && anything && !taken:
		case anything:
		case plain && len(patterns) == 1 && name != "":
			fact = value.World{x.comparison(f, name, patterns[0])}
		default:
			fact = value.World{x.fact(f, item.Patterns[0], f.source(c.Word)+" is like "+patternsOf(f, item))}
		}
		when, possible := rest.And(fact)
		own, _ := extra.And(fact)
		if !possible {
			continue
		}
		g := f.in(when).inner()
		x.run(g, item.Stmts)
		usual := !subject.known || matches && !taken
		if usual {
			branches = append(branches, branch{process: g.process, when: own})
		}
		taken = taken || matches && (plain || anything)
		if anything {
			x.rejoin(f, branches)
			return
		}
		if len(fact) == 1 && !decided {
			not := value.World{fact[0].Not()}
			if next, possible := rest.And(not); possible {
				rest = next
				extra, _ = extra.And(not)
			}
		}
	}
	if !subject.known || !taken {
		branches = append(branches, branch{process: f.inner().process, when: extra})
	}
	x.rejoin(f, branches)
}

func patternsOf(f *frame, item *syntax.CaseItem) string {
	var all []string
	for _, p := range item.Patterns {
		all = append(all, f.source(p))
	}
	return strings.Join(all, "|")
}

// maxElements bounds the elements that a loop's body is followed for.
const maxElements = 16

func (x *interpreter) forClause(f *frame, c *syntax.ForClause) {
	iter, ok := c.Loop.(*syntax.WordIter)
	if !ok || c.Select {
		x.loop(f, c.Do, func(g *frame) {
			if ok {
				g.scope.vars[iter.Name.Value] = x.unknown(iter.Name.Value + " is chosen when the script runs")
			}
			for _, name := range assignedIn(c.Loop) {
				g.scope.vars[name] = x.unknown(name + " counts")
			}
		}, loopKind{})
		return
	}
	name := iter.Name.Value
	var elems []field
	known := iter.InPos.IsValid()
	reason := "the loop's words aren't known"
	if known {
		out := x.words(f, iter.Items)
		known = len(out) == 1 && len(out[0].fields) <= maxElements
		if known {
			elems = out[0].fields
		}
		for _, e := range elems {
			if _, plain := e.literal(); !plain {
				known, reason = false, e.reason()
			}
		}
	} else if f.argsUnknown == "" && len(f.args) <= maxElements {
		elems = f.args
		known = !slices.ContainsFunc(f.args, isMany)
	}
	if !known {
		x.loop(f, c.Do, func(g *frame) {
			g.scope.vars[name] = x.one(alternative{words: single(part{unknown: value.OfOpaque(reason), at: f.span(iter)})})
		}, loopKind{arguments: f.fromOutside() && !slices.ContainsFunc(iter.Items, func(w *syntax.Word) bool { return !isAll(w) })})
		return
	}
	if len(elems) == 0 {
		return
	}
	x.loop(f, c.Do, func(g *frame) { g.scope.vars[name] = x.elements(f, iter, elems) }, loopKind{certain: true})
}

// elements is what a loop's variable holds: each of the words, in the world of its round.
func (x *interpreter) elements(f *frame, iter *syntax.WordIter, elems []field) *binding {
	b := x.one(alternative{words: []field{{text: elems[0].text}}})
	if len(elems) == 1 {
		return b
	}
	b.alts = nil
	var domain []string
	for _, e := range elems {
		s, _ := e.literal()
		domain = append(domain, "="+s)
	}
	seen := map[string]bool{}
	for i, e := range elems {
		if seen[domain[i]] {
			continue
		}
		seen[domain[i]] = true
		fact := x.fact(f, iter, "")
		fact.Is, fact.Domain = domain[i], value.Values(domain)
		fact.Text, fact.Opposite = told(iter.Name.Value, e.text), ""
		b.alts = append(b.alts, alternative{when: value.World{fact}, words: []field{{text: e.text}}})
	}
	return b
}

// A loopKind says what is known of a loop: that there is a round, or that it goes through the script's arguments.
type loopKind struct{ certain, arguments bool }

// takesArguments reports whether a loop goes through the script's arguments: with getopts, "$#", "$1", "$@" or shift.
func takesArguments(n syntax.Node) bool {
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CallExpr:
			found = found || len(n.Args) > 0 && (n.Args[0].Lit() == "getopts" || n.Args[0].Lit() == "shift")
		case *syntax.WordIter:
			for _, w := range n.Items {
				found = found || w.Lit() == "" && takesAll(w)
			}
		}
		return !found
	})
	return found
}

// isAll reports whether a word is "$@" or "$*" and nothing else, so that it is no word where there are no arguments.
func isAll(w *syntax.Word) bool {
	return len(w.Parts) == 1 && !severalParts(w.Parts[0]) && takesAll(w)
}

// takesAll reports whether "$@" or "$*" stands in a word.
func takesAll(w *syntax.Word) bool {
	found := false
	syntax.Walk(w, func(n syntax.Node) bool {
		p, ok := n.(*syntax.ParamExp)
		found = found || ok && p.Param != nil && (p.Param.Value == "@" || p.Param.Value == "*")
		return !found
	})
	return found
}

// loop follows the body of a loop once, for any of its rounds: what an earlier round may have changed isn't known.
func (x *interpreter) loop(f *frame, body []*syntax.Stmt, begin func(*frame), kind loopKind) {
	changed := map[string]bool{}
	for _, s := range body {
		for _, name := range assignedIn(s) {
			changed[name] = true
		}
	}
	g := f.inner()
	for name := range changed {
		b := x.unknown(name + " changes in a loop")
		b.alts[0].given = true
		x.turning[b] = true
		g.scope.vars[name] = b
	}
	shifts := slices.ContainsFunc(body, changesArguments)
	if shifts {
		g.args, g.argsUnknown = nil, changedArguments
	}
	begin(g)
	x.run(g, body)
	if shifts {
		f.args, f.argsUnknown = nil, changedArguments
	}
	for _, name := range g.scope.assigned() {
		f.scope.vars[name] = x.afterLoop(name, f.scope.lookup(name), g.scope.vars[name], kind)
	}
	f.dirs = g.dirs
}

// changesArguments reports whether a statement gives the positional parameters other values.
func changesArguments(s *syntax.Stmt) bool {
	found := false
	syntax.Walk(s, func(n syntax.Node) bool {
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 0 {
			name := c.Args[0].Lit()
			found = found || name == "shift" || name == "set"
		}
		return !found
	})
	return found
}

// afterLoop is what a variable holds behind a loop. What comes from the script's arguments leaves it what it was before, as
// its default.
func (x *interpreter) afterLoop(name string, before, behind *binding, kind loopKind) *binding {
	if before == nil {
		before = &binding{alts: []alternative{x.unassigned(name)}}
	}
	given := true
	for _, a := range behind.alts {
		given = given && a.given && !allKnown(a) // a default of the round's own is none of what was before
	}
	given = given || kind.arguments
	switch {
	case kind.certain && len(behind.alts) == 1 && len(behind.alts[0].when) == 0 && !x.turning[behind]: // the last round has assigned it
		return behind
	case given && len(before.alts) == 1 && state(before.alts[0]) == something:
		return before
	case given && !slices.ContainsFunc(before.alts, func(a alternative) bool { return state(a) == something || !a.given && state(a) == undecided }):
		b := x.unknown(name + " is given when the script runs")
		b.alts[0].given = true
		return b
	}
	return x.unknown(name + " is assigned in a loop")
}

// allKnown reports whether all of what a variable holds is known.
func allKnown(a alternative) bool {
	return a.open == "" && !slices.ContainsFunc(a.words, func(w field) bool {
		_, known := w.literal()
		return !known || w.many
	})
}

// assignedIn returns the names that a piece of a script assigns, in any of the ways that there are.
func assignedIn(n syntax.Node) []string {
	var names []string
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Assign:
			if n.Name != nil {
				names = append(names, n.Name.Value)
			}
		case *syntax.WordIter:
			names = append(names, n.Name.Value)
		case *syntax.CallExpr:
			if len(n.Args) > 1 {
				switch n.Args[0].Lit() {
				case "read", "mapfile", "readarray", "getopts", "unset":
					names = append(names, "REPLY", "MAPFILE", "OPTARG")
					for _, w := range n.Args[1:] {
						if name := w.Lit(); isName(name) {
							names = append(names, name)
						}
					}
				}
			}
		case *syntax.UnaryArithm:
			if w, ok := n.X.(*syntax.Word); ok && (n.Op == syntax.Inc || n.Op == syntax.Dec) {
				names = append(names, w.Lit())
			}
		case *syntax.BinaryArithm:
			if w, ok := n.X.(*syntax.Word); ok && strings.HasSuffix(n.Op.String(), "=") && isName(w.Lit()) {
				names = append(names, w.Lit())
			}
		}
		return true
	})
	return names
}

// isName reports whether a word is the name of a variable.
func isName(s string) bool { return syntax.ValidName(s) }
