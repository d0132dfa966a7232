package doctree

import (
	"bytes"
	"strings"
)

// walkBlock emits a literal or folded block scalar, and returns the end of its last content line. The text tells how much
// indentation is not part of it, which otherwise depends on the surroundings.
func walkBlock(src []byte, start int, text string, emit emitter) int {
	folded := src[start] == '>'
	var chomp byte
	i := start + 1
	for i < len(src) && strings.IndexByte("+-0123456789", src[i]) >= 0 {
		if src[i] == '+' || src[i] == '-' {
			chomp = src[i]
		}
		i++
	}
	end := i
	for i < len(src) && breakWidth(src, i) == 0 {
		i++
	}
	i += breakWidth(src, i)
	indent := blockIndent(src, i, text)
	if indent < 0 {
		if chomp == '+' {
			_, gap, to := blankLines(src, i, len(src))
			emit.decoded(gap, i, to)
		}
		return end
	}

	// lead is the break of the line before, gap the breaks of the blank lines after it.
	lead, leadAt, wasBlank := "", i, false
	content, gap, gapEnd := blankLines(src, i, indent)
	gapAt := i
	for content >= 0 {
		line := content
		isBlankLine := isBlank(src[line])
		switch {
		case folded && lead == "\n" && !wasBlank && !isBlankLine:
			if gap == "" {
				emit.decoded(" ", leadAt, line)
			}
		case lead == "\n" && src[leadAt] == '\n':
			emit.verbatim(leadAt, leadAt+1)
		default:
			emit.decoded(lead, leadAt, gapAt)
		}
		emit.decoded(gap, gapAt, gapEnd)
		for i = line; i < len(src) && breakWidth(src, i) == 0; {
			i++
		}
		emit.verbatim(line, i)
		end, wasBlank = i, isBlankLine
		lead, leadAt = breakText(src, i), i
		gapAt = i + breakWidth(src, i)
		if lead == "" && len(bytes.TrimLeft(src[line:i], " \t")) == 0 {
			lead = "\n" // so does one with more spaces than the indentation
		}
		content, gap, gapEnd = blankLines(src, gapAt, indent)
	}
	if chomp != '-' && lead != "" {
		if leadAt < len(src) && src[leadAt] == '\n' {
			emit.verbatim(leadAt, leadAt+1)
		} else {
			emit.decoded(lead, leadAt, gapAt)
		}
	}
	if chomp == '+' {
		emit.decoded(gap, gapAt, gapEnd)
	}
	return end
}

// blankLines reads the lines from an offset on that hold no more than the indentation. It returns where the content of the
// line after them begins, or a negative number if that line is no longer part of the scalar; and the text and end of the
// blank lines' breaks.
func blankLines(src []byte, start, indent int) (content int, text string, end int) {
	var b strings.Builder
	end = start
	for {
		i := end
		for i < len(src) && i-end < indent && src[i] == ' ' {
			i++
		}
		if w := breakWidth(src, i); w > 0 {
			b.WriteString(breakText(src, i))
			end = i + w
			continue
		}
		if i == len(src) && i > end { // a last line of spaces counts, though no break ends it
			b.WriteByte('\n')
			end = i
		}
		if i == len(src) || i-end < indent {
			return -1, b.String(), end
		}
		return i, b.String(), end
	}
}

// blockIndent returns how many spaces the content lines of a block scalar begin with that are not part of its text, or a
// negative number if it has no content. The first line of the source that shows anything is the first one of the text that
// does, and has that many spaces more.
func blockIndent(src []byte, start int, text string) int {
	shown := strings.IndexFunc(text, func(c rune) bool { return c != ' ' && c != '\n' && c != '\u2028' && c != '\u2029' })
	line := 0 // which line counts, if none shows anything
	if shown < 0 {
		space := strings.IndexByte(text, ' ')
		if space < 0 {
			return -1
		}
		line = strings.Count(text[:space], "\n")
		shown = space + len(text[space:]) - len(strings.TrimLeft(text[space:], " "))
	}
	kept := shown - len(strings.TrimRight(text[:shown], " "))
	for i := start; i < len(src); line-- {
		first := i
		for i < len(src) && src[i] == ' ' {
			i++
		}
		w := breakWidth(src, i)
		if w == 0 && i < len(src) || strings.TrimLeft(text, " \n") == "" && line == 0 {
			return max(i-first-kept, 0)
		}
		i += w
	}
	return -1
}
