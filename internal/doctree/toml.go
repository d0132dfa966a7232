package doctree

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/vpclint/vpclint/internal/source"
)

// MaxTOMLBytes is the size of the largest TOML file that is read. What people configure tools with is a thousandth of it.
const MaxTOMLBytes = 1 << 20

// ParseTOML reads a TOML file as one document. A table spans from its header's brackets, or else from its first key, to the
// end of its last value; one that is only implied by the name of another has no more than that name. Dates are strings,
// and of a key that is given twice both values are kept, which TOML forbids.
func ParseTOML(f *source.File) ([]Document, []Error) {
	if len(f.Bytes) > MaxTOMLBytes {
		return nil, []Error{{f.Whole(), fmt.Sprintf("larger than %d MiB, not read", MaxTOMLBytes>>20)}}
	}
	r := &tomlReader{f: f, base: len(f.Bytes) - len(bytes.TrimPrefix(f.Bytes, bom)), index: map[*Node]map[string]int{}}
	r.root = r.slab.node()
	r.root.Kind, r.root.Span = Mapping, f.Span(r.base, len(f.Bytes))
	r.p.Reset(f.Bytes[r.base:])
	table := r.root
	for r.p.NextExpression() {
		if r.slab.used > MaxNodes || len(r.errs) >= MaxErrors {
			break
		}
		switch e := r.p.Expression(); e.Kind {
		case unstable.KeyValue:
			r.keyValue(table, e, 0)
		case unstable.Table, unstable.ArrayTable:
			table = r.header(e)
		}
	}
	if err := r.p.Error(); err != nil {
		r.errs = append(r.errs, r.error(err))
	}
	return []Document{{Root: r.root}}, r.errs
}

type tomlReader struct {
	f    *source.File
	p    unstable.Parser
	base int // where the parser's first byte stands in the file
	root *Node
	slab slab
	errs []Error
	// index finds the entries of mappings that keys lead through.
	index map[*Node]map[string]int
}

func (r *tomlReader) error(err error) Error {
	var syntax *unstable.ParserError
	if errors.As(err, &syntax) && len(syntax.Highlight) > 0 {
		return Error{r.span(r.p.Range(syntax.Highlight)), syntax.Message}
	}
	return Error{spanAt(r.f, len(r.f.Bytes)), err.Error()}
}

func (r *tomlReader) refuse(at source.Span, message string) {
	if len(r.errs) < MaxErrors {
		r.errs = append(r.errs, Error{at, message})
	}
}

func (r *tomlReader) span(at unstable.Range) source.Span {
	start := r.base + int(at.Offset)
	return r.f.Span(start, start+int(at.Length))
}

// keys returns the segments of a dotted key.
func (r *tomlReader) keys(e *unstable.Node) []*Node {
	var keys []*Node
	for it := e.Key(); it.Next(); {
		k := it.Node()
		n := r.slab.node()
		n.Kind, n.Text, n.Span = String, string(k.Data), r.span(k.Raw)
		c := r.f.Bytes[n.Span.Start]
		n.Plain = c != '"' && c != '\''
		keys = append(keys, n)
	}
	return keys
}

// header reads "[table]" or "[[element of an array]]", and returns the table that is to be filled; where it can't be one,
// a table of its own, so that what follows isn't taken for another's.
func (r *tomlReader) header(e *unstable.Node) *Node {
	keys := r.keys(e)
	last := keys[len(keys)-1]
	span := r.brackets(keys[0].Span.Start, last.Span.End)
	parent := r.descend(r.root, keys[:len(keys)-1])
	if parent == nil {
		return &Node{Kind: Mapping, Span: span}
	}
	if e.Kind == unstable.Table {
		table := r.descend(parent, keys[len(keys)-1:])
		if table == nil {
			return &Node{Kind: Mapping, Span: span}
		}
		if len(table.Pairs) == 0 {
			table.Span = span
		}
		return table
	}
	array := r.member(parent, last.Text)
	if array == nil {
		array = r.slab.node()
		array.Kind, array.Span = Sequence, span
		r.add(parent, last, array)
	}
	if array.Kind != Sequence {
		r.refuse(last.Span, last.Text+" is no array of tables")
		return &Node{Kind: Mapping, Span: span}
	}
	table := r.slab.node()
	table.Kind, table.Span = Mapping, span
	array.Items = append(array.Items, table)
	array.Span.End = span.End
	return table
}

// brackets widens the place of a header's names to its brackets.
func (r *tomlReader) brackets(start, end int) source.Span {
	b := r.f.Bytes
	for start > r.base && (isBlank(b[start-1]) || b[start-1] == '[') {
		start--
	}
	for isBlank(b[start]) {
		start++
	}
	for end < len(b) && (isBlank(b[end]) || b[end] == ']') {
		end++
	}
	for isBlank(b[end-1]) {
		end--
	}
	return r.f.Span(start, end)
}

