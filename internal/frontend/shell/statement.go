package shell

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/value"
)

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
