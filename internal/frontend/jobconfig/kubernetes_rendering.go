package jobconfig

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A document is one of a file's, and the worlds in which it is there.
type document struct {
	root   *doctree.Node
	exists value.Truth
}

// documents returns the documents of a file. One that a template engine renders before it is YAML is read as far as its
// actions allow.
func documents(docs *frontend.Documents, f *source.File) ([]document, []doctree.Error) {
	parsed, errs := docs.Parse(f)
	if found, ok := rendered(f, len(errs) > 0); ok {
		return found, errs
	}
	return certain(parsed), errs
}

// embedded returns the documents of a text that is written inside a file.
func embedded(f *source.File) []document {
	parsed, errs := doctree.Parse(f)
	if found, ok := rendered(f, len(errs) > 0); ok {
		return found
	}
	return certain(parsed)
}

func certain(docs []doctree.Document) []document {
	out := make([]document, len(docs))
	for i, d := range docs {
		out[i] = document{d.Root, value.Yes()}
	}
	return out
}

// rendered returns the documents of a template of Kubernetes's objects; false where a file is none, or can be read as it
// is. Broken says that it can't.
func rendered(f *source.File, broken bool) ([]document, bool) {
	if !bytes.Contains(f.Bytes, []byte(ackGroup+"/")) && !bytes.Contains(f.Bytes, []byte(operatorGroup+"/")) && !bytes.Contains(f.Bytes, []byte(iamGroup+"/")) {
		return nil, false
	}
	r := render(f)
	if r == nil || !broken && !r.structural() {
		return nil, false
	}
	parsed, _ := doctree.ParseYAML(r.file)
	var out []document
	for i, d := range parsed {
		limit := len(r.file.Bytes)
		if i+1 < len(parsed) {
			limit = max(parsed[i+1].Root.Span.Start, d.Root.Span.End)
		}
		at := r.blockAt(d.Root.Span.Start)
		out = append(out, document{r.fill(d.Root, at, extent{limit, -1}), r.exists(at, f.Path)})
	}
	return out, true
}

// An extent is where what stands at a node may reach to: Limit is where the next thing begins that isn't part of it, outer
// the column of what it is a part of.
type extent struct{ limit, outer int }

// fill returns a node with the actions in the place of their marks, and of what they decide. The block is what the node
// stands in.
func (r *rendering) fill(n *doctree.Node, in int, at extent) *doctree.Node {
	switch n.Kind {
	case doctree.Mapping:
		return r.fillMapping(n, in, at)
	case doctree.Sequence:
		return r.fillSequence(n, in, at)
	case doctree.String:
		return r.fillText(n)
	}
	return n
}

func (r *rendering) fillMapping(n *doctree.Node, in int, at extent) *doctree.Node {
	column := r.column(n)
	var pairs []doctree.Pair
	for i, p := range n.Pairs {
		next := at.limit
		if i+1 < len(n.Pairs) && n.Pairs[i+1].Key.Span.Start > p.Key.Span.Start {
			next = n.Pairs[i+1].Key.Span.Start
		}
		for _, a := range r.givenIn(p.Key.Span.End, next) {
			if a.indent > at.outer && a.indent <= column {
				pairs = append(pairs, unknownPair(a))
			}
		}
		pairs = append(pairs, doctree.Pair{Key: r.fill(p.Key, in, at), Value: r.fillMember(n, p, in, extent{next, column})})
	}
	return n.WithPairs(pairs)
}

// fillMember returns the value of a member of a mapping.
func (r *rendering) fillMember(n *doctree.Node, p doctree.Pair, in int, at extent) *doctree.Node {
	if b := r.entered(p.Key.Span.Start, in); b != none && p.Key.Span.Start > n.Span.Start {
		return r.placeholder(r.blocks[b].opening, p.Key)
	}
	own := r.blockAt(p.Key.Span.Start)
	if b := r.entered(p.Value.Span.Start, own); b != none && p.Value.Span.Start > p.Key.Span.End {
		return r.placeholder(r.blocks[b].opening, p.Key)
	}
	var first *templateAction
	for _, a := range r.givenIn(p.Key.Span.End, at.limit) {
		if a.indent > at.outer {
			first = a
			break
		}
	}
	switch {
	case first == nil || p.Value.Kind == doctree.Mapping && first.offset >= p.Value.Span.Start:
		return r.fill(p.Value, own, at)
	case p.Value.Kind == doctree.Mapping:
		filled := r.fill(p.Value, own, at)
		return filled.WithPairs(append(slices.Clone(filled.Pairs), unknownPair(first)))
	}
	return textOf(first, p.Key)
}

