package spelling

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/source"
)

// A walk compares one text with what stands at a place.
type walk struct {
	notation
	file *source.File
	src  []byte
	at   int
	runs []Run
}

// verbatim notes bytes that stand for themselves.
func (w *walk) verbatim(start, end int) {
	if n := len(w.runs); n > 0 && w.runs[n-1].Text == "" && w.runs[n-1].At.End == start {
		w.runs[n-1].At.End = end
		return
	}
	w.runs = append(w.runs, Run{At: w.file.Span(start, end)})
}

// decoded notes bytes that stand for a text, and goes on behind them.
func (w *walk) decoded(text string, width int) {
	w.runs = append(w.runs, Run{Text: text, At: w.file.Span(w.at, w.at+width)})
	w.at += width
}

// What is looked at of blanks, and of what is put into a text: past it nothing fits. A text of nothing but line breaks may not
// cost the square of its length.
const (
	maxFold  = 256
	maxBlank = 4096
	maxPutIn = 4096
)

// text reports whether a text stands next, and passes over it.
func (w *walk) text(text string) bool {
	if text == "" {
		return false
	}
	w.trimmed(text)
	for text != "" {
		if w.at == w.end && strings.Trim(text, "\r\n") == "" {
			w.decoded(text, 0) // the last break of a block of YAML is behind it
			return true
		}
		n := w.same(text)
		if n == 0 {
			n = w.other(text)
		}
		if n == 0 {
			return false
		}
		text = text[n:]
		if c := w.src[w.at-1]; c == '\n' || c == '\r' {
			w.indentation(text)
		}
	}
	return true
}

// trimmed passes over blanks and line breaks that were taken away, as ${~ } and trimspace() do, and over the indentation of
// the first line.
func (w *walk) trimmed(text string) {
	width, kept := w.spaces(maxBlank), 0
	for kept < len(text) && kept <= width && isSpace(text[kept]) {
		kept++
	}
	if kept <= width && string(w.src[w.at+width-kept:w.at+width]) == text[:kept] {
		w.at += width - kept
		return
	}
	w.indentation(text)
}

// spaces returns how many blanks and line breaks stand next, up to a limit.
func (w *walk) spaces(limit int) int {
	i, end := w.at, min(w.end, w.at+limit)
	for i < end && isSpace(w.src[i]) {
		i++
	}
	return i - w.at
}

// same passes over bytes that stand for themselves, up to the end of a line, and returns how many they are.
func (w *walk) same(text string) int {
	start := w.at
	for n := range len(text) {
		if w.at >= w.end {
			break
		}
		c := w.src[w.at]
		if c != text[n] || w.special(c, text[n:]) {
			break
		}
		w.at++
		if c == '\n' {
			break
		}
	}
	if w.at > start {
		w.verbatim(start, w.at)
	}
	return w.at - start
}

// special reports whether a byte may not stand for itself where a text goes on like that.
func (w *walk) special(c byte, text string) bool {
	switch c {
	case '\\':
		return w.escapes
	case '"', '\'':
		return w.closing != "" && bytes.HasPrefix(w.src[w.at:w.end], []byte(w.closing))
	case '$', '%':
		return w.introducer(text) > 0
	case '{', '}':
		return w.braces
	case ' ', '\t', '\n', '\r':
		return w.folds && c == '\n' && w.blankLines(text)
	}
	return false
}

// introducer returns the length of what stands for "${" or "%{" itself: $${ and %%{ in HCL, ${! in CloudFormation.
func (w *walk) introducer(text string) int {
	if len(text) < 2 || text[1] != '{' || w.at+2 >= w.end || w.src[w.at] != text[0] {
		return 0
	}
	second, third := w.src[w.at+1], w.src[w.at+2]
	switch {
	case second == text[0] && third == '{':
		return 3
	case text[0] == '$' && second == '{' && third == '!' && !strings.HasPrefix(text, "${!"):
		return 3
	}
	return 0
}

// blankLines reports whether a line break is followed by others which the text has one fewer of, as folded text has.
func (w *walk) blankLines(text string) bool {
	width, folded := w.fold(text)
	return width > 0 && text[0] == '\n' && w.goesOn(width, text[folded:])
}

// goesOn reports whether a text may go on behind so many bytes.
func (w *walk) goesOn(width int, text string) bool {
	next := w.at + width
	if text == "" || next >= w.end {
		return text == ""
	}
	return w.src[next] == text[0] || w.src[next] == '\\' || w.src[next] == '$'
}

// fold returns the length of the blanks and line breaks that stand next, and how much of the text they are where they are
// folded: one break is a blank, more are one fewer. Nothing where that isn't what the text has.
func (w *walk) fold(text string) (width, folded int) {
	width = w.spaces(maxFold)
	breaks := bytes.Count(w.src[w.at:w.at+width], []byte{'\n'})
	switch {
	case width == maxFold || breaks == 0:
		return 0, 0
	case breaks == 1 && text[0] == ' ':
		return width, 1
	}
	for folded < breaks && folded < len(text) && text[folded] == '\n' {
		folded++
	}
	if breaks == 1 || folded != breaks-1 {
		return 0, 0
	}
	return width, folded
}

