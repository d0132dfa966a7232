package shell

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A function is one that a script defines.
type function struct {
	name   string
	body   *syntax.Stmt
	file   *source.File
	holes  map[string]hole
	called bool
}

// define keeps a function for those who call it.
func (x *interpreter) define(f *frame, c *syntax.FuncDecl) {
	fn := &function{name: c.Name.Value, body: c.Body, file: f.file, holes: f.holes}
	x.functions[fn.name] = fn
	x.defined = append(x.defined, fn)
}

// simple follows assignments, or a command.
func (x *interpreter) simple(f *frame, s *syntax.Stmt, c *syntax.CallExpr) {
	if len(c.Args) == 0 {
		for _, a := range c.Assigns {
			x.assign(f, a, false)
		}
		return
	}
	for _, a := range c.Assigns { // they hold for the command alone
		x.assign(f.subshell(), a, false)
	}
	if name := c.Args[0].Lit(); speakers[name] && x.functions[name] == nil && name != "printf" {
		x.substitutions(f, c)
		return
	}
	outcomes := x.words(f, c.Args)
	if len(outcomes) == 1 {
		x.command(f.in(outcomes[0].when), s, outcomes[0].fields)
		return
	}
	var branches []branch
	for _, o := range outcomes {
		g := f.in(o.when).inner()
		x.command(g, s, o.fields)
		branches = append(branches, branch{process: g.process, when: without(o.when, f.world)})
	}
	x.rejoin(f, branches)
}

// substitutions follows what is run to put a command's words together, where the words don't matter.
func (x *interpreter) substitutions(f *frame, c *syntax.CallExpr) {
	for _, w := range c.Args {
		syntax.Walk(w, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.CmdSubst:
				x.run(f.subshell(), n.Stmts)
				return false
			case *syntax.ProcSubst:
				x.run(f.subshell(), n.Stmts)
				return false
			}
			return true
		})
	}
}

// assign gives a variable what an assignment says.
func (x *interpreter) assign(f *frame, a *syntax.Assign, local bool) {
	if a.Name == nil {
		return
	}
	name := a.Name.Value
	if local {
		f.scope.declareLocal(name)
	}
	if a.Naked {
		if local {
			x.bindings++
			f.scope.vars[name] = &binding{alts: []alternative{{}}, id: x.bindings}
		}
		return
	}
	b := &binding{}
	switch {
	case a.Index != nil:
		b = x.unknown("elements of " + name + " are assigned one by one")
		f.scope.vars[name] = b
		return
	case a.Array != nil:
		b.alts = x.array(f, a.Array)
	case a.Value == nil:
		b.alts = []alternative{{when: f.world, words: single()}}
	default:
		b.alts = x.text(f, a.Value)
	}
	if a.Append {
		b.alts = x.appended(f, name, b.alts)
	}
	if len(b.alts) > maxWorlds || len(b.alts) == 0 {
		b = x.unknown(name + " depends on too many conditions")
	}
	x.handAlternatives(f, name, b.alts)
	for i := range b.alts {
		b.alts[i].when = without(b.alts[i].when, f.world)
	}
	x.bindings++
	b.id = x.bindings
	f.scope.vars[name] = b
}

// array returns the elements of an array that is written out.
func (x *interpreter) array(f *frame, a *syntax.ArrayExpr) []alternative {
	var words []*syntax.Word
	for _, e := range a.Elems {
		if e.Index != nil || e.Value == nil {
			return []alternative{{when: f.world, array: true, open: "the array's elements have names"}}
		}
		words = append(words, e.Value)
	}
	var alts []alternative
	for _, o := range x.words(f, words) {
		alt := alternative{when: o.when, array: true}
		alt.words = append(alt.words, o.fields...)
		alts = append(alts, alt)
	}
	return alts
}

