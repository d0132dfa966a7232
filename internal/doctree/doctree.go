// Package doctree answers what a YAML, JSON or TOML document says and where each value of it stands, byte for byte.
//
// In goes a file; out comes one tree for all three languages, in document order, whose every key, scalar and collection knows
// its first and last byte, along with the places that could not be read. Scalars keep their text as written, since an
// account number is not a number and a policy version is not a date. The package is the only one that knows their
// libraries, and it must not know what any document means: no CloudFormation, no AWS, no findings.
package doctree

import (
	"bytes"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/source"
)

// A Kind says what sort of value a node is.
type Kind uint8

// The kinds of values. Invalid, the zero Kind, is a value that exists but could not be read: an alias that contains
// itself, a value beyond a limit. An Error tells why; nothing follows from what such a node lacks.
const (
	Invalid  Kind = iota
	Null          // null, ~ or nothing at all
	Bool          // true or false; yes, no, on and off are plain strings
	Number        // an integer or a floating-point number
	String        // any other scalar
	Mapping       // see Node.Pairs
	Sequence      // see Node.Items
)

// String returns the kind as messages name it, such as "mapping".
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case Mapping:
		return "mapping"
	case Sequence:
		return "sequence"
	}
	return "invalid"
}

// What a document may cost. Whatever is beyond a limit becomes an Error.
const (
	// MaxJSONBytes is the size of the largest JSON document that is read.
	MaxJSONBytes = 64 << 20
	// MaxYAMLBytes is the size of the largest YAML file that is read. It is smaller than JSON's because the YAML library
	// needs some 30 times the memory, and MaxYAMLNodes is mostly reached before.
	MaxYAMLBytes = 16 << 20
	// MaxDepth is how many levels deep values may nest, aliases followed.
	MaxDepth = 500
	// MaxNodes is how many keys and values a JSON document may hold.
	MaxNodes = 4_000_000
	// MaxPartNodes is how many keys and values may be left of a JSON document of which only a part is read.
	MaxPartNodes = 1_000_000
	// MaxYAMLNodes is how many keys and values a YAML file may hold, before aliases are followed. It is estimated from
	// above, before the file is read; block style reaches it at some 8 MB.
	MaxYAMLNodes = 1_000_000
	// MaxExpansion is how many keys and values the aliases and merge keys of a document may add to it.
	MaxExpansion = 200_000
	// MaxErrors is how many errors of one file are told.
	MaxErrors = 50
)

// A Node is one value of a YAML, JSON or TOML document. Nodes are immutable, and those under a YAML alias are shared: a tree is
// a directed acyclic graph, and a walk visits at most MaxNodes + MaxExpansion nodes, MaxDepth deep.
type Node struct {
	Kind Kind
	// Plain marks an unquoted scalar: a YAML plain scalar, or a JSON number or literal.
	Plain bool
	// Span is the value's own bytes: a quoted scalar with its quotes, a flow collection with its brackets, a block
	// collection from its first key or dash to the end of its last value, a block scalar from its indicator to its last
	// content byte. A tag or an anchor is not part of it. A null that is not written has an empty span where it would
	// stand, and the root of an aliased value has the span of the alias, "*name".
	Span source.Span
	// Tag is an explicit tag other than YAML's own ("!!str"), such as "!Sub". It has no say in Kind, which is what the value
	// would be without it.
	Tag string
	// Text is a scalar's decoded text; that of numbers, booleans and dates is as written.
	Text string
	// Pairs are a mapping's entries in document order, duplicate keys included. Those that a merge key ("<<") adds come
	// last, with the spans of the mapping that they are written in.
	Pairs []Pair
	// Items are a sequence's values.
	Items []*Node

	written *properties
}

// Properties are what few nodes have: a tag, or a place elsewhere that they repeat.
type properties struct {
	tag, anchor source.Span
	untagged    Node
}

// TagSpan returns where the tag is written; nowhere of a node without one.
func (n *Node) TagSpan() source.Span {
	if n.written == nil {
		return source.Span{}
	}
	return n.written.tag
}

// Anchor returns the place of the anchored value that this node repeats, for the root of an aliased value only.
func (n *Node) Anchor() source.Span {
	if n.written == nil {
		return source.Span{}
	}
	return n.written.anchor
}

