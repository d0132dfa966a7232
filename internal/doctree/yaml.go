package doctree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"github.com/vpclint/vpclint/internal/source"
)

// ParseYAML reads a YAML stream. A document that is in error is left out, with an Error; those before it are returned, and
// so are those that follow from the next "---" on.
func ParseYAML(f *source.File) ([]Document, []Error) {
	if len(f.Bytes) > MaxYAMLBytes {
		return nil, []Error{{f.Whole(), fmt.Sprintf("larger than %d MiB, not read", MaxYAMLBytes>>20)}}
	}
	if len(f.Bytes) > MaxYAMLNodes/2 && marks(f.Bytes) > MaxYAMLNodes/2 {
		return nil, []Error{{f.Whole(), fmt.Sprintf("may hold more than %d values, not read", MaxYAMLNodes)}}
	}
	r := &yamlReader{f: f}
	r.lines = newLines(f.Bytes)
	r.src = f.Bytes
	if r.lines.unreadable {
		r.src, r.errs = readable(f)
		r.lines = newLines(r.src)
	}
	r.anyVersion()
	for base := r.lines.starts[0]; base >= 0; {
		if len(r.errs) >= MaxErrors {
			r.errs = append(r.errs, Error{spanAt(f, base), "too many errors, the rest of the file is not read"})
			break
		}
		base = r.stream(base)
	}
	return r.docs, r.errs
}

// marks counts the places of a file where a value can begin, two values at most each. It has to be known beforehand, for
// the library reads a document as a whole: two bytes of a flow sequence cost it nearly a kilobyte.
func marks(b []byte) (n int) {
	for i, c := range b {
		var after byte = '\n'
		if i+1 < len(b) {
			after = b[i+1]
		}
		switch c {
		case '\n', '\r', ',', '[', '{':
			n++
		case '-', '?':
			if isSpace(after) {
				n++
			}
		case ':':
			if isSpace(after) || i > 0 && bytes.IndexByte([]byte(`"']}`), b[i-1]) >= 0 {
				n++
			}
		}
	}
	return n
}

// readable returns the bytes of a file with those that no YAML document may hold (control characters, anything that is not
// UTF-8) replaced, so that one stray byte in a comment doesn't hide a file. Every other byte stays where it is.
func readable(f *source.File) ([]byte, []Error) {
	src, replaced := f.Bytes, -1
	for i := 0; i < len(src); {
		w := characterWidth(src[i:])
		if w > 0 {
			i += w
			continue
		}
		if replaced < 0 {
			replaced, src = i, bytes.Clone(src)
		}
		src[i] = '_'
		i++
	}
	if replaced < 0 {
		return src, nil
	}
	at := f.Span(replaced, replaced+1)
	if b := f.Bytes[replaced]; b >= 0x80 {
		return src, []Error{{at, fmt.Sprintf("not UTF-8: byte 0x%02X", b)}}
	}
	return src, []Error{{at, fmt.Sprintf("control character 0x%02X is not allowed in YAML", f.Bytes[replaced])}}
}

// anyVersion makes every version directive say 1.1, the only version that the library takes.
func (r *yamlReader) anyVersion() {
	directive := []byte("%YAML 1.")
	if !bytes.Contains(r.src, directive) {
		return
	}
	for i, start := range r.lines.starts {
		digit := start + len(directive)
		if !bytes.HasPrefix(r.src[start:], directive) || digit == len(r.src) || r.src[digit] == '1' {
			continue
		}
		// What follows a directive is "---", or another directive, or comments.
		next := start
		for _, next = range r.lines.starts[i+1:] {
			if line := r.src[next:]; len(line) == 0 || line[0] != '%' && line[0] != '#' && !isSpace(line[0]) {
				break
			}
		}
		if bytes.HasPrefix(r.src[next:], []byte("---")) {
			if &r.src[0] == &r.f.Bytes[0] {
				r.src = bytes.Clone(r.src)
			}
			r.src[digit] = '1'
		}
	}
	r.lines.src = r.src
}

// A yamlReader turns the library's nodes, which know a line and a column at most, into trees with exact spans.
type yamlReader struct {
	f     *source.File
	src   []byte // what is parsed: as long as the file and nearly always the same
	lines lines
	slab  slab
	docs  []Document
	errs  []Error

	attached int // comments that were blanked

	// Of the document at hand:
	anchored map[*yaml.Node]*built // anchored values, nil while they are being read
	budget   int                   // what aliases and merge keys may still add
}

