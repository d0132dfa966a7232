package doctree

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// lines finds offsets for the library's lines and columns. Lines end where YAML 1.1 says, columns count code points.
type lines struct {
	src    []byte
	starts []int
	first  int // index of the line that the library calls 1

	ascii      bool // columns are bytes
	unreadable bool // there are bytes that YAML doesn't allow

	// The place that was asked for last. Nodes come in order, so that a file of one line isn't counted from its start for
	// each of them.
	line, column, at int
}

func newLines(src []byte) lines {
	l := lines{src: src, starts: make([]int, 1, 1+len(src)/lineLength), ascii: true}
	i := 0
	if bytes.HasPrefix(src, bom) {
		i = len(bom)
		l.starts[0] = i
	}
	for i < len(src) {
		c := src[i]
		if c >= ' ' && c < 0x7F || c == '\t' {
			i++
			continue
		}
		l.ascii = l.ascii && c < utf8.RuneSelf
		if w := breakWidth(src, i); w > 0 {
			i += w
			l.starts = append(l.starts, i)
			continue
		}
		w := characterWidth(src[i:])
		l.unreadable = l.unreadable || w == 0
		i += max(w, 1)
	}
	return l
}

// lineLength is a guess at how long lines are, so that there is room for all.
const lineLength = 24

// rebase makes the line that begins at an offset line 1.
func (l *lines) rebase(offset int) {
	l.first = sort.SearchInts(l.starts, offset)
	l.line = 0
}

// from returns the starts of the lines that begin at an offset or after it.
func (l *lines) from(offset int) []int { return l.starts[sort.SearchInts(l.starts, offset):] }

// offset returns the offset of a 1-based line and column.
func (l *lines) offset(line, column int) int {
	i := l.first + line - 1
	if i < 0 || i >= len(l.starts) {
		return len(l.src)
	}
	if l.ascii {
		return min(l.starts[i]+max(column-1, 0), len(l.src))
	}
	if l.line != line || l.column > column {
		l.line, l.column, l.at = line, 1, l.starts[i]
	}
	for ; l.column < column && l.at < len(l.src); l.column++ {
		_, n := utf8.DecodeRune(l.src[l.at:])
		l.at += n
	}
	return l.at
}

// breakWidth returns the length of the line break at an offset, or 0.
func breakWidth(src []byte, i int) int {
	if i >= len(src) {
		return 0
	}
	switch src[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(src) && src[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2: // next line
		if i+1 < len(src) && src[i+1] == 0x85 {
			return 2
		}
	case 0xE2: // line and paragraph separators
		if i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xA8 {
			return 3
		}
	}
	return 0
}

// breakText returns what the line break at an offset becomes in a scalar.
func breakText(src []byte, i int) string {
	switch breakWidth(src, i) {
	case 0:
		return ""
	case 3:
		return string(src[i : i+3])
	}
	return "\n"
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isSpace(c byte) bool { return isBlank(c) || c == '\n' || c == '\r' }

// isGap reports whether a blank or a line break stands at an offset.
func isGap(src []byte, i int) bool {
	if c := src[i]; c > ' ' && c < utf8.RuneSelf {
		return false
	}
	return isBlank(src[i]) || breakWidth(src, i) > 0
}

// characterWidth returns the length of the character at the start of b, or 0 if YAML doesn't allow it.
func characterWidth(b []byte) int {
	if c := b[0]; c < utf8.RuneSelf {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F {
			return 0
		}
		return 1
	}
	r, w := utf8.DecodeRune(b)
	if r == utf8.RuneError && w == 1 || r < 0xA0 && r != 0x85 || r == 0xFFFE || r == 0xFFFF {
		return 0
	}
	return w
}

// skipSeparation returns the end of the blanks, line breaks and comments at an offset.
func skipSeparation(src []byte, start int) int {
	i := start
	for i < len(src) {
		switch {
		case isGap(src, i):
			i += max(breakWidth(src, i), 1)
		case src[i] == '#' && i > start:
			for i < len(src) && breakWidth(src, i) == 0 {
				i++
			}
		default:
			return i
		}
	}
	return i
}

// tagEnd returns the end of the tag at an offset.
func tagEnd(src []byte, start int) int {
	if i := start + 1; i < len(src) && src[i] == '<' {
		if n := bytes.IndexByte(src[i:], '>'); n >= 0 {
			return i + n + 1
		}
	}
	i := start
	for i < len(src) && !isGap(src, i) && bytes.IndexByte([]byte(",[]{}"), src[i]) < 0 {
		i++
	}
	return i
}

// closing returns the end of the bracket or brace that closes a flow collection, whose last value ends at an offset.
func closing(src []byte, start int) int {
	i := start
	for i < len(src) {
		switch c := src[i]; {
		case c == ']' || c == '}':
			return i + 1
		case c == '#' && (i == 0 || isBlank(src[i-1]) || src[i-1] == '\n' || src[i-1] == '\r' || i == start):
			for i < len(src) && breakWidth(src, i) == 0 {
				i++
			}
		default:
			i++
		}
	}
	return i
}
