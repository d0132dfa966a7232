package pyast

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// tabSize is the tab stop that CPython's tokenizer counts indentation with.
const tabSize = 8

// indent is one level of the indentation stack. alt counts a tab as one column:
// two lines of one level must agree in both, or they mix tabs and spaces.
type indent struct{ col, alt int32 }

// lexer turns the source into tokens, one logical line at a time: the parser
// never needs to look beyond a NEWLINE, and inside one line it can look anywhere.
type lexer struct {
	src      string
	charset  charset
	pos      int
	toks     []token // the current logical line
	first    int     // index of the first token after INDENT and DEDENT
	indents  []indent
	brackets []byte    // open brackets of the current line
	modes    []strMode // open f-strings and their fields
	comments []Comment
	errors   []Error
	bad      []Error // why each tBad of the current line is none
	// unclosed tells that the line did not end where it should have, so that
	// what the lexer swallowed may be whole statements.
	unclosed bool
	// badIndent tells that the line's INDENT was reported already.
	badIndent bool
}

func (l *lexer) emit(k kind, start, end int) {
	l.toks = append(l.toks, token{k, int32(start), int32(end)})
}

func (l *lexer) emitBad(start, end int, msg string) {
	l.bad = append(l.bad, Error{start, end, msg})
	l.emit(tBad, start, end)
}

func (l *lexer) report(start, end int, msg string) {
	l.errors = append(l.errors, Error{start, end, msg})
}

// line reads the next logical line into toks: INDENT or DEDENTs, tokens, then
// NEWLINE or EOF.
func (l *lexer) line() {
	l.toks, l.bad = l.toks[:0], l.bad[:0]
	l.brackets, l.modes = l.brackets[:0], l.modes[:0]
	l.unclosed, l.badIndent = false, false
	if !l.indentation() {
		for range l.indents[1:] {
			l.emit(tDedent, l.pos, l.pos)
		}
		l.indents = l.indents[:1]
		l.first = len(l.toks)
		l.emit(tEOF, l.pos, l.pos)
		return
	}
	l.first = len(l.toks)
	for {
		if n := len(l.modes); n > 0 && l.modes[n-1].text {
			l.stringText()
			continue
		}
		if l.next() {
			return
		}
	}
}

const endAfterBackslash = "unexpected end of file after line continuation character"

// indentation skips blank lines, measures the first line that has a token and
// emits the change of level. It is false at the end of the file.
func (l *lexer) indentation() bool {
	var col, alt int32
	cont := int32(0) // the column of the first backslash, if it isn't 0
	lineStart := l.pos
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; c {
		case ' ':
			col, alt = col+1, alt+1
		case '\t':
			col, alt = (col/tabSize+1)*tabSize, alt+1
		case '\f':
			col, alt = 0, 0
		case '\n', '\r':
			col, alt, cont = 0, 0, 0
			l.pos += newlineLen(l.src, l.pos)
			lineStart = l.pos
			continue
		case '#':
			l.comment()
			continue
		case '\\':
			// The column before the backslash counts, unless nothing stands before it, as in CPython.
			if n := newlineLen(l.src, l.pos+1); n > 0 {
				if cont == 0 {
					cont = col
				}
				if l.pos+1+n >= len(l.src) {
					l.report(l.pos, l.pos+1, endAfterBackslash)
				}
				l.pos += 1 + n
				continue
			}
			fallthrough
		default:
			if cont > 0 {
				col, alt = cont, cont
			}
			l.changeLevel(col, alt, lineStart)
			return true
		}
		l.pos++
	}
	return false
}

// changeLevel compares a line's indentation with the stack.
func (l *lexer) changeLevel(col, alt int32, lineStart int) {
	top := l.indents[len(l.indents)-1]
	if col == top.col {
		if alt != top.alt {
			l.report(lineStart, l.pos, "inconsistent use of tabs and spaces in indentation")
		}
		return
	}
	for col < top.col {
		l.indents = l.indents[:len(l.indents)-1]
		l.emit(tDedent, l.pos, l.pos)
		top = l.indents[len(l.indents)-1]
		if col > top.col {
			l.report(lineStart, l.pos, "unindent does not match any outer indentation level")
			l.badIndent = true
		}
	}
	if col > top.col {
		l.indents = append(l.indents, indent{col, alt})
		l.emit(tIndent, l.pos, l.pos)
	}
	if (col > top.col) != (alt > top.alt) || (col == top.col && alt != top.alt) {
		l.report(lineStart, l.pos, "inconsistent use of tabs and spaces in indentation")
	}
}