// built is a value with what its surroundings must know of it.
type built struct {
	node   *Node
	end    int // the last byte that belongs to it, its tag and the alias that stands for it included
	size   int // nodes with aliases followed
	height int // levels below it
}

func (r *yamlReader) fail(span source.Span, msg string) {
	if len(r.errs) < MaxErrors {
		r.errs = append(r.errs, Error{span, msg})
	}
}

// stream reads documents from a base offset on, up to the first that is in error. It returns the offset to go on from, or
// a negative number at the end of the file.
func (r *yamlReader) stream(base int) (next int) {
	r.lines.rebase(base)
	docs, errs := len(r.docs), len(r.errs)
	at := base // where the library is known to have come to
	defer func() {
		// The library panics on input that it was not made for, and a linter must not.
		if v := recover(); v != nil {
			r.fail(spanAt(r.f, at), fmt.Sprintf("the YAML reader failed: %v", v))
			next = r.resume(max(at, base+1))
		}
	}()
	limits := loaderlimits.New(loaderlimits.AliasNone(), loaderlimits.DepthFunc(func(depth int, _ *yaml.DepthContext) error {
		if depth > MaxDepth {
			return errors.New(tooDeep)
		}
		return nil
	}))
	loader, err := yaml.NewLoader(bytes.NewReader(r.src[base:]), yaml.WithPlugin(limits))
	if err != nil {
		r.fail(spanAt(r.f, base), err.Error())
		return -1
	}
	for {
		var doc yaml.Node
		switch err := loader.Load(&doc); {
		case errors.Is(err, io.EOF):
			return -1
		case err != nil:
			e, offset := r.loadError(err, at)
			if r.detach(e.Msg, offset) {
				r.docs, r.errs = r.docs[:docs], r.errs[:errs]
				return base
			}
			r.fail(e.Span, e.Msg)
			return r.resume(max(offset, at, base+1))
		}
		at = r.lines.offset(doc.Line, doc.Column)
		if len(doc.Content) == 0 {
			continue
		}
		r.anchored, r.budget = map[*yaml.Node]*built{}, MaxExpansion
		root := r.value(doc.Content[0], 0)
		at = max(at, root.end)
		r.docs = append(r.docs, Document{Root: root.node})
	}
}

// maxAttached bounds how often a document is read anew for a comment that is attached to a value.
const maxAttached = 8

// detach blanks a comment that follows a quoted value without a space ("name: 'x'# why"). YAML 1.2 has it that a comment is
// set apart; AWS's tools, PyYAML and SnakeYAML among them, take it as it is. It reports whether there was one.
func (r *yamlReader) detach(msg string, offset int) bool {
	if r.attached == maxAttached || !strings.HasPrefix(msg, "found a comment without preceding whitespace") ||
		offset >= len(r.src) || r.src[offset] != '#' {
		return false
	}
	r.attached++
	if &r.src[0] == &r.f.Bytes[0] {
		r.src = bytes.Clone(r.src)
	}
	for i := offset; i < len(r.src) && r.src[i] != '\n' && r.src[i] != '\r'; i++ {
		r.src[i] = ' '
	}
	r.lines.src = r.src
	return true
}

// resume returns where the first document begins that starts at an offset or after it, or a negative number.
func (r *yamlReader) resume(offset int) int {
	for _, start := range r.lines.from(offset) {
		line := r.src[start:]
		if bytes.HasPrefix(line, []byte("---")) && (len(line) == 3 || isSpace(line[3])) {
			return start
		}
	}
	return -1
}

// loadError turns an error of the library into ours. Where it has no place, it stands at the offset.
func (r *yamlReader) loadError(err error, offset int) (Error, int) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return Error{spanAt(r.f, offset), err.Error()}, offset
	}
	if load.Mark.Line > 0 {
		offset = r.lines.offset(load.Mark.Line, max(load.Mark.Column, 1))
	}
	msg := load.Message
	if load.ContextMsg != "" {
		msg += " " + load.ContextMsg
	}
	return Error{spanAt(r.f, offset), msg}, offset
}

