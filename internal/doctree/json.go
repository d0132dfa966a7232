package doctree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/vpclint/vpclint/internal/source"
)

// ParseJSON reads one JSON document, by the letter of RFC 8259 but for duplicate names, a byte order mark and bytes that
// are no UTF-8, which are all read. A document that is complete is returned even if something else follows it.
func ParseJSON(f *source.File) ([]Document, []Error) {
	root, complete, errs := parseJSON(f, MaxNodes, nil)
	if !complete {
		return nil, errs
	}
	return []Document{{Root: root, JSON: true}}, errs
}

// ParseJSONPart reads one JSON document like ParseJSON, for who needs little of a large one. What stands under the keys that
// skip names, at whatever depth, is passed over and has no node. Of a text that breaks off, or breaks the rules, the root
// holds what stands before that place; it is nil where that is nothing. What is left may hold MaxPartNodes keys and values.
func ParseJSONPart(f *source.File, skip func(key string) bool) (*Node, []Error) {
	root, _, errs := parseJSON(f, MaxPartNodes, skip)
	return root, errs
}

// ParseJSONStream reads JSON documents that follow one another: JSON lines, or what several commands wrote to one file. Those
// before an error are returned along with it. Together they may hold MaxNodes keys and values.
func ParseJSONStream(f *source.File) ([]Document, []Error) {
	if len(f.Bytes) > MaxJSONBytes {
		return nil, []Error{{f.Whole(), fmt.Sprintf("larger than %d MiB, not read", MaxJSONBytes>>20)}}
	}
	r := newJSONReader(f, MaxNodes, nil)
	var docs []Document
	for len(bytes.TrimLeft(f.Bytes[r.offset():], " \t\r\n")) > 0 {
		root, err := r.value(0)
		if err != nil {
			return docs, append(r.errs, r.error(err))
		}
		docs = append(docs, Document{Root: root, JSON: true})
	}
	return docs, r.errs
}