// newlineLen is the length of the line break at pos, 0 if there is none.
func newlineLen(s string, pos int) int {
	switch {
	case pos >= len(s):
		return 0
	case s[pos] == '\n':
		return 1
	case s[pos] != '\r':
		return 0
	case pos+1 < len(s) && s[pos+1] == '\n':
		return 2
	}
	return 1
}

// comment records the comment at pos and moves to the end of its line.
func (l *lexer) comment() {
	start := l.pos
	for l.pos < len(l.src) && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
		l.pos++
	}
	l.comments = append(l.comments, Comment{start, l.pos})
}

// next lexes one token outside string text and tells whether the logical line
// is complete.
func (l *lexer) next() bool {
	src := l.src
	pos := l.pos
	for pos < len(src) && src[pos] == ' ' {
		pos++
	}
	l.pos = pos
	if pos >= len(src) {
		return l.endOfFile()
	}
	c := src[pos]
	switch cl := classOf[c]; {
	case cl&cLetter != 0:
		l.name(c, cl)
		return false
	case cl&cDigit != 0:
		l.number()
		return false
	}
	switch c {
	case '\t', '\f':
		l.pos++
	case '\n', '\r':
		return l.newline()
	case '#':
		l.comment()
	case '\\':
		if n := newlineLen(src, pos+1); n > 0 {
			l.pos += 1 + n
			if l.pos >= len(src) {
				l.emitBad(pos, pos+1, endAfterBackslash)
			}
			break
		}
		l.pos++
		l.emitBad(pos, pos+1, "unexpected character after line continuation character")
	case '"', '\'':
		l.str(pos, pos)
	default:
		l.operator(c)
	}
	return false
}

// endOfFile ends the last line; CPython adds the missing line break too.
func (l *lexer) endOfFile() bool {
	if len(l.brackets) > 0 || len(l.modes) > 0 {
		l.unclosed = true
		l.emitBad(l.pos, l.pos, "unexpected end of file in brackets")
	}
	l.emit(tNewline, l.pos, l.pos)
	return true
}

// newline ends the logical line, unless brackets are open and the next line
// does not prove them forgotten.
func (l *lexer) newline() bool {
	start := l.pos
	l.pos += newlineLen(l.src, l.pos)
	if len(l.brackets) == 0 {
		l.emit(tNewline, start, l.pos)
		return true
	}
	p := l.pos
	for p < len(l.src) && (l.src[p] == ' ' || l.src[p] == '\t') {
		p++
	}
	end := p
	for end < len(l.src) && classOf[l.src[end]]&cName != 0 {
		end++
	}
	// A quote after the word cannot make it a string: no keyword is a prefix.
	if end == p || !keyword(l.src[p:end]).opensStatement() {
		return false
	}
	open := l.brackets[len(l.brackets)-1]
	l.unclosed = true
	l.emitBad(start, start, fmt.Sprintf("'%c' was never closed", open))
	l.emit(tNewline, start, l.pos)
	return true
}

// name lexes an identifier, a keyword or a string with a prefix.
func (l *lexer) name(c byte, cl uint8) {
	src, start := l.src, l.pos
	p := start + 1
	high := c
	for p < len(src) && classOf[src[p]]&cName != 0 {
		high |= src[p]
		p++
	}
	if cl&cStringPrefix != 0 && p-start <= 2 && p < len(src) && (src[p] == '"' || src[p] == '\'') &&
		isStringPrefix(src[start:p]) {
		l.str(start, p)
		return
	}
	l.pos = p
	if high < 0x80 {
		l.toks = append(l.toks, token{keyword(src[start:p]), int32(start), int32(p)})
		return
	}
	l.identifier(start, p)
}

// identifier checks a name with bytes beyond ASCII.
func (l *lexer) identifier(start, end int) {
	if l.charset.shape != utf8Shape {
		l.emit(tName, start, end)
		return
	}
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(l.src[i:end])
		ok := r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
		if !ok && i > start {
			ok = unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
		}
		if !ok || r == utf8.RuneError && n <= 1 {
			if i > start {
				l.emit(tName, start, i)
			}
			// The rest of the run is passed over with it: reading it again from each such character is quadratic.
			l.emitBad(i, i+n, "invalid character")
			return
		}
		i += n
	}
	l.emit(tName, start, end)
}

// isStringPrefix tells whether a name of one or two letters may stand before a
// quote.
func isStringPrefix(s string) bool {
	a := s[0] | 0x20
	if len(s) == 1 {
		return a == 'r' || a == 'b' || a == 'u' || a == 'f' || a == 't'
	}
	b := s[1] | 0x20
	if a == 'r' {
		a, b = b, a
	}
	return b == 'r' && (a == 'b' || a == 'f' || a == 't')
}