func (r *rendering) fillSequence(n *doctree.Node, in int, at extent) *doctree.Node {
	column := r.column(n)
	for _, a := range r.givenIn(n.Span.Start, at.limit) {
		if a.indent > at.outer && a.indent <= column {
			return textOf(a, n)
		}
	}
	items := make([]*doctree.Node, len(n.Items))
	for i, item := range n.Items {
		if b := r.entered(item.Span.Start, in); b != none {
			return r.placeholder(r.blocks[b].opening, n)
		}
		next := at.limit
		if i+1 < len(n.Items) && n.Items[i+1].Span.Start > item.Span.Start {
			next = n.Items[i+1].Span.Start
		}
		items[i] = r.fill(item, in, extent{next, column})
	}
	return n.WithItems(items)
}

// fillText returns a text with the actions for their marks. Where an action decides which part of it is there, the text is
// that action alone: none of the rest is known.
func (r *rendering) fillText(n *doctree.Node) *doctree.Node {
	if given := r.givenIn(n.Span.Start, n.Span.End); len(given) > 0 {
		return textOf(given[0], n)
	}
	if b := r.entered(n.Span.End-1, r.blockAt(n.Span.Start)); b != none && n.Span.End > n.Span.Start {
		return r.placeholder(r.blocks[b].opening, n)
	}
	if !strings.Contains(n.Text, markBegin) {
		return n
	}
	var text strings.Builder
	for rest := n.Text; rest != ""; {
		before, after, found := strings.Cut(rest, markBegin)
		text.WriteString(before)
		if !found {
			break
		}
		number, tail, _ := strings.Cut(after, markEnd)
		i, err := strconv.Atoi(number)
		if err != nil || i < 0 || i >= len(r.actions) {
			return n
		}
		if opens, other, closes := r.actions[i].control(); opens || other || closes {
			return r.placeholder(i, n)
		}
		text.WriteString(r.actions[i].text)
		rest = tail
	}
	return n.WithText(text.String())
}

// column returns how far a collection in block style is indented. One in flow style takes everything that stands in it.
func (r *rendering) column(n *doctree.Node) int {
	start := n.Span.Start
	if c := r.file.Bytes; start < len(c) && (c[start] == '{' || c[start] == '[') {
		return len(c)
	}
	return start - lineStart(r.file.Bytes, start)
}

// placeholder returns what an action decides about, written where a node is.
func (r *rendering) placeholder(i int, n *doctree.Node) *doctree.Node {
	return textOf(&r.actions[i], n)
}

func textOf(a *templateAction, n *doctree.Node) *doctree.Node {
	return &doctree.Node{Kind: doctree.String, Span: n.Span, Text: oneLine(a.text)}
}

// unknownPair returns a member that nobody knows the name of.
func unknownPair(a *templateAction) doctree.Pair {
	key := &doctree.Node{Kind: doctree.String, Span: a.at, Text: oneLine(a.text)}
	return doctree.Pair{Key: key, Value: key}
}

// oneLine returns an action as it stands in messages, where placeholders are known by their braces.
func oneLine(action string) string { return strings.Join(strings.Fields(action), " ") }

// exists returns the worlds in which what stands in a block is there.
func (r *rendering) exists(b int, file string) value.Truth {
	there := value.Yes()
	for ; b != none; b = r.blocks[b].around {
		a := &r.actions[r.blocks[b].opening]
		if a.word == "define" || a.word == "block" || a.word == "macro" {
			continue // whoever includes it wants it
		}
		condition := strings.Trim(strings.TrimPrefix(strings.Trim(oneLine(a.text), "{}%-+ "), a.word), " ")
		fact := value.Fact{Is: "true", Text: short(condition) + " is true"}
		if a.word != "if" {
			fact.Text, fact.Opposite = short(condition)+" isn't empty", short(condition)+" is empty"
		}
		if strings.HasPrefix(condition, ".Values.") && !strings.Contains(condition, " ") {
			fact.Var = path.Dir(file) + " " + a.word + " " + condition
		} else {
			fact.Var = file + " " + strconv.Itoa(a.at.Start)
		}
		world := value.World{fact}
		if r.blocks[b].negated {
			there = there.And(value.In(world).Not())
		} else {
			there = there.And(value.In(world))
		}
	}
	return there
}

// short returns a condition as messages show it.
func short(condition string) string {
	if len(condition) > longestCondition {
		return strings.Trim(literal.Quoted(condition), `"`)
	}
	return condition
}

// longestCondition is how much of a condition messages show.
const longestCondition = 60
