package doctree

import (
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/source"
)

// An emitter takes the text of a scalar piece by piece, with the bytes [start, end) that spell it. Text is empty where
// those bytes stand for themselves.
type emitter func(text string, start, end int)

func (e emitter) verbatim(start, end int) {
	if e != nil && end > start {
		e("", start, end)
	}
}

func (e emitter) decoded(text string, start, end int) {
	if e != nil && text != "" {
		e(text, start, end)
	}
}

// Embed returns a scalar's decoded text as a document of its own, whose every byte maps back to the bytes that spell it:
// through escapes, folded lines and removed indentation. The label names it to people. It is nil for a collection.
func (n *Node) Embed(label string) *source.File {
	if n == nil || n.Kind == Invalid || n.Kind == Mapping || n.Kind == Sequence || n.Span.File == nil {
		return nil
	}
	// An alias is spelt where its anchor is.
	span := n.Span
	if anchor := n.Anchor(); !anchor.IsZero() {
		span = anchor
	}
	e := source.Embed(span.File, label)
	walk(span, n.Text, n.Plain, func(text string, start, end int) {
		if text == "" {
			e.Verbatim(start, end)
		} else {
			e.Decoded(text, start, end)
		}
	})
	if f := e.File(); n.Text != "" && string(f.Bytes) == n.Text {
		return f
	}
	if f := n.embedTriple(span, label); f != nil {
		return f
	}
	// Nothing to map, or bytes that no reader could take as they are (see readable): the scalar as a whole.
	e = source.Embed(span.File, label)
	e.Decoded(n.Text, span.Start, span.End)
	return e.File()
}

// walk emits the text of the scalar at a span.
func walk(span source.Span, text string, plain bool, emit emitter) {
	src, start := span.File.Bytes, span.Start
	if span.Start == span.End {
		return
	}
	switch c := src[start]; {
	case plain:
		walkPlain(src, start, text, emit)
	case c == '"':
		walkDouble(src, start, emit)
	case c == '\'':
		walkSingle(src, start, emit)
	case c == '|' || c == '>':
		walkBlock(src, start, text, emit)
	}
}

// walkPlain emits a plain scalar, and returns its end. Where a plain scalar ends depends on all that is around it, but its
// text tells: blanks and line breaks between words are all that is folded.
func walkPlain(src []byte, start int, text string, emit emitter) int {
	i := start
	if end := start + len(text); emit == nil && end <= len(src) && string(src[start:end]) == text {
		return end // nothing is folded
	}
	for len(text) > 0 {
		if i >= len(src) {
			return i
		}
		n := 0
		for n < len(text) && i+n < len(src) && src[i+n] == text[n] && !isGap(src, i+n) {
			n++
		}
		if n > 0 {
			emit.verbatim(i, i+n)
			i, text = i+n, text[n:]
			continue
		}
		end, folded := fold(src, i, emit)
		if end == i || !strings.HasPrefix(text, folded) {
			return i
		}
		i, text = end, text[len(folded):]
	}
	return i
}

// fold emits a run of blanks and line breaks as quoted and plain scalars read them, and returns its end and its text:
// blanks as they are, one break as a space, more as one fewer.
func fold(src []byte, start int, emit emitter) (end int, text string) {
	i := start
	for i < len(src) && isBlank(src[i]) {
		i++
	}
	if breakWidth(src, i) == 0 {
		emit.verbatim(start, i)
		return i, string(src[start:i])
	}
	end, text = breaks(src, i)
	if first := breakText(src, i); first == "\n" {
		if text == first {
			text = " "
		} else {
			text = text[1:]
		}
	}
	emit.decoded(text, start, end)
	return end, text
}

// breaks returns the end of a run of line breaks with blanks around, and the text of the breaks alone.
func breaks(src []byte, start int) (end int, text string) {
	var b strings.Builder
	i := start
	for i < len(src) {
		if w := breakWidth(src, i); w > 0 {
			b.WriteString(breakText(src, i))
			i += w
		} else if isBlank(src[i]) {
			i++
		} else {
			break
		}
	}
	return i, b.String()
}

// walkSingle emits a single-quoted scalar, and returns its end.
func walkSingle(src []byte, start int, emit emitter) int {
	i := start + 1
	run := i
	for i < len(src) {
		switch {
		case src[i] == '\'' && i+1 < len(src) && src[i+1] == '\'':
			emit.verbatim(run, i)
			emit.decoded("'", i, i+2)
			i += 2
			run = i
		case src[i] == '\'':
			emit.verbatim(run, i)
			return i + 1
		case isGap(src, i):
			emit.verbatim(run, i)
			i, _ = fold(src, i, emit)
			run = i
		default:
			i++
		}
	}
	return i
}

// walkDouble emits a double-quoted scalar of YAML or JSON, and returns its end.
func walkDouble(src []byte, start int, emit emitter) int {
	i := start + 1
	run := i
	for i < len(src) {
		switch c := src[i]; {
		case c == '"':
			emit.verbatim(run, i)
			return i + 1
		case c == '\\' && i+1 < len(src):
			emit.verbatim(run, i)
			if w := breakWidth(src, i+1); w > 0 {
				// An escaped break is none; blanks and breaks after it are what they would be after a break.
				end, text := breaks(src, i+1+w)
				emit.decoded(text, i, end)
				i = end
			} else {
				text, n := unescape(src[i:])
				emit.decoded(text, i, i+n)
				i += n
			}
			run = i
		case isGap(src, i):
			emit.verbatim(run, i)
			i, _ = fold(src, i, emit)
			run = i
		case c >= utf8.RuneSelf:
			r, w := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && w == 1 {
				emit.verbatim(run, i)
				emit.decoded("\uFFFD", i, i+1)
				run = i + 1
			}
			i += w
		default:
			i++
		}
	}
	return i
}

// escapes are the escape sequences that stand for one character each.
var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// unescape decodes the escape sequence at the start of b, and returns its length.
func unescape(b []byte) (string, int) {
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[b[1]]
	if digits == 0 {
		return escapes[b[1]], 2
	}
	r, n := hex(b, 2, digits)
	if r >= 0xD800 && r < 0xDC00 && len(b) > n+1 && b[n] == '\\' && b[n+1] == 'u' {
		// JSON writes what doesn't fit into four digits as two halves.
		if low, end := hex(b, n+2, 4); low >= 0xDC00 && low < 0xE000 {
			return string(0x10000 + (r-0xD800)<<10 + (low - 0xDC00)), end
		}
	}
	return string(r), n
}

// hex reads a number of hexadecimal digits, and returns where it ends.
func hex(b []byte, start, digits int) (r rune, end int) {
	end = min(start+digits, len(b))
	for _, c := range b[start:end] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 + rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 + rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 + rune(c-'A'+10)
		}
	}
	return r, end
}
