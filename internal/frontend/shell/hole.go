package shell

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A hole is a part of a script's text that something else than the shell fills in, before the shell reads any of it: a
// workflow's ${{ inputs.subnet }}, a Makefile's $(SUBNET), a cell's {subnet}.
//
// What fills it is read as source: without quotes around it, an unknown one may be several words or none. The known parts of
// its value mean nothing to a shell, and stand for themselves within quotes or without: any other the host writes into the
// script itself.
type hole struct{ value value.Value }

// The marks of holes begin and end with characters of Unicode's private use, with a number between.
const holeBegin, holeEnd = "\uE000", "\uE001"

// markOf returns the mark of a script's nth hole.
func markOf(n int) string { return holeBegin + strconv.Itoa(n) + holeEnd }

// nextHole returns where the first mark of a hole stands in a text; false where there is none.
func nextHole(text string) (start, end int, ok bool) {
	start = strings.Index(text, holeBegin)
	if start < 0 {
		return 0, 0, false
	}
	length := strings.Index(text[start:], holeEnd)
	if length < 0 {
		return 0, 0, false
	}
	return start, start + length + len(holeEnd), true
}

// A blank is a place in a text that is filled in before a shell sees it, and with what.
type blank struct {
	start, end int
	value      value.Value
}

// A blanker finds the blanks of a text, in order.
type blanker func(text string) []blank

// A draft is a script that is being put together of pieces of a file, or of documents in it.
type draft struct {
	*source.Embedding
	holes map[string]hole
}

func newDraft(f *source.File, label string) *draft {
	return &draft{Embedding: source.Embed(f, label)}
}

// script ends the draft.
func (d *draft) script(owner resource.Raw) script {
	return script{file: d.File(), holes: d.holes, owner: owner}
}

// verbatim appends what stands at a place, of the host or of any other file.
func (d *draft) verbatim(at source.Span) { d.VerbatimAt(at) }

// decoded appends a text that a place spells otherwise.
func (d *draft) decoded(text string, at source.Span) { d.DecodedAt(text, at) }

// hole appends what others fill in, which a place stands for.
func (d *draft) hole(v value.Value, at source.Span) {
	if d.holes == nil {
		d.holes = map[string]hole{}
	}
	mark := markOf(len(d.holes))
	d.holes[mark] = hole{value: v}
	d.decoded(mark, at)
}

// fill appends a value, known or not, which a place stands for.
func (d *draft) fill(v value.Value, at source.Span) {
	v = v.Use(at)
	switch v.Kind() {
	case value.KindAbsent:
	case value.KindScalar, value.KindText, value.KindSymbol, value.KindOpaque:
		if isHarmless(v) {
			d.hole(v, at)
			return
		}
		for _, part := range v.Parts() {
			if text, known := part.AsString(); known {
				d.literal(text, at)
			} else {
				d.hole(part, at)
			}
		}
	case value.KindChoice:
		d.hole(harmless(v), at)
	default:
		d.hole(value.OfOpaque("it is no text", v.Refs()...).WithOrigin(v.Origin()), at)
	}
}

// harmless returns what a hole may have of an unknown value: of several texts one may be more than a word.
func harmless(v value.Value) value.Value {
	for _, arm := range v.Arms() {
		if v.Kind() == value.KindChoice && !isHarmless(arm.Value) {
			return value.OfOpaque("it is one of several texts", v.Refs()...).WithOrigin(v.Origin())
		}
	}
	return v
}

// literal appends a text that a place stands for, each word of it by itself: what a word is about is the whole place.
func (d *draft) literal(text string, at source.Span) {
	for text != "" {
		n := 0
		for n < len(text) && isPlainByte(text[n]) {
			n++
		}
		n = max(n, 1)
		d.decoded(text[:n], at)
		text = text[n:]
	}
}

// isHarmless reports whether what is known of a text is the same to a shell within quotes and without, and not nothing.
func isHarmless(v value.Value) bool {
	for _, part := range v.Parts() {
		text, known := part.AsString()
		if part.Kind() == value.KindChoice || known && (text == "" || !isPlain(text)) {
			return false
		}
	}
	return v.Kind() != value.KindAbsent
}

// isPlain reports whether a text is one word to a shell, and no assignment.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isPlainByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isPlainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_-./:@%+,", c) >= 0
}

// scalar appends what a scalar of YAML spells, with its blanks filled in.
func (d *draft) scalar(n *doctree.Node, find blanker) {
	f := n.Embed("")
	if f == nil {
		return
	}
	d.text(f, 0, len(f.Bytes), find)
}

// text appends [start, end) of a document, with its blanks filled in.
func (d *draft) text(f *source.File, start, end int, find blanker) {
	at := start
	if find != nil {
		for _, b := range find(string(f.Bytes[start:end])) {
			d.verbatim(f.Span(at, start+b.start))
			d.fill(b.value, f.Span(start+b.start, start+b.end))
			at = start + b.end
		}
	}
	d.verbatim(f.Span(at, end))
}

// newline ends what stands before a place, if anything does.
func (d *draft) newline(at source.Span) {
	if d.Len() > 0 {
		d.decoded("\n", at.File.Span(at.Start, at.Start))
	}
}

// known returns what the host itself says of a name's value: where it is written, and under which name.
func known(name string, v value.Value) value.Value {
	if isSecret(name) {
		return v.Noted(name + " is set here")
	}
	switch v.Kind() {
	case value.KindScalar:
		return v.Noted(name + " is " + literal.Quoted(v.Literal()))
	case value.KindText:
		return v.Noted(name + " is set here")
	}
	return v
}

// isSecret reports whether a name is that of something that must not be shown.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"pass", "secret", "token", "credential", "api_key", "private_key", "access_key"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
