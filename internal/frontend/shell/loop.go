package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/vpclint/vpclint/internal/value"
)

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
