// Package spelling answers which bytes of a file spell a text that was read from it: through quotes, escapes, folded lines
// and removed indentation.
//
// In go a place and the text that somebody read there, piece by piece where something was put into it; out come the runs of
// bytes that spell each piece. Nothing is decoded: each step is a comparison of what stands there with what was read, so that
// a place that doesn't spell the text gives nothing, whatever language it is written in. The package knows how YAML, JSON,
// HCL and Python quote, and must not know what any text means.
package spelling

import (
	"bytes"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// A Run is a stretch of a text, and where it is spelt. Text is empty where the bytes stand for themselves.
type Run struct {
	Text string
	At   source.Span
}

// A Reader compares texts with what stands at one place, from its beginning to its end.
type Reader struct {
	span source.Span
	// ways are how the place may be written, as far as it isn't known yet: the first that fits holds.
	ways []notation
	at   int
	runs []Run
}

// A notation is how a text is written down.
type notation struct {
	// start is where the text begins, behind a quote, and end where it ends at the latest.
	start, end int
	// closing stands behind the text: a quote. Empty where nothing does.
	closing string
	// escapes says that a backslash begins an escape sequence, doubled that the closing quote stands twice for itself.
	escapes, doubled bool
	// folds says that a line break may stand for a blank.
	folds bool
	// marked says that a word on a line of its own ends it, as it does a heredoc.
	marked bool
	// braces says that something is put in between braces, without a dollar sign.
	braces bool
}

// At returns a reader of what stands at a place.
func At(span source.Span) *Reader {
	return &Reader{span: span, ways: notations(span), at: -1}
}

// Span returns the place that is read.
func (r *Reader) Span() source.Span { return r.span }

// notations returns how the text at a place may be written down, most specific first.
func notations(span source.Span) []notation {
	if span.IsZero() {
		return nil
	}
	src, start, end := span.File.Bytes, span.Start, span.End
	b := src[start:end]
	var ways []notation
	if n := prefixed(b); n > 0 || len(b) > 0 && (b[0] == '"' || b[0] == '\'') {
		quote := string(b[n])
		if triple := strings.Repeat(quote, 3); bytes.HasPrefix(b[n:], []byte(triple)) && len(b) >= n+6 {
			ways = append(ways, notation{start: start + n + 3, end: end, closing: triple, escapes: true, braces: n > 0},
				notation{start: start + n + 3, end: end, closing: triple})
		}
		if n == 0 {
			ways = append(ways, notation{start: start + 1, end: end, closing: quote, escapes: quote == `"`, doubled: quote == `'`, folds: true})
		}
		ways = append(ways, notation{start: start + n + 1, end: end, closing: quote, escapes: true, folds: true, braces: n > 0},
			notation{start: start + n + 1, end: end, closing: quote, braces: n > 0})
	}
	if line := bytes.IndexByte(b, '\n'); line > 0 && header(b) {
		ways = append(ways, notation{start: start + line + 1, end: end, folds: b[0] == '>', marked: b[0] == '<'})
	}
	return append(ways, notation{start: start, end: end, folds: true}, notation{start: start, end: end, escapes: true, folds: true})
}

// prefixed returns the length of the letters before a quote that Python has: r, b, u, f and pairs of them.
func prefixed(b []byte) int {
	n := 0
	for n < len(b) && n < 2 && strings.IndexByte("rRbBuUfF", b[n]) >= 0 {
		n++
	}
	if n < len(b) && (b[n] == '"' || b[n] == '\'') {
		return n
	}
	return 0
}

// header reports whether a line begins a heredoc of HCL's or a block scalar of YAML's, whose text begins in the next.
func header(b []byte) bool {
	switch b[0] {
	case '|', '>':
		return true
	case '<':
		return len(b) > 1 && b[1] == '<'
	}
	return false
}

// Next returns the runs that spell a text which is what stands next, or nil. They hold until the next call.
func (r *Reader) Next(text string) []Run {
	if r.at >= 0 {
		return r.match(r.ways[0], r.at, text)
	}
	for _, way := range r.ways {
		if runs := r.match(way, way.start, text); runs != nil {
			r.ways = []notation{way}
			return runs
		}
	}
	return nil
}

// telling is the length from which on a text that begins a place is no coincidence, whatever follows it.
const telling = 16

// match compares a text with what stands at an offset, and goes on behind it if that is the text.
func (r *Reader) match(way notation, at int, text string) []Run {
	w := walk{notation: way, file: r.span.File, src: r.span.File.Bytes, at: at, runs: r.runs[:0]}
	ok := w.text(text) && (r.at >= 0 || len(text) >= telling || w.putIn() || w.ended())
	r.runs = w.runs[:0]
	if !ok || len(w.runs) == 0 {
		return nil
	}
	r.at = w.at
	return w.runs
}

// Seek passes over what stands before a text, as far as that is near: what was put into a text in another way, by replacing a
// word in it. It returns what it passed over; nowhere where it doesn't find the text.
func (r *Reader) Seek(text string) source.Span {
	if len(r.ways) == 0 || r.at < 0 && len(text) < telling {
		return source.Span{}
	}
	way, start := r.ways[0], r.at
	if start < 0 {
		start = way.start
	}
	for at := start; at < min(way.end, start+maxPutIn); at++ {
		if c := way.first(r.span.File.Bytes[at:way.end]); c != 0 && c != text[0] {
			continue
		}
		w := walk{notation: way, file: r.span.File, src: r.span.File.Bytes, at: at, runs: r.runs[:0]}
		ok := w.text(text) && len(w.runs) > 0
		if r.runs = w.runs[:0]; ok {
			r.ways, r.at = []notation{way}, at
			return r.span.File.Span(start, at)
		}
	}
	return source.Span{}
}

// first returns the character that stands next, or 0 where it isn't one byte that stands for itself.
func (n notation) first(b []byte) byte {
	switch {
	case n.escapes && b[0] == '\\', n.closing != "" && b[0] == n.closing[0], n.braces && (b[0] == '{' || b[0] == '}'),
		b[0] == '$', b[0] == '%', isSpace(b[0]):
		return 0
	}
	return b[0]
}

// Within reports whether a text goes on where the last piece ended, with what is put in there or with more of itself.
func (r *Reader) Within() bool {
	if r == nil || r.at < 0 {
		return false
	}
	w := walk{notation: r.ways[0], src: r.span.File.Bytes, at: r.at}
	return !w.ended()
}

// Skip passes over what is put into a text at this place, such as ${name}, and returns where it stands; nowhere where
// nothing is.
func (r *Reader) Skip() source.Span {
	if r.at < 0 {
		if len(r.ways) == 0 {
			return source.Span{}
		}
		r.at, r.ways = r.ways[0].start, r.ways[:1]
	}
	w := walk{notation: r.ways[0], src: r.span.File.Bytes, at: r.at}
	if !w.putIn() {
		return source.Span{}
	}
	start := r.at
	if r.at = w.closed(); r.at < 0 {
		r.at = start
		return source.Span{}
	}
	return r.span.File.Span(start, r.at)
}
