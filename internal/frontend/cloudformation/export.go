package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Exports are what the stacks of a group export.
type exports struct {
	all []*export
	// named are those whose name is known as a whole, open the others.
	named map[string][]*export
	open  []*export
}

// An export is an output that other stacks can import.
type export struct {
	stack *template
	out   string
	name  pattern
}

// A pattern is a text of which parts may not be known: the certain stretches, between each two of which, and maybe before
// and after, stands what only a deployment knows.
type pattern struct {
	stretches []string // never empty ones, but for an unknown start or end
}

// whole returns the text of a pattern that is known as a whole.
func (p pattern) whole() (string, bool) {
	if len(p.stretches) != 1 {
		return "", false
	}
	return p.stretches[0], true
}

// patternOf returns the pattern of a value that is no choice.
func patternOf(v value.Value) pattern {
	p := pattern{stretches: []string{""}}
	for _, part := range v.Parts() {
		if text, known := part.AsString(); known {
			p.stretches[len(p.stretches)-1] += text
		} else {
			p.stretches = append(p.stretches, "")
		}
	}
	return p
}

// matches reports whether two patterns may be the same text, and are so by more than chance: a name that stacks share is
// put together of the exporting stack's name and of words that both write.
func (p pattern) matches(o pattern) bool {
	text, known := p.whole()
	other, otherKnown := o.whole()
	switch {
	case known && otherKnown:
		return text == other
	case known:
		return o.admits(text)
	case otherKnown:
		return p.admits(other)
	}
	first, last := p.stretches[0], p.stretches[len(p.stretches)-1]
	otherFirst, otherLast := o.stretches[0], o.stretches[len(o.stretches)-1]
	return first == otherFirst && last == otherLast && says(first+last)
}

// admits reports whether a pattern with unknown parts may be a text.
func (p pattern) admits(text string) bool {
	first, last := p.stretches[0], p.stretches[len(p.stretches)-1]
	if len(text) <= len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, s := range p.stretches[1 : len(p.stretches)-1] {
		_, rest, found := strings.Cut(text, s)
		if !found {
			return false
		}
		text = rest
	}
	return says(strings.Join(p.stretches, ""))
}

// leastShared is how many letters two names have to share.
const leastShared = 3

// says reports whether a text holds words, and not only what separates them.
func says(text string) bool {
	n := 0
	for _, c := range text {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			n++
		}
	}
	return n >= leastShared
}

// list returns the exports of a group, the stacks in their order.
func (g *group) list() *exports {
	if g.exports != nil {
		return g.exports
	}
	g.exports = &exports{named: map[string][]*export{}}
	for _, t := range g.made {
		for _, name := range t.outputOrder {
			e := t.exportOf(name)
			if e == nil {
				continue
			}
			g.exports.all = append(g.exports.all, e)
			if text, known := e.name.whole(); known {
				g.exports.named[text] = append(g.exports.named[text], e)
			} else {
				g.exports.open = append(g.exports.open, e)
			}
		}
	}
	return g.exports
}

// exportOf returns the export that an output is; nil where it is none.
func (t *template) exportOf(name string) *export {
	o := t.outputs[name]
	n := o.body.Get("Export").Get("Name")
	if n == nil || t.exists().Known() == tri.False {
		return nil
	}
	in := t.within()
	if c := o.body.Get("Condition"); c != nil {
		truth := t.conditionOf(c)
		if truth.Known() == tri.False {
			return nil
		}
		in = t.where(in, truth, tri.True, tri.Unknown)
	}
	v := t.eval(n, in.under(o.key.Span))
	if v.Kind() == value.KindChoice {
		return nil // one name here and another there
	}
	return &export{stack: t, out: name, name: patternOf(v)}
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
	found := t.exporters(patternOf(name))
	// What is deployed together means its own.
	if own := slices.DeleteFunc(slices.Clone(found), func(e *export) bool { return e.stack.unit != t.unit }); len(own) > 0 {
		found = own
	}
	if len(found) == 1 {
		e := found[0]
		v := e.stack.output(e.out, at)
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
	case !known:
		reason += ", and " + name.Reason()
	}
	return value.OfPresent(reason, name.Refs()...).From(at)
}

// exporters returns the exports that a name means. A name that is known as a whole goes before one that only may be it.
func (t *template) exporters(name pattern) []*export {
	all := t.group.list()
	candidates := all.all
	if text, known := name.whole(); known {
		own := func(e *export) bool { return e.stack == t }
		if certain := slices.DeleteFunc(slices.Clone(all.named[text]), own); len(certain) > 0 {
			return certain
		}
		candidates = all.open
	}
	if t.spend(len(candidates)); t.spent() {
		return nil
	}
	var likely []*export
	for _, e := range candidates {
		if e.stack != t && e.name.matches(name) {
			likely = append(likely, e)
		}
	}
	return likely
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
	if len(names) > maxNamed {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNamed], ", "), len(names)-maxNamed)
	}
	return strings.Join(names, ", ")
}