// appended is what `name+=...` makes of what a variable held.
func (x *interpreter) appended(f *frame, name string, more []alternative) []alternative {
	held := f.scope.lookup(name)
	if held == nil {
		return more
	}
	var out []alternative
	for _, a := range held.alts {
		for _, m := range more {
			when, possible := a.when.And(m.when)
			if !possible {
				continue
			}
			sum := alternative{when: when, array: a.array || m.array, given: a.given && m.given, open: a.open}
			if m.open != "" {
				sum.open = m.open
			}
			switch {
			case m.array && a.outside:
				sum.words = m.words
			case m.array && a.shapeless:
				sum.words = append([]field{{text: a.words[0].text, many: true}}, m.words...)
			case m.array:
				sum.words = append(slices.Clip(a.words), m.words...)
			case len(a.words) == 0:
				sum.words = m.words
			default: // the first element of an array, or all of anything else
				sum.words = slices.Clone(a.words)
				sum.words[0].text = append(slices.Clip(sum.words[0].text), m.words[0].text...)
				if sum.words[0].size() > maxText || len(sum.words[0].text) > maxFields {
					sum.words[0].text = text{{unknown: value.OfOpaque(name + " is too long")}}
				}
			}
			if len(sum.words) > maxFields {
				sum = alternative{when: when, array: true, open: name + " has too many elements"}
			}
			out = append(out, sum)
		}
	}
	return out
}

// declare is export, local, readonly, declare and typeset.
func (x *interpreter) declare(f *frame, c *syntax.DeclClause) {
	local := c.Variant.Value == "local" || f.function != "" && (c.Variant.Value == "declare" || c.Variant.Value == "typeset")
	associative := false
	for _, a := range c.Args {
		if a.Name == nil {
			if a.Value != nil {
				flags := a.Value.Lit()
				associative = associative || strings.HasPrefix(flags, "-") && strings.Contains(flags, "A")
				local = local && !(strings.HasPrefix(flags, "-") && strings.Contains(flags, "g"))
			}
			continue
		}
		if associative {
			f.scope.vars[a.Name.Value] = x.unknown("elements of " + a.Name.Value + " have names")
			continue
		}
		x.assign(f, a, local)
	}
}

// command follows one command, whose words are known as far as they can be.
func (x *interpreter) command(f *frame, s *syntax.Stmt, words []field) {
	words = x.unwrapped(words)
	if len(words) == 0 {
		return
	}
	name, known := words[0].literal()
	if !known {
		x.external(f, s, words)
		return
	}
	if fn := x.functions[name]; fn != nil {
		x.call(f, fn, words)
		return
	}
	args := words[1:]
	switch name {
	case "exit", "return", "break", "continue":
		f.ended = true
	case "cd", "pushd":
		x.changeDirectory(f, args)
	case "set":
		x.set(f, args)
	case "shift":
		f.shift(args)
	case "read", "mapfile", "readarray":
		x.reads(f, name, args)
	case "getopts":
		for _, a := range append(args[min(1, len(args)):], field{text: text{{known: "OPTARG"}}}) {
			x.given(f, a)
		}
	case "unset":
		for _, a := range args {
			if name, ok := a.literal(); ok && isName(name) {
				x.bindings++
				f.scope.vars[name] = &binding{alts: []alternative{{}}, id: x.bindings}
			}
		}
	case "printf":
		if len(args) > 1 {
			if flag, _ := args[0].literal(); flag == "-v" {
				x.given(f, args[1])
			}
		}
	case "source", ".":
		x.source(f, args)
	case "eval":
		x.evaluate(f, joinedFields(args))
	case "trap":
		if len(args) > 0 {
			x.evaluate(f.subshell(), args[0].text)
		}
	default:
		x.external(f, s, words)
	}
}

// unwrapped drops the words that only say how a command is run.
func (x *interpreter) unwrapped(words []field) []field {
	for len(words) > 1 {
		name, _ := words[0].literal()
		switch name {
		case "command", "builtin", "exec", "time", "nohup", "!":
			words = words[1:]
			for len(words) > 0 && strings.HasPrefix(words[0].lead(), "-") {
				words = words[1:]
			}
		default:
			return words
		}
	}
	return words
}

// given makes a variable one whose value comes from outside.
func (x *interpreter) given(f *frame, word field) {
	name, ok := word.literal()
	if !ok || !isName(name) {
		return
	}
	b := x.unknown(name + " is given when the script runs")
	b.alts[0].given = true
	f.scope.vars[name] = b
}