// ParseJSONValue reads one value that stands at a place in a JSON text. Where anything is wrong with it, or something else
// stands there too, it tells what.
func ParseJSONValue(at source.Span) (*Node, []Error) {
	r := &jsonReader{f: at.File, base: at.Start, limit: MaxNodes}
	r.d = jsontext.NewDecoder(bytes.NewBuffer(at.File.Bytes[at.Start:at.End:at.End]),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	root, err := r.value(0)
	if err != nil {
		return nil, append(r.errs, r.error(err))
	}
	if root.Span.End < at.End {
		r.errs = append(r.errs, Error{spanAt(r.f, root.Span.End), "unexpected text after the end of the JSON value"})
	}
	return root, r.errs
}

func newJSONReader(f *source.File, limit int, skip func(key string) bool) *jsonReader {
	content := bytes.TrimPrefix(f.Bytes, bom)
	return &jsonReader{
		f:    f,
		base: len(f.Bytes) - len(content),
		d: jsontext.NewDecoder(bytes.NewBuffer(content),
			jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
		skip: skip, limit: limit,
	}
}

// parseJSON returns the root of a document, and whether it could be read to its end.
func parseJSON(f *source.File, limit int, skip func(key string) bool) (root *Node, complete bool, errs []Error) {
	if len(f.Bytes) > MaxJSONBytes {
		return nil, false, []Error{{f.Whole(), fmt.Sprintf("larger than %d MiB, not read", MaxJSONBytes>>20)}}
	}
	if len(bytes.TrimLeft(bytes.TrimPrefix(f.Bytes, bom), " \t\r\n")) == 0 {
		return nil, false, nil
	}
	r := newJSONReader(f, limit, skip)
	root, err := r.value(0)
	if err != nil {
		return root, false, append(r.errs, r.error(err))
	}
	end := root.Span.End
	if rest := f.Bytes[end:]; len(bytes.TrimLeft(rest, " \t\r\n")) > 0 {
		at := end + len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
		r.errs = append(r.errs, Error{spanAt(f, at), "unexpected text after the end of the JSON document"})
	}
	return root, true, r.errs
}

type jsonReader struct {
	f    *source.File
	d    *jsontext.Decoder
	base int // where the decoder's first byte stands in the file
	skip func(key string) bool
	// limit is how many nodes the tree may have.
	limit int
	slab  slab
	text  []byte // what is unquoted at the moment
	errs  []Error
}

// A tooMany ends the reading of a document with more values than the limit.
type tooMany int

func (n tooMany) Error() string { return fmt.Sprintf("more than %d values", int(n)) }

// error tells why the document can't be read.
func (r *jsonReader) error(err error) Error {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return Error{spanAt(r.f, len(r.f.Bytes)), "unexpected end of the JSON document"}
	case errors.As(err, &syntax):
		return Error{spanAt(r.f, r.base+int(syntax.ByteOffset)), syntax.Err.Error()}
	}
	return Error{spanAt(r.f, r.offset()), err.Error()}
}

// offset returns the end of what has been read.
func (r *jsonReader) offset() int { return r.base + int(r.d.InputOffset()) }

// value reads the next value, which has depth values around it. Of one that can't be read to its end it returns what it has
// along with the error.
func (r *jsonReader) value(depth int) (*Node, error) {
	if r.slab.used >= r.limit {
		return nil, tooMany(r.limit)
	}
	kind := r.d.PeekKind()
	if kind != '{' && kind != '[' {
		return r.scalar()
	}
	if depth >= MaxDepth {
		return r.tooDeep()
	}
	if _, err := r.d.ReadToken(); err != nil {
		return nil, err
	}
	start := r.offset() - 1
	n := r.slab.node()
	var err error
	if kind == '{' {
		n.Kind = Mapping
		n.Pairs, err = r.pairs(depth + 1)
	} else {
		n.Kind = Sequence
		n.Items, err = r.items(depth + 1)
	}
	if err == nil {
		_, err = r.d.ReadToken()
	}
	n.Span = r.f.Span(start, r.offset())
	return n, err
}

// pairs reads the members of an object up to its brace.
func (r *jsonReader) pairs(depth int) ([]Pair, error) {
	var pairs []Pair
	for k := r.d.PeekKind(); k != '}'; k = r.d.PeekKind() {
		if k != '"' {
			if _, err := r.d.ReadToken(); err != nil {
				return pairs, err
			}
			return pairs, errors.New("object name must be a string")
		}
		key, err := r.scalar()
		if err != nil {
			return pairs, err
		}
		if r.skip != nil && r.skip(key.Text) {
			if err := r.d.SkipValue(); err != nil {
				return pairs, err
			}
			continue
		}
		value, err := r.value(depth)
		if value != nil {
			pairs = append(pairs, Pair{key, value})
		}
		if err != nil {
			return pairs, err
		}
	}
	return pairs, nil
}

// items reads the elements of an array up to its bracket.
func (r *jsonReader) items(depth int) ([]*Node, error) {
	var items []*Node
	for k := r.d.PeekKind(); k != ']'; k = r.d.PeekKind() {
		item, err := r.value(depth)
		if item != nil {
			items = append(items, item)
		}
		if err != nil {
			return items, err
		}
	}
	return items, nil
}

// tooDeep skips a collection that nests too deep.
func (r *jsonReader) tooDeep() (*Node, error) {
	raw, err := r.d.ReadValue()
	if err != nil {
		return nil, err
	}
	n := r.slab.node()
	n.Span = r.f.Span(r.offset()-len(raw), r.offset())
	if len(r.errs) < MaxErrors {
		r.errs = append(r.errs, Error{spanAt(r.f, n.Span.Start), tooDeep})
	}
	return n, nil
}

var tooDeep = fmt.Sprintf("nested deeper than %d levels", MaxDepth)

// scalar reads a string, number or literal.
func (r *jsonReader) scalar() (*Node, error) {
	raw, err := r.d.ReadValue()
	if err != nil {
		return nil, err
	}
	n := r.slab.node()
	n.Span = r.f.Span(r.offset()-len(raw), r.offset())
	switch raw.Kind() {
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind = Bool
	case '0':
		n.Kind = Number
	default:
		n.Kind = String
		if body := raw[1 : len(raw)-1]; bytes.IndexByte(body, '\\') < 0 && utf8.Valid(body) {
			n.Text = string(body)
			return n, nil
		}
		r.text, _ = jsontext.AppendUnquote(r.text[:0], raw) // its only error is about UTF-8, and the text is still good
		n.Text = string(r.text)
		return n, nil
	}
	n.Text, n.Plain = string(raw), true
	return n, nil
}