// Untagged returns the node without its tag: what a short-form function is called with.
func (n *Node) Untagged() *Node {
	if n.Tag == "" {
		return n
	}
	return &n.written.untagged
}

// A Pair is one entry of a mapping. Neither node is nil.
type Pair struct{ Key, Value *Node }

// Get returns the value of a key of a mapping, or nil. Of duplicate keys the last counts, as it does for JSON parsers and
// YAML 1.1 loaders. The text of the key decides, not its kind: an unquoted Null is the key "Null". It looks at every pair;
// who wants them all should range over Pairs.
func (n *Node) Get(key string) *Node {
	if p := n.Pair(key); p != nil {
		return p.Value
	}
	return nil
}

// Pair returns the entry that Get takes its value from, or nil.
func (n *Node) Pair(key string) *Pair {
	if n == nil {
		return nil
	}
	for i := len(n.Pairs) - 1; i >= 0; i-- {
		if k := n.Pairs[i].Key; k.Text == key && k.Kind != Mapping && k.Kind != Sequence {
			return &n.Pairs[i]
		}
	}
	return nil
}

// An Error is a place where a document can't be read.
type Error struct {
	Span source.Span
	Msg  string
}

// A Document is one document of a file.
type Document struct {
	// Root is never nil; an empty document of a YAML stream is a Null.
	Root *Node
	// JSON tells a JSON document from a YAML one.
	JSON bool
}

// Parse reads a JSON document, or else a YAML stream with all its documents. It never fails as a whole: the documents that
// could be read are returned along with the errors. A file that begins as JSON does but breaks its rules the way YAML
// allows (comments, trailing commas, bare keys) is read as YAML; where it is neither, the error is JSON's.
func Parse(f *source.File) ([]Document, []Error) {
	if !looksLikeJSON(f.Bytes) {
		return ParseYAML(f)
	}
	docs, errs := ParseJSON(f)
	if len(errs) > 0 && len(f.Bytes) <= MaxYAMLBytes {
		if asYAML, yamlErrs := ParseYAML(f); len(yamlErrs) == 0 && len(asYAML) > 0 {
			return asYAML, nil
		}
	}
	return docs, errs
}

// ParseSaved reads what commands have written to a file: any number of JSON documents, or else a YAML stream. No command
// writes JSON that is none; what Python prints of a dictionary is no YAML either, though much of it reads like that.
func ParseSaved(f *source.File) ([]Document, []Error) {
	if !looksLikeJSON(f.Bytes) {
		return ParseYAML(f)
	}
	return ParseJSONStream(f)
}

// looksLikeJSON reports whether the first thing in b opens a JSON object or array.
func looksLikeJSON(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, bom), " \t\r\n")
	return len(b) > 0 && (b[0] == '{' || b[0] == '[')
}

var bom = []byte("\xef\xbb\xbf")

// spanAt returns the character at an offset, or nothing at the end of the file.
func spanAt(f *source.File, offset int) source.Span {
	offset = min(max(offset, 0), len(f.Bytes))
	_, n := utf8.DecodeRune(f.Bytes[offset:])
	return f.Span(offset, offset+n)
}

// A slab hands out nodes from blocks, because a document has as many as it has words; and their lists of members, most of
// which are short.
type slab struct {
	free  []Node
	pairs []Pair
	items []*Node
	used  int
}

// What is cut from blocks, and how large a block is.
const (
	nodeBlock = 64
	listBlock = 128
	shortList = 8
)

// pairsOf returns an empty list with room for n pairs.
func (s *slab) pairsOf(n int) []Pair {
	if n > shortList || s.used < listBlock {
		return make([]Pair, 0, n)
	}
	if n > len(s.pairs) {
		s.pairs = make([]Pair, listBlock)
	}
	room := s.pairs[:0:n]
	s.pairs = s.pairs[n:]
	return room
}

// itemsOf returns an empty list with room for n nodes.
func (s *slab) itemsOf(n int) []*Node {
	if n > shortList || s.used < listBlock {
		return make([]*Node, 0, n)
	}
	if n > len(s.items) {
		s.items = make([]*Node, listBlock)
	}
	room := s.items[:0:n]
	s.items = s.items[n:]
	return room
}

func (s *slab) node() *Node {
	if len(s.free) == 0 {
		s.free = make([]Node, min(max(s.used, 8), nodeBlock))
	}
	n := &s.free[0]
	s.free = s.free[1:]
	s.used++
	return n
}