// descend returns the table that names lead to, making those that there are not yet; nil where a name stands for what is
// no table, or the tables nest too deep.
func (r *tomlReader) descend(n *Node, keys []*Node) *Node {
	if len(keys) >= MaxDepth {
		r.refuse(keys[0].Span, tooDeep)
		return nil
	}
	for _, key := range keys {
		next := r.member(n, key.Text)
		if next == nil {
			next = r.slab.node()
			next.Kind, next.Span = Mapping, key.Span
			r.add(n, key, next)
		}
		if next.Kind == Sequence && len(next.Items) > 0 {
			next = next.Items[len(next.Items)-1] // the element that was begun last
		}
		if next.Kind != Mapping {
			r.refuse(key.Span, key.Text+" is no table")
			return nil
		}
		n = next
	}
	return n
}

func (r *tomlReader) member(n *Node, name string) *Node {
	if i, ok := r.index[n][name]; ok {
		return n.Pairs[i].Value
	}
	return nil
}

func (r *tomlReader) add(n, key, value *Node) {
	index := r.index[n]
	if index == nil {
		index = map[string]int{}
		r.index[n] = index
	}
	index[key.Text] = len(n.Pairs)
	n.Pairs = append(n.Pairs, Pair{key, value})
}

// keyValue reads "key = value" into a table that has depth values around it, and returns where it ends.
func (r *tomlReader) keyValue(table *Node, e *unstable.Node, depth int) int {
	keys := r.keys(e)
	last := keys[len(keys)-1]
	start := r.skip(last.Span.End, "=")
	value := r.value(e.Value(), start, depth+len(keys))
	end := value.Span.End
	into := r.descend(table, keys[:len(keys)-1])
	if into == nil {
		return end
	}
	r.add(into, last, value)
	table.Span.End = max(table.Span.End, end)
	into.Span.End = max(into.Span.End, end)
	return end
}

// value reads the value that begins at start.
func (r *tomlReader) value(v *unstable.Node, start, depth int) *Node {
	n := r.slab.node()
	switch v.Kind {
	case unstable.Array, unstable.InlineTable:
		r.collection(n, v, start, depth)
		return n
	case unstable.String:
		n.Kind, n.Text, n.Span = String, string(v.Data), r.span(v.Raw)
		return n
	case unstable.Bool:
		n.Kind = Bool
	case unstable.Integer, unstable.Float:
		n.Kind = Number
	default:
		n.Kind = String
	}
	n.Plain, n.Text = true, string(v.Data)
	n.Span = r.f.Span(start, start+len(v.Data))
	return n
}

// collection reads an array or inline table. Beyond a limit it is skipped, and can't be read.
func (r *tomlReader) collection(n *Node, v *unstable.Node, start, depth int) {
	kind, closing := Sequence, byte(']')
	if v.Kind == unstable.InlineTable {
		kind, closing = Mapping, '}'
	}
	if depth >= MaxDepth {
		n.Span = r.f.Span(start, start+1)
		r.refuse(n.Span, tooDeep)
		return
	}
	n.Kind, n.Span = kind, r.f.Span(start, start)
	end := start + 1
	for it := v.Children(); it.Next(); {
		switch child := it.Node(); child.Kind {
		case unstable.KeyValue:
			end = r.keyValue(n, child, depth+1)
		case unstable.Comment:
		default:
			item := r.value(child, r.skip(end, ","), depth+1)
			n.Items = append(n.Items, item)
			end = item.Span.End
		}
	}
	end = r.skip(end, ",")
	if end < len(r.f.Bytes) && r.f.Bytes[end] == closing {
		end++
	}
	n.Span = r.f.Span(start, end)
}

// skip returns the offset of the next thing after blanks, line breaks, comments and one sort of punctuation.
func (r *tomlReader) skip(i int, punctuation string) int {
	for b := r.f.Bytes; i < len(b); i++ {
		switch c := b[i]; {
		case c == '#':
			for i+1 < len(b) && b[i+1] != '\n' {
				i++
			}
		case c == punctuation[0], isBlank(c), c == '\n', c == '\r':
		default:
			return i
		}
	}
	return i
}

// embedTriple is Embed of a text of TOML between three quotes, or nil where it is none. A line break after the first three
// is not part of the text, and neither is what follows a backslash at the end of a line, up to the next word.
func (n *Node) embedTriple(span source.Span, label string) *source.File {
	src, i, end := span.File.Bytes, span.Start+3, span.End-3
	if end < i || src[span.Start] != src[i-1] || src[span.Start] != src[i-2] || n.Text == "" {
		return nil
	}
	e := source.Embed(span.File, label)
	if src[i] == '\r' {
		i++
	}
	if src[i] == '\n' {
		i++
	}
	for run := i; i < end || run < i; {
		switch {
		case i >= end || src[i] == '\\' && src[span.Start] == '"':
			e.Verbatim(run, i)
			if i < end {
				i = n.escape(e, i, end)
			}
			run = i
		default:
			i++
		}
	}
	if f := e.File(); string(f.Bytes) == n.Text {
		return f
	}
	return nil
}

// escape emits what the backslash at i stands for, and returns where that ends.
func (n *Node) escape(e *source.Embedding, i, end int) int {
	src := n.Span.File.Bytes
	next := i + 1
	for next < end && isSpace(src[next]) {
		next++
	}
	if next > i+1 || next == end {
		return next
	}
	if text, length := unescape(src[i:end]); i+length <= end {
		e.Decoded(text, i, i+length)
		return i + length
	}
	return end
}
