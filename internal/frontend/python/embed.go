package python

import (
	"strconv"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// embedCell returns a cell's text, a string or a list of lines, as a document whose bytes map to those of the notebook.
func embedCell(f *source.File, src *doctree.Node, label string) *source.File {
	e := source.Embed(f, label)
	if src.Kind == doctree.String {
		embedString(e, f, src.Span)
	}
	for _, line := range src.Items {
		if line.Kind == doctree.String {
			embedString(e, f, line.Span)
		}
	}
	return e.File()
}

// embedString appends the text of a JSON string.
func embedString(e *source.Embedding, f *source.File, span source.Span) {
	b := f.Bytes
	i, end := span.Start+1, span.End-1
	for i < end {
		run := i
		for run < end && b[run] != '\\' {
			run++
		}
		if run > i {
			e.Verbatim(i, run)
			i = run
			continue
		}
		text, width := unescape(b[i:end])
		e.Decoded(text, i, i+width)
		i += width
	}
}

// unescape decodes the JSON escape at the start of b, and returns its width.
func unescape(b []byte) (string, int) {
	if len(b) < 2 {
		return "\\", len(b)
	}
	switch b[1] {
	case 'n':
		return "\n", 2
	case 't':
		return "\t", 2
	case 'r':
		return "\r", 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'u':
		r, ok := hex4(b)
		if !ok {
			return "\ufffd", 2
		}
		if low, pair := hex4(b[6:]); pair && r >= 0xD800 && r < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
			return string((r-0xD800)<<10 + (low - 0xDC00) + 0x10000), 12
		}
		return string(r), 6
	}
	_, n := utf8.DecodeRune(b[1:])
	return string(b[1 : 1+n]), 1 + n
}

// hex4 reads \uXXXX.
func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}