// value builds the tree of a node that has depth collections around it.
func (r *yamlReader) value(n *yaml.Node, depth int) built {
	start := r.lines.offset(n.Line, n.Column)
	node := r.slab.node()
	if n.Kind == yaml.AliasNode {
		return r.alias(n, node, start, depth)
	}
	end := start
	bare := n.Anchor == "" && n.Tag != "!" && n.Style&yaml.TaggedStyle == 0
	if !bare {
		if n.Anchor != "" {
			r.anchored[n] = nil
		}
		start, end = r.properties(n, node, start)
	}
	b := built{node: node, end: end, size: 1}
	switch n.Kind {
	case yaml.ScalarNode:
		r.scalar(n, &b, start)
	case yaml.MappingNode, yaml.SequenceNode:
		r.collection(n, &b, start, depth)
	}
	if bare {
		return b
	}
	if node.written != nil {
		node.written.untagged = *node
		node.written.untagged.Tag, node.written.untagged.written = "", nil
	}
	if n.Anchor != "" {
		known := b
		r.anchored[n] = &known
	}
	return b
}

// properties reads a node's tag and anchor, if it has any. It returns where the value begins after them, and where they end.
func (r *yamlReader) properties(n *yaml.Node, node *Node, start int) (value, end int) {
	explicit := n.Style&yaml.TaggedStyle != 0
	tag, anchor := explicit || n.Tag == "!", n.Anchor != ""
	written := tag || anchor
	value, end = start, start
	for (tag || anchor) && value < len(r.src) {
		switch c := r.src[value]; {
		case c == '!' && tag:
			tag = false
			end = tagEnd(r.src, value)
			if explicit && !coreTags[n.Tag] {
				node.Tag, node.written = n.Tag, &properties{tag: r.f.Span(value, end)}
			}
		case c == '&' && anchor:
			anchor = false
			end = min(value+1+len(n.Anchor), len(r.src))
		default:
			tag, anchor = false, false
			continue
		}
		value = skipSeparation(r.src, end)
	}
	if written && n.Kind == yaml.ScalarNode && isPlain(n) && n.Value == "" {
		return end, end // nothing follows, and a null stands right here
	}
	return value, end
}

func isPlain(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// coreTags are YAML's own tags; "!!map" says nothing that the mapping doesn't.
var coreTags = map[string]bool{
	"!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!seq": true, "!!map": true,
	"!!timestamp": true, "!!binary": true, "!!merge": true, "!!set": true, "!!omap": true, "!!pairs": true,
}

// scalar reads a scalar that begins at an offset.
func (r *yamlReader) scalar(n *yaml.Node, b *built, start int) {
	node := b.node
	var end int
	node.Text, node.Kind = n.Value, String
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		end = walkDouble(r.src, start, nil)
	case n.Style&yaml.SingleQuotedStyle != 0:
		end = walkSingle(r.src, start, nil)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = walkBlock(r.src, start, n.Value, nil)
	default:
		end = walkPlain(r.src, start, n.Value, nil)
		node.Plain = true
		node.Kind = plainKind(n.Value)
	}
	switch {
	case n.Tag == "!" && node.Plain: // "!" makes a string of anything
		node.Kind = String
	case n.Style&yaml.TaggedStyle != 0:
		if kind, ok := tagKinds[n.Tag]; ok {
			node.Kind = kind
		}
	}
	node.Span = r.f.Span(start, end)
	b.end = max(b.end, end)
}

// tagKinds are the kinds that explicit tags give to scalars.
var tagKinds = map[string]Kind{
	"!!str": String, "!!int": Number, "!!float": Number, "!!bool": Bool, "!!null": Null,
	"!!timestamp": String, "!!binary": String,
}

// plainKind resolves a plain scalar by the core schema of YAML 1.2. Of what YAML 1.1 adds, a date, yes and no, 0b1, 1_000
// and 1:30 are strings.
func plainKind(text string) Kind {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	if c := text[0]; (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' {
		return String
	}
	switch {
	case strings.IndexFunc(text, func(c rune) bool { return c < '0' || c > '9' }) < 0:
		return Number
	case strings.ContainsAny(text, "/:, _"): // address blocks and times, without asking for more
		return String
	case number.MatchString(text):
		return Number
	}
	return String
}