func (x *interpreter) reads(f *frame, command string, args []field) {
	for i := 0; i < len(args); i++ {
		a, _ := args[i].literal()
		if strings.HasPrefix(a, "-") {
			if strings.ContainsAny(a[len(a)-1:], "pdntNuiOCcsk") && len(a) == 2 || strings.HasSuffix(a, "p") {
				i++ // its argument, which may be a name
			}
			continue
		}
		x.given(f, args[i])
		if command != "read" {
			break
		}
	}
}

// joinedFields returns words with blanks between, as eval has them.
func joinedFields(fields []field) text {
	var out text
	for i, w := range fields {
		if i > 0 {
			out = append(out, part{known: " ", at: w.span()})
		}
		out = append(out, w.text...)
	}
	return out
}

// set gives the positional parameters other values.
func (x *interpreter) set(f *frame, args []field) {
	for i, a := range args {
		switch s, _ := a.literal(); {
		case s == "--":
			f.setArgs(args[i+1:])
			return
		case !strings.HasPrefix(s, "-") && !strings.HasPrefix(s, "+"):
			if i > 0 {
				if before, _ := args[i-1].literal(); strings.HasSuffix(before, "o") {
					continue
				}
			}
			f.setArgs(args[i:])
			return
		}
	}
}

func (f *frame) setArgs(fields []field) {
	f.args, f.argsUnknown = nil, ""
	f.args = slices.Clip(fields)
}

func (f *frame) shift(args []field) {
	n := 1
	if len(args) > 0 {
		s, _ := args[0].literal()
		if i, err := strconv.Atoi(s); err == nil && i >= 0 {
			n = i
		}
	}
	if n = min(n, len(f.args)); slices.ContainsFunc(f.args[:n], isMany) {
		f.args, f.argsUnknown = nil, "the arguments aren't all known"
		return
	}
	f.args = f.args[n:]
}

// call follows a function.
func (x *interpreter) call(f *frame, fn *function, words []field) {
	at := words[0].span()
	if f.depth >= maxCalls {
		return // it calls itself, with nothing new to find
	}
	if x.statements > maxStatements/2 { // the rest is for the lines that follow
		if f.depth == 0 || !fn.called {
			x.tooManyStatements(at, maxStatements/2)
		}
		return
	}
	fn.called = true
	g := f.inner()
	g.scope.locals = map[string]bool{}
	g.file, g.holes, g.function, g.caller, g.depth = fn.file, fn.holes, fn.name, min(f.caller, byUncalled), f.depth+1
	g.setArgs(words[1:])
	host := at.Host()
	if host.File != nil {
		fact := value.Fact{
			Var: "shell:" + fn.file.Host().Path + ":" + fn.name + "()", Is: "=" + host.File.Path + ":" + strconv.Itoa(host.Start),
			Text: fn.name + "() is called at line " + strconv.Itoa(host.File.Position(host.Start).Line),
		}
		if host.File.Path != fn.file.Host().Path {
			fact.Text += " of " + host.File.Path
		}
		if w, possible := f.world.And(value.World{fact}); possible {
			g.world = w
		} // a function that calls itself
	}
	x.statement(g, fn.body)
	for _, b := range g.scope.vars {
		for i := range b.alts {
			b.alts[i].when = without(b.alts[i].when, without(g.world, f.world))
		}
	}
	g.scope.leave()
	f.dirs = g.dirs
}

// changeDirectory is cd.
func (x *interpreter) changeDirectory(f *frame, args []field) {
	for len(args) > 0 && strings.HasPrefix(args[0].lead(), "-") {
		args = args[1:]
	}
	if len(args) == 0 {
		return
	}
	dir, known := args[0].literal()
	if !known {
		_, rest := args[0].cut(len(args[0].lead()))
		if len(rest) < 2 {
			return // most go to where the script lies, or come back from somewhere
		}
		dir, known = rest[1:].literal()
		if !known {
			return
		}
		dir = strings.TrimPrefix(dir, "/")
	}
	if dir == "" || dir == "-" || path.IsAbs(dir) || strings.HasPrefix(dir, "~") {
		return
	}
	var dirs []string
	for _, d := range f.dirs {
		dirs = append(dirs, path.Join(d, dir))
	}
	f.dirs = slices.Concat(dirs, f.dirs)
	if len(f.dirs) > maxDirs {
		f.dirs = f.dirs[:maxDirs]
	}
}

// maxDirs bounds the directories that a path is looked for in.
const maxDirs = 24
