package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Exports are what the stacks of a group export.
type exports struct {
	all []*export
	// named are those whose name is known as a whole, own those of the stacks of one outermost template, open the others.
	named map[string][]*export
	own   map[unitName][]*export
	open  []*export
	// whole reports whether they are all known: their names are evaluated, and so may what is passed to their stacks be.
	whole bool
}

// A unitName is the name of an export, and the template that it is deployed with.
type unitName struct{ unit, name string }

// An export is an output that other stacks can import, under one name that it may have.
type export struct {
	stack *template
	out   string
	name  frontend.Pattern
	in    scope // where it has the name
}

// list returns the exports of a group, the stacks in their order. Which of them there are in the end is asked only when all
// their names are known, since a condition may hang on what is imported.
func (g *group) list() *exports {
	if g.exports != nil {
		return g.exports
	}
	x := &exports{named: map[string][]*export{}, own: map[unitName][]*export{}}
	g.exports = x
	for _, t := range g.made {
		for _, name := range t.outputOrder {
			n := t.outputs[name].body.Get("Export").Get("Name")
			if n == nil {
				continue
			}
			for _, arm := range t.eval(n, scope{}).Arms() {
				e := &export{stack: t, out: name, name: frontend.PatternOf(arm.Value)}
				if len(arm.When) > 0 {
					e.in.worlds = []value.World{arm.When}
				}
				x.add(e)
			}
		}
	}
	x.whole = true
	return x
}

func (x *exports) add(e *export) {
	x.all = append(x.all, e)
	text, known := e.name.Whole()
	if !known {
		x.open = append(x.open, e)
		return
	}
	x.named[text] = append(x.named[text], e)
	key := unitName{e.stack.unit, text}
	x.own[key] = append(x.own[key], e)
}

// isMade reports whether there may be an export at all.
func (e *export) isMade() bool {
	c := e.stack.outputs[e.out].body.Get("Condition")
	return e.stack.exists().Known() != tri.False && (c == nil || slices.ContainsFunc(
		e.stack.decide(e.in, e.stack.conditionOf(c)), func(c value.Case) bool { return c.Holds != tri.False }))
}

// importValue evaluates Fn::ImportValue.
func (t *template) importValue(arg *doctree.Node, at source.Span, in scope) value.Value {
	return t.product(in, at, []value.Value{t.eval(arg, in)}, func(vs []value.Value) value.Value {
		return t.imported(vs[0], at)
	})
}

// imported returns the value that is exported under a name.
func (t *template) imported(name value.Value, at source.Span) value.Value {
	text, known := name.AsString()
	found := t.exporters(frontend.PatternOf(name))
	if len(found) == 1 {
		e := found[0]
		v := t.product(e.in, at, []value.Value{e.stack.output(e.out, at)}, func(vs []value.Value) value.Value { return vs[0] })
		if !known {
			text = e.out
		}
		note := fmt.Sprintf("the export %s of %s", plain(text), e.stack.file.Path)
		return t.use(t.noted(v, e.stack.outputs[e.out].key.Span, note), at)
	}
	// CloudFormation refuses to export an empty value.
	reason := "the value is an export of another stack"
	if known {
		reason = fmt.Sprintf("the value is the export %s of another stack", plain(text))
	}
	switch {
	case len(found) > 1:
		reason += ", and several stacks have such a one: " + paths(found)
	case !known && name.Reason() != "":
		reason += ", and " + name.Reason()
	}
	return value.OfPresent(reason, name.Refs()...).From(at)
}

// exporters returns the exports that a name means. A name that is known as a whole goes before one that only may be it, and
// what is deployed together means its own.
func (t *template) exporters(name frontend.Pattern) []*export {
	x := t.group.list()
	if !x.whole {
		return nil // asked by what an export's name hangs on
	}
	candidates := x.all
	if text, known := name.Whole(); known {
		for _, sure := range [][]*export{x.own[unitName{t.unit, text}], x.named[text]} {
			if found := t.matching(sure, name); len(found) > 0 {
				return found
			}
		}
		candidates = x.open
	}
	found := t.matching(candidates, name)
	own := slices.DeleteFunc(slices.Clone(found), func(e *export) bool { return e.stack.unit != t.unit })
	if len(own) > 0 {
		return own
	}
	return found
}

// maxExporters bounds the exports of one name that are looked at: past it nobody can tell which is meant.
const maxExporters = 64

// matching returns the exports of others that a name may be.
func (t *template) matching(candidates []*export, name frontend.Pattern) []*export {
	var found []*export
	for _, e := range candidates {
		if t.spend(1); t.spent() {
			return nil
		}
		if e.stack == t || !e.name.Matches(name) || !e.isMade() {
			continue
		}
		if found = append(found, e); len(found) > maxExporters {
			break
		}
	}
	return found
}

// maxNamed bounds the files that one reason names.
const maxNamed = 3

func paths(found []*export) string {
	var names []string
	for _, e := range found {
		if !slices.Contains(names, e.stack.file.Path) {
			names = append(names, e.stack.file.Path)
		}
	}
	switch {
	case len(found) > maxExporters:
		return strings.Join(names[:min(maxNamed, len(names))], ", ") + " and more"
	case len(names) > maxNamed:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNamed], ", "), len(names)-maxNamed)
	}
	return strings.Join(names, ", ")
}