var number = regexp.MustCompile(`^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)

// collection reads a mapping or a sequence that begins at an offset.
func (r *yamlReader) collection(n *yaml.Node, b *built, start, depth int) {
	node, end := b.node, max(b.end, start)
	node.Kind = Sequence
	if n.Kind == yaml.MappingNode {
		node.Kind = Mapping
	}
	// "[a: b]" holds a flow mapping without braces, which stands where its key does. So does "[{a: b}: c]".
	bracket := n.Style&yaml.FlowStyle != 0 && start < len(r.src) && (r.src[start] == '[' || r.src[start] == '{')
	if bracket && node.Kind == Mapping && len(n.Content) > 0 {
		bracket = r.lines.offset(n.Content[0].Line, n.Content[0].Column) > start
	}
	if bracket {
		end = start + 1
	}
	if depth >= MaxDepth {
		r.fail(spanAt(r.f, start), tooDeep)
		node.Kind, node.Span = Invalid, r.f.Span(start, end)
		return
	}
	var merges []*Node
	if n.Kind == yaml.SequenceNode {
		node.Items = r.slab.itemsOf(len(n.Content))
		for _, c := range n.Content {
			item := r.value(c, depth+1)
			node.Items = append(node.Items, item.node)
			end = b.add(item, end)
		}
	} else {
		node.Pairs = r.slab.pairsOf(len(n.Content) / 2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := r.value(n.Content[i], depth+1)
			end = b.add(key, end)
			value := r.value(n.Content[i+1], depth+1)
			end = b.add(value, end)
			if key.node.Plain && key.node.Text == "<<" && mergeable(value.node) {
				merges = append(merges, value.node)
				continue
			}
			node.Pairs = append(node.Pairs, Pair{key.node, value.node})
		}
	}
	if bracket {
		end = closing(r.src, end)
	}
	node.Span = r.f.Span(start, end)
	b.end = end
	if len(merges) > 0 {
		merge(node, merges)
	}
}

// add counts a child, and returns the end of the parent as far as it is read.
func (b *built) add(child built, end int) int {
	b.size += child.size
	b.height = max(b.height, child.height+1)
	return max(end, child.end)
}

// alias builds a copy of the anchored value's root, which shares all that is below.
func (r *yamlReader) alias(n *yaml.Node, node *Node, start, depth int) built {
	span := r.f.Span(start, start+1+len(n.Value))
	node.Span = span
	b := built{node: node, end: span.End, size: 1}
	target, known := r.anchored[n.Alias]
	switch {
	case !known:
		r.fail(span, fmt.Sprintf("alias *%s stands for nothing that could be read", n.Value))
		return b
	case target == nil:
		r.fail(span, fmt.Sprintf("alias *%s contains itself", n.Value))
		return b
	case depth+target.height > MaxDepth:
		r.fail(span, tooDeep)
		return b
	case target.size > r.budget:
		r.fail(span, fmt.Sprintf("aliases add more than %d values to the document", MaxExpansion))
		return b
	}
	r.budget -= target.size
	*node = *target.node
	node.Span = span
	node.written = &properties{tag: target.node.TagSpan(), anchor: target.node.Span}
	node.written.untagged = *node
	node.written.untagged.Tag = ""
	b.size, b.height = target.size, target.height
	return b
}

// mergeable reports whether the value of "<<" can be merged: a mapping or a sequence of mappings.
func mergeable(n *Node) bool {
	if n.Kind != Sequence {
		return n.Kind == Mapping
	}
	return len(n.Items) > 0 && !slices.ContainsFunc(n.Items, func(item *Node) bool { return item.Kind != Mapping })
}

// merge appends the entries of the mappings under merge keys that the mapping doesn't have yet. The first to name a key
// wins, and the mapping itself before all. The size stays right: the entries were counted where they stand under the key.
func merge(node *Node, values []*Node) {
	have := make(map[string]bool, len(node.Pairs))
	for _, p := range node.Pairs {
		have[p.Key.Text] = true
	}
	for _, v := range values {
		from := v.Items
		if v.Kind == Mapping {
			from = []*Node{v}
		}
		for _, m := range from {
			last := make(map[string]int, len(m.Pairs))
			for i, p := range m.Pairs {
				last[p.Key.Text] = i
			}
			for i, p := range m.Pairs {
				if last[p.Key.Text] == i && !have[p.Key.Text] {
					have[p.Key.Text] = true
					node.Pairs = append(node.Pairs, p)
				}
			}
		}
	}
}
