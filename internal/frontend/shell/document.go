package shell

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A document is JSON or YAML that a command is given: in its words, in a here-document, or in a file of the tree.
type document struct {
	// root is what it says; nil where unread says why that isn't known.
	root   *doctree.Node
	unread string
	// file is the one of the tree that it is; nil of a text that a script has. Content is the text.
	file    *source.File
	content text
	scratch *layout
	// at is where the script refers to it, and via how what is in it came there.
	at source.Span
}

// A layout is a text as the parser of documents sees it, with marks for what isn't known.
type layout struct {
	file *source.File
	// starts are where its parts begin.
	starts []int
	parts  text
}

// marks of unknown parts, as those of a host's, are characters that nobody writes.
const markBegin, markEnd = '\uE002', '\uE003'

func newLayout(t text) *layout {
	l := &layout{parts: t}
	var b strings.Builder
	for i, p := range t {
		l.starts = append(l.starts, b.Len())
		if p.isKnown() {
			b.WriteString(p.known)
			continue
		}
		b.WriteRune(markBegin)
		b.WriteString(strings.Repeat("i", i%8+1)) // a mark is a word, whatever is around it
		b.WriteRune(markEnd)
	}
	l.starts = append(l.starts, b.Len())
	l.file = source.NewFile("", []byte(b.String()))
	return l
}