// other passes over bytes that stand for something else, and returns how much of the text that is.
func (w *walk) other(text string) int {
	if w.at >= w.end {
		return 0
	}
	rest := w.src[w.at:w.end]
	switch c := rest[0]; {
	case c == '\\' && w.escapes:
		return w.escape(rest, text)
	case w.doubled && c == w.closing[0] && len(rest) > 1 && rest[1] == c && text[0] == c:
		w.decoded(text[:1], 2)
		return 1
	case (c == '$' || c == '%') && w.introducer(text) > 0:
		w.decoded(text[:2], w.introducer(text))
		return 2
	case w.braces && (c == '{' || c == '}') && len(rest) > 1 && rest[1] == c && text[0] == c:
		w.decoded(text[:1], 2)
		return 1
	case text[0] == '\n' && bytes.HasPrefix(rest, []byte("\r\n")):
		w.decoded("\n", 2)
		return 1
	}
	if w.folds && isSpace(rest[0]) {
		if width, folded := w.fold(text); width > 0 && w.goesOn(width, text[folded:]) {
			w.decoded(text[:folded], width)
			return folded
		}
	}
	return 0
}

// escapes are the sequences that stand for one character each, in any of the languages.
var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b", ' ': " ",
	'"': `"`, '\'': "'", '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// escape passes over an escape sequence that stands for the beginning of a text.
func (w *walk) escape(rest []byte, text string) int {
	if len(rest) < 2 {
		return 0
	}
	if rest[1] == '\n' || rest[1] == '\r' { // a line that goes on in the next
		return w.continued(rest, text)
	}
	if s, ok := escapes[rest[1]]; ok && strings.HasPrefix(text, s) {
		w.decoded(s, 2)
		return len(s)
	}
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[1]]; digits > 0 {
		r, width := hexadecimal(rest, 2, digits)
		if r >= 0xD800 && r < 0xDC00 && len(rest) > width+1 && rest[width] == '\\' && rest[width+1] == 'u' {
			// JSON writes what doesn't fit into four digits as two halves.
			if low, end := hexadecimal(rest, width+2, 4); low >= 0xDC00 && low < 0xE000 {
				r, width = 0x10000+(r-0xD800)<<10+(low-0xDC00), end
			}
		}
		if s := string(r); width > 0 && strings.HasPrefix(text, s) {
			w.decoded(s, width)
			return len(s)
		}
	}
	if text[0] == '\\' { // Python leaves alone what it doesn't know
		w.verbatim(w.at, w.at+1)
		w.at++
		return 1
	}
	return 0
}

// continued passes over an escaped line break, which stands for nothing, along with what goes with it.
func (w *walk) continued(rest []byte, text string) int {
	i := 1
	for i < len(rest) && i < maxBlank && isSpace(rest[i]) {
		i++
	}
	for _, width := range []int{i, bytes.IndexByte(rest[:min(len(rest), 3)], '\n') + 1} { // YAML takes the blanks after it away, Python doesn't
		if width <= 0 || width >= len(rest) {
			continue
		}
		next := *w
		next.at += width
		if n := next.same(text); n > 0 {
			*w = next
			return n
		}
		if next.at < next.end && next.src[next.at] == '\\' && bytes.IndexByte(next.src[next.at+1:min(next.at+2, next.end)], '\n') < 0 {
			if n := next.escape(next.src[next.at:next.end], text); n > 0 {
				*w = next
				return n
			}
		}
	}
	return 0
}

// hexadecimal reads a number of digits, and returns where it ends; 0 where they are no digits.
func hexadecimal(b []byte, start, digits int) (r rune, end int) {
	if end = start + digits; end > len(b) {
		return 0, 0
	}
	for _, c := range b[start:end] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 + rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 + rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 + rune(c-'A'+10)
		default:
			return 0, 0
		}
	}
	if r < 0 || r > utf8.MaxRune {
		return 0, 0
	}
	return r, end
}

// indentation passes over the blanks at the beginning of a line that the text doesn't have.
func (w *walk) indentation(text string) {
	i := w.at
	for i < w.end && isBlank(w.src[i]) {
		i++
	}
	kept := 0
	for kept < len(text) && isBlank(text[kept]) {
		kept++
	}
	if extra := i - w.at - kept; extra > 0 && string(w.src[i-kept:i]) == text[:kept] {
		w.at += extra
	}
}

// putIn reports whether something is put into the text at this place.
func (w *walk) putIn() bool {
	if w.at+1 >= w.end {
		return false
	}
	c, next := w.src[w.at], w.src[w.at+1]
	return (c == '$' || c == '%') && next == '{' || w.braces && c == '{' && next != '{'
}

// closed returns where that ends which is put into a text at this place, or a negative number.
func (w *walk) closed() int {
	depth, quote := 0, byte(0)
	for i := w.at; i < min(w.end, w.at+maxPutIn); i++ {
		switch c := w.src[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' && w.closing != `"` || c == '\'' && w.closing == `"` && w.braces:
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// ended reports whether nothing follows but what closes the text.
func (w *walk) ended() bool {
	rest := w.src[w.at+w.spaces(maxBlank) : w.end]
	if w.closing != "" {
		return string(rest) == w.closing
	}
	return len(rest) == 0 || w.marked && isWord(rest)
}

func isWord(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > 'z' || c > '9' && c < 'A' || c > 'Z' && c < 'a' && c != '_' {
			return false
		}
	}
	return true
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isSpace(c byte) bool { return isBlank(c) || c == '\n' || c == '\r' }
