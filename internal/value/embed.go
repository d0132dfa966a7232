package value

import (
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/spelling"
)

const (
	// leastDocument is the length from which on a text may be a document, which remembers where it is spelt.
	leastDocument = 48
	// maxPieces bounds the pieces that a text remembers, which are copied into every text that is made of it.
	maxPieces = 1_000
)

// inDocuments are characters of which every document has one, and names and ids have none.
const inDocuments = "\"\n"

// isDocument reports whether parts may be those of a document.
func isDocument(parts []Value) bool {
	for _, part := range parts {
		if part.Kind() == KindScalar && strings.ContainsAny(part.p.text, inDocuments) {
			return true
		}
	}
	return false
}

// pieces returns the known texts that a known text was put together of, or v alone.
func (v Value) pieces() []Value {
	if v.Kind() == KindScalar && v.p.members != nil {
		return v.p.elems
	}
	return []Value{v}
}

// piecesOf returns the pieces of scalars. One that holds no quote and no line break is put in where it is used, as an id is;
// any other is a part of the document, and is where it is spelt.
func piecesOf(vs []Value) []Value {
	pieces := make([]Value, 0, len(vs))
	for _, v := range vs {
		if own := v.pieces(); len(own) > 1 || strings.ContainsAny(v.p.text, inDocuments) {
			pieces = append(pieces, own...)
		} else {
			pieces = append(pieces, v)
		}
		if len(pieces) > maxPieces {
			break
		}
	}
	return pieces
}

// Cut returns the bytes [start, end) of a known text, which remember where they are spelt as the whole does.
func (v Value) Cut(start, end int) Value {
	pieces := v.pieces()
	if len(pieces) == 1 && pieces[0].p.members == nil {
		return OfString(v.p.text[start:end]).withOrigin(pieces[0].origin)
	}
	var cut []Value
	at := 0
	for _, piece := range pieces {
		from, to := max(start-at, 0), min(end-at, len(piece.p.text))
		if from < to {
			cut = append(cut, OfString(piece.p.text[from:to]).withOrigin(piece.origin))
		}
		at += len(piece.p.text)
	}
	if len(cut) == 1 {
		return cut[0]
	}
	return OfText(cut...).withOrigin(v.origin)
}

// A Hole is an unknown part of a text that was embedded, and where it stands in it.
type Hole struct {
	Value
	Start, End int
}

// Embed returns a text as a document of its own, each byte of which stands where it is spelt: through quotes, escapes,
// indentation, and what was put into it. Fill returns what stands in the document for an unknown part. Where nobody knows how
// the text is spelt, which exact tells, all of it stands where v does. The document is nil of what is no text, and of what
// stands nowhere.
func (v Value) Embed(label string, fill func(part Value) string) (f *source.File, holes []Hole, exact bool) {
	d := v.embed(label, fill)
	if d == nil {
		return nil, nil, false
	}
	for _, in := range d.putIn {
		if in.Kind() != KindScalar {
			holes = append(holes, in)
		}
	}
	return d.file, holes, d.exact
}

// An embedded is a text as a document of its own.
type embedded struct {
	file *source.File
	// putIn are the unknown parts, and the known ones that are put into the text where it is used.
	putIn []Hole
	// exact says that it was found where the text is spelt, first where that begins.
	exact bool
	first source.Span
}

func (v Value) embed(label string, fill func(part Value) string) *embedded {
	if v.Kind() != KindText && (v.Kind() != KindScalar || v.p.form != formText) {
		return nil
	}
	b := &embedder{}
	for _, part := range v.Parts() {
		if part.Kind() != KindScalar {
			b.put(part, fill(part))
			continue
		}
		for _, piece := range part.pieces() {
			b.known(piece)
		}
	}
	b.flush(b.skip())
	return b.embedded(label, spanOf(v))
}