// part returns the index of the part in which an offset lies.
func (l *layout) part(offset int) int {
	lo, hi := 0, len(l.parts)-1
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if l.starts[mid] <= offset {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// span returns where [start, end) stands in the script.
func (l *layout) span(start, end int) source.Span {
	if len(l.parts) == 0 {
		return source.Span{}
	}
	first, last := l.part(start), l.part(max(end-1, start))
	from, to := l.parts[first].at, l.parts[last].at
	if l.parts[first].exact {
		from = from.File.Span(from.Start+start-l.starts[first], from.Start+start-l.starts[first])
	}
	if l.parts[last].exact {
		to = to.File.Span(to.Start, to.Start+end-l.starts[last])
	}
	if from.File != to.File || to.End < from.Start {
		return l.parts[first].at
	}
	return from.File.Span(from.Start, to.End)
}

// via returns how what is in [start, end) came there.
func (l *layout) via(start, end int) *value.Origin {
	if len(l.parts) == 0 {
		return nil
	}
	for i := l.part(start); i < len(l.parts) && l.starts[i] < max(end, start+1); i++ {
		if l.parts[i].via != nil {
			return l.parts[i].via
		}
	}
	return nil
}

// slice returns the text of [start, end).
func (l *layout) slice(start, end int) text {
	var out text
	for i := l.part(start); i < len(l.parts) && l.starts[i] < end; i++ {
		p := l.parts[i]
		if p.isKnown() {
			from, to := max(start-l.starts[i], 0), min(end-l.starts[i], len(p.known))
			if from >= to {
				continue
			}
			_, p = p.split(from)
			p, _ = p.split(to - from)
		}
		out = append(out, p)
	}
	return out
}

// json reads a text as JSON.
func (x *interpreter) json(t text) *document { return x.document(t) }

// maxDocument bounds the text that is read as a document: no request is larger.
const maxDocument = 1 << 20

func (x *interpreter) document(t text) *document {
	d := &document{content: t, at: t.span()}
	if t.size() > maxDocument {
		d.unread = "the text is too long"
		return d
	}
	d.scratch = newLayout(t)
	docs, errs := doctree.Parse(d.scratch.file)
	if len(docs) == 0 || len(errs) > 0 || docs[0].Root == nil {
		d.unread = "it is no JSON that can be read"
		if reason := t.reason(); reason != "" {
			d.unread = reason
		}
		return d
	}
	d.root = docs[0].Root
	return d
}

// header returns where a document is named, as a whole.
func (d *document) header(at source.Span) source.Span {
	if d.file != nil && d.root != nil {
		return literal.Opening(d.root).FirstLine()
	}
	return at
}

// value returns what a document says, with a header for what the outermost object lacks.
func (d *document) value(header source.Span) value.Value {
	switch {
	case d.unread != "":
		return value.OfOpaque(d.unread).WithOrigin(&value.Origin{Span: d.at, Via: d.content.via()})
	case d.file != nil:
		return literal.Value(d.root, header)
	}
	return d.node(d.root, header)
}

// plain returns a document's text as one.
func (d *document) plain() value.Value {
	if d.file == nil {
		return d.content.value()
	}
	if d.root != nil && (d.root.Kind == doctree.Mapping || d.root.Kind == doctree.Sequence) {
		return literal.Value(d.root, d.header(d.at)).AsJSON()
	}
	return value.OfString(string(d.file.Bytes)).From(d.file.Whole()).Noted("it is read from " + d.file.Path).Use(d.at)
}

// node returns what a part of a document says that stands in a script.
func (d *document) node(n *doctree.Node, header source.Span) value.Value {
	start, end := n.Span.Start, n.Span.End
	at := d.scratch.span(start, end)
	if n.Kind == doctree.String && !n.Plain && end-start > 2 {
		start, end = start+1, end-1
	}
	via := d.scratch.via(start, end)
	if mark := d.spliced(n); mark != nil {
		return mark.value()
	}
	switch n.Kind {
	case doctree.Mapping:
		return d.object(n).WithOrigin(&value.Origin{Span: header, Via: via})
	case doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		open := ""
		for i, item := range n.Items {
			elems[i] = d.node(item, d.scratch.span(item.Span.Start, item.Span.Start+1))
			if mark := d.spliced(item); mark != nil && elems[i].Kind() == value.KindOpaque {
				open = elems[i].Reason() // people splice several in the place of one
			}
		}
		if open != "" {
			return placed(value.OfOpenList(elems, open), at, via)
		}
		return placed(value.OfList(elems, false), at, via)
	case doctree.String:
		if strings.ContainsRune(n.Text, markBegin) {
			return placed(d.textOf(n).content(), at, via)
		}
	}
	return literal.Value(n, at).WithOrigin(&value.Origin{Span: at, Via: via})
}

// spliced returns the unknown part that is all of a node; nil where it is anything else.
func (d *document) spliced(n *doctree.Node) text {
	if n.Kind != doctree.String || !strings.HasPrefix(n.Text, string(markBegin)) || strings.Count(n.Text, string(markEnd)) != 1 ||
		!strings.HasSuffix(n.Text, string(markEnd)) {
		return nil
	}
	t := d.scratch.slice(n.Span.Start, n.Span.End)
	for _, p := range t {
		if !p.isKnown() {
			return text{p}
		}
	}
	return nil
}

// textOf returns the text of a scalar in which parts aren't known.
func (d *document) textOf(n *doctree.Node) text {
	unknown := d.scratch.slice(n.Span.Start, n.Span.End)
	var out text
	rest := n.Text
	for _, p := range unknown {
		if p.isKnown() {
			continue
		}
		before, after, found := strings.Cut(rest, string(markBegin))
		if !found {
			break
		}
		if before != "" {
			out = append(out, part{known: before, at: p.at})
		}
		out = append(out, p)
		_, rest, _ = strings.Cut(after, string(markEnd))
	}
	if rest != "" && len(out) > 0 {
		out = append(out, part{known: rest, at: out[0].at})
	}
	return out
}

func (d *document) object(n *doctree.Node) value.Value {
	fields := make([]value.Field, 0, len(n.Pairs))
	open := ""
	for _, p := range n.Pairs {
		key := d.scratch.span(p.Key.Span.Start, p.Key.Span.End)
		if strings.ContainsRune(p.Key.Text, markBegin) || p.Key.Kind == doctree.Mapping || p.Key.Kind == doctree.Sequence {
			if reason := d.scratch.slice(p.Key.Span.Start, p.Key.Span.End).reason(); reason != "" {
				open = reason
			} else {
				open = "a member's name isn't known"
			}
			continue
		}
		v := d.node(p.Value, key)
		fields = append(fields, value.Field{Name: p.Key.Text, Key: key, Value: v})
	}
	if open != "" {
		return value.OfOpenObject(fields, open)
	}
	return value.OfObject(fields, false)
}

// fileValue returns the document that an option's word refers to: file://x.json, or "$(cat x.json)"; false where it is the
// value itself.
func (a *arguments) fileValue(w field, never bool) (*document, bool) {
	lead := w.lead()
	for _, scheme := range [...]string{"file://", "fileb://"} {
		if strings.HasPrefix(lead, scheme) && !never {
			_, path := w.cut(len(scheme))
			return a.load(path, w.span()), true
		}
	}
	if len(w.text) == 1 && !w.text[0].isKnown() {
		if path, ok := a.contents[w.text[0].at]; ok {
			return a.load(path, w.span()), true
		}
	}
	return nil, false
}

// load returns the document that a path means.
func (a *arguments) load(path text, at source.Span) *document {
	if alts := a.possible(a.written[a.f.fileKey(path)]); len(alts) > 0 {
		d := a.document(alts[0].words[0].text)
		if d.unread != "" {
			d.at = at
		}
		a.supersede(path)
		return d
	}
	file, why := a.open(a.f, path)
	if file == nil {
		return &document{unread: why, at: at}
	}
	a.result.superseded = append(a.result.superseded, file.Path)
	d := &document{file: file, at: at}
	docs, errs := a.in.Documents.Parse(file)
	if len(docs) == 0 || len(errs) > 0 || docs[0].Root == nil {
		d.unread = file.Path + " is no JSON that can be read"
		return d
	}
	d.root = docs[0].Root
	return d
}

// possible returns the alternatives that the command may meet. Where there are several it takes the one whose turn it is, and
// leaves the others for the command to be read again.
func (a *arguments) possible(alts []alternative) []alternative {
	var out []alternative
	for _, alt := range alts {
		if when, possible := alt.when.And(a.f.world); possible {
			alt.when = when
			out = append(out, alt)
		}
	}
	if len(out) < 2 {
		return out
	}
	a.worlds = max(a.worlds, len(out))
	chosen := out[min(a.turn, len(out)-1)]
	a.f = a.f.in(chosen.when)
	return []alternative{chosen}
}

// supersede says that a file of the tree is what a script writes, so that the script tells what is in it.
func (a *arguments) supersede(path text) {
	if file, _ := a.open(a.f, path); file != nil {
		a.result.superseded = append(a.result.superseded, file.Path)
	}
}
