package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/vpclint/vpclint/internal/secret"
)

const (
	tabStop = 4
	// defaultWidth bounds a snippet where no terminal tells its width: a notebook may be one line of a megabyte.
	defaultWidth = 160
	minWidth     = 40
	// lookAround bounds the bytes of a line that are looked at, on either side of the place's start.
	lookAround = 4096
	ellipsis   = "…"
)

// A glyph is a piece of a line as it is printed, and the columns it takes.
type glyph struct {
	text  string
	width int
}

// A snippet is a line of source as it is printed, and the columns [from, to) of the place on it.
type snippet struct {
	text     string
	from, to int
}

// snip returns the place's line in at most columns columns, cut around the place, with asterisks for what is masked.
func snip(p place, columns int, masked []secret.Found) snippet {
	columns = max(columns, minWidth)
	lo, hi := clip(p)
	glyphs, starts := layout(p.text[lo:hi], lo, masked)
	total := starts[len(glyphs)]
	from, to := -1, -1
	at := lo
	for i, r := 0, p.text[lo:hi]; i < len(glyphs); i++ {
		_, n := utf8.DecodeRune(r)
		if at == p.start {
			from = starts[i]
		}
		if at == p.end {
			to = starts[i]
		}
		r, at = r[n:], at+n
	}
	if from < 0 {
		from = total
	}
	if to < 0 {
		to = total
	}
	to = max(to, from+1)
	if total <= columns && lo == 0 && hi == len(p.text) {
		return snippet{text: join(glyphs), from: from, to: to}
	}
	first, last := window(total, columns, from, to)
	cutLeft, cutRight := first > 0 || lo > 0, last < total || hi < len(p.text)
	return cut(glyphs, starts, first, last, cutLeft, cutRight).around(from, to)
}

// clip returns the part of the place's line that is looked at, on whole characters.
func clip(p place) (lo, hi int) {
	lo = max(p.start-lookAround, 0)
	lo = runeStart(p.text, lo)
	hi = min(p.start+lookAround, len(p.text))
	hi = max(runeStart(p.text, hi), p.start)
	return lo, hi
}

// layout returns the glyphs of a part of a line that begins at an offset, one for each character, and the column where each
// begins; one more for the end.
func layout(line []byte, at int, masked []secret.Found) (glyphs []glyph, starts []int) {
	glyphs = make([]glyph, 0, len(line))
	starts = make([]int, 0, len(line)+1)
	column := 0
	for i := 0; i < len(line); {
		r, n := utf8.DecodeRune(line[i:])
		g := glyphOf(r, string(line[i:i+n]), column)
		if ordersAt(line, i) {
			g = glyph{escapedHash, len(escapedHash)}
		}
		for len(masked) > 0 && masked[0].End <= at+i {
			masked = masked[1:]
		}
		if len(masked) > 0 && masked[0].Start <= at+i {
			g = glyph{"*", 1}
		}
		glyphs = append(glyphs, g)
		starts = append(starts, column)
		column += g.width
		i += n
	}
	return glyphs, append(starts, column)
}

func glyphOf(r rune, raw string, column int) glyph {
	if r == '\t' {
		n := tabStop - column%tabStop
		return glyph{strings.Repeat(" ", n), n}
	}
	if shown := escapeRune(r, raw); shown != "" {
		return glyph{shown, len(shown)}
	}
	return glyph{raw, runeWidth(r)}
}

// runeWidth returns the columns that a terminal gives to a printable rune.
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner,
		unicode.In(r, unicode.Mn, unicode.Me),
		r >= 0x1160 && r <= 0x11FF: // Hangul vowels and finals, which join the consonant before them
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// window chooses which columns [first, last) of a long line are shown: from its beginning if the place is visible so,
// else with a third of the width before the place.
func window(total, columns, from, to int) (first, last int) {
	if to+len(ellipsis) > columns {
		first = max(from-columns/3, 0)
	}
	if first+columns > total {
		first = max(total-columns, 0)
		// An insertion point at the line's end needs a column too.
		if from >= total {
			first = max(total+1-columns, 0)
		}
	}
	return first, min(first+columns, total)
}

// cut returns the glyphs that lie wholly in [first, last), with an ellipsis where something is left out. Its from and to
// are the columns of the line that the text shows.
func cut(glyphs []glyph, starts []int, first, last int, cutLeft, cutRight bool) snippet {
	var b strings.Builder
	s := snippet{from: first, to: last}
	if cutLeft {
		b.WriteString(ellipsis)
		first++
	}
	if cutRight {
		last--
	}
	column := first
	for i, g := range glyphs {
		if starts[i] < first || starts[i+1] > last || g.width == 0 && starts[i] == first {
			continue
		}
		// Half of a wide character at the edge becomes blank.
		b.WriteString(strings.Repeat(" ", starts[i]-column))
		b.WriteString(g.text)
		column = starts[i+1]
	}
	if cutRight {
		b.WriteString(strings.Repeat(" ", max(last-column, 0)))
		b.WriteString(ellipsis)
	}
	s.text = b.String()
	return s
}

// around turns a cut text, whose from and to say what it shows, into a snippet of the place [from, to).
func (s snippet) around(from, to int) snippet {
	shown := max(s.to-s.from, 1)
	from = min(max(from-s.from, 0), shown)
	to = min(to-s.from, max(shown, from+1))
	return snippet{text: s.text, from: from, to: max(to, from+1)}
}

func join(glyphs []glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteString(g.text)
	}
	return b.String()
}

// columnsOf returns the columns that a terminal gives to text: none to the escape sequences that paint it and make links.
func columnsOf(text string) int {
	n := 0
	for {
		before, sequence, _ := strings.Cut(text, "\x1b")
		for _, r := range before {
			n += runeWidth(r)
		}
		end := "m"
		if strings.HasPrefix(sequence, "]") {
			end = "\x1b\\"
		}
		_, rest, found := strings.Cut(sequence, end)
		if !found {
			return n
		}
		text = rest
	}
}

// wrap breaks text between words into lines of at most columns columns, but for words that are longer. It also returns the
// columns of the widest line.
func wrap(text string, columns int) (lines []string, widest int) {
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		n := columnsOf(word)
		if line != "" && used+1+n > columns {
			lines, widest = append(lines, line), max(widest, used)
			line, used = "", 0
		}
		if line != "" {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	return append(lines, line), max(widest, used)
}