// An embedder finds where the pieces of a text are spelt.
type embedder struct {
	runs []run
	// first is where the first piece was found; nowhere if none was.
	first source.Span
	// reader reads the place that the last piece was found at, readers all those where one was.
	reader  *spelling.Reader
	readers map[source.Span]*spelling.Reader
	// pending are what was put in behind the last piece that was found.
	pending []run
}

// A run is one of package spelling's, or what is put into the text at this place.
type run struct {
	spelling.Run
	putIn *Value
}

func spanOf(v Value) source.Span {
	if v.origin == nil {
		return source.Span{}
	}
	return v.origin.Span
}

// put takes a part that is put into the text.
func (b *embedder) put(part Value, text string) {
	b.pending = append(b.pending, run{spelling.Run{Text: text, At: spanOf(part)}, &part})
}

// maxSkipped bounds what is passed over for one piece: things put in that came to nothing.
const maxSkipped = 8

// known takes a known piece: the next of the place that is being read, or the first of another, or one that is spelt nowhere,
// which stands where it is put in.
func (b *embedder) known(piece Value) {
	text, span := piece.p.text, spanOf(piece)
	if text == "" {
		return
	}
	reader := b.readers[span]
	switch {
	case reader != nil:
	case span.IsZero(), b.reader.Within() && !strings.ContainsAny(text, inDocuments):
		b.put(piece, text)
		return
	default:
		reader = spelling.At(span)
	}
	var skipped []source.Span
	for range maxSkipped {
		if found := reader.Next(text); found != nil {
			if reader != b.reader {
				skipped = append(b.skip(), skipped...)
			}
			b.flush(skipped)
			b.add(reader, found)
			return
		}
		at := reader.Skip()
		if at.IsZero() && (len(b.pending) > 0 || b.first.IsZero()) {
			at = reader.Seek(text)
		}
		if at.IsZero() {
			break
		}
		skipped = append(skipped, at)
	}
	b.put(piece, text)
}

func (b *embedder) add(reader *spelling.Reader, found []spelling.Run) {
	if b.first.IsZero() {
		b.first, b.readers = found[0].At, map[source.Span]*spelling.Reader{}
	}
	b.reader, b.readers[reader.Span()] = reader, reader
	for _, r := range found {
		b.runs = append(b.runs, run{Run: r})
	}
}

// skip passes over what was put in behind the last piece that was found, as far as anything is pending.
func (b *embedder) skip() (skipped []source.Span) {
	for b.reader != nil && len(skipped) < min(len(b.pending), maxSkipped) {
		at := b.reader.Skip()
		if at.IsZero() {
			break
		}
		skipped = append(skipped, at)
	}
	return skipped
}

// flush places what is pending: at the places that were passed over for it, ${name}, else where it is itself.
func (b *embedder) flush(skipped []source.Span) {
	for i, r := range b.pending {
		switch {
		case len(skipped) == len(b.pending):
			r.At = skipped[i]
		case len(skipped) > 0:
			r.At = skipped[0].File.Span(skipped[0].Start, skipped[len(skipped)-1].End)
		}
		b.runs = append(b.runs, r)
	}
	b.pending = nil
}

// embedded returns the document. What was found nowhere stands at a place.
func (b *embedder) embedded(label string, at source.Span) *embedded {
	d := &embedded{exact: !b.first.IsZero(), first: b.first}
	if !d.exact && at.IsZero() {
		return nil
	}
	host := b.first.File
	if !d.exact {
		host = at.File
	} else if at.IsZero() {
		at = b.first
	}
	e := source.Embed(host, label)
	for _, r := range b.runs {
		if r.At.IsZero() || !d.exact {
			r.At = at
		}
		start := e.Len()
		if r.Text == "" && r.putIn == nil {
			e.VerbatimAt(r.At)
			continue
		}
		if e.DecodedAt(r.Text, r.At); r.putIn != nil {
			d.putIn = append(d.putIn, Hole{Value: *r.putIn, Start: start, End: e.Len()})
		}
	}
	d.file = e.File()
	return d
}
