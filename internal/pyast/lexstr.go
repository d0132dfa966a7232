package pyast

import "strings"

// strMode is one entry of the stack that PEP 701 asks of a tokenizer: the text
// of an f-string, a replacement field in it, or the format spec of that field.
type strMode struct {
	text   bool // literal text, of the string or of a spec; otherwise a field
	spec   bool // the text of a format spec
	triple bool
	raw    bool
	quote  byte
	depth  int32 // open brackets: before the string (text), or with the field's own
	start  int32 // where the string starts
}

// atField tells that the lexer is in a replacement field and outside any bracket
// opened there, where ':', '!' and '}' belong to the field.
func (l *lexer) atField() bool {
	n := len(l.modes)
	return n > 0 && !l.modes[n-1].text && int(l.modes[n-1].depth) == len(l.brackets)
}

// str lexes a string literal whose prefix starts at start and whose quote is at
// pos; of an f-string, only the start.
func (l *lexer) str(start, pos int) {
	src, quote := l.src, l.src[pos]
	triple := l.at(pos+1) == quote && l.at(pos+2) == quote
	open := 1
	if triple {
		open = 3
	}
	raw := false
	for _, c := range []byte(src[start:pos]) {
		switch c | 0x20 {
		case 'r':
			raw = true
		case 'f', 't':
			l.pos = pos + open
			l.emit(tFStart, start, l.pos)
			raw = raw || src[pos-1]|0x20 == 'r'
			l.modes = append(l.modes, strMode{text: true, triple: triple, raw: raw, quote: quote,
				depth: int32(len(l.brackets)), start: int32(start)})
			return
		}
	}
	p := pos + open
	for p < len(src) {
		switch src[p] {
		case quote:
			if !triple {
				l.pos = p + 1
				l.emit(tString, start, l.pos)
				return
			}
			if p+2 < len(src) && src[p+1] == quote && src[p+2] == quote {
				l.pos = p + 3
				l.emit(tString, start, l.pos)
				return
			}
		case '\\':
			p += max(1, newlineLen(src, p+1))
		case '\n', '\r':
			if !triple {
				l.unterminated(start, p)
				return
			}
		}
		p++
	}
	l.unterminated(start, len(src))
	l.unclosed = l.unclosed || triple
}

// unterminated ends a string at end. A single-quoted f-string around it is taken
// to end there too: it is the likelier mistake, and costs one line.
func (l *lexer) unterminated(start, end int) {
	l.pos = end
	l.emitBad(start, end, "unterminated string")
	l.dropString()
}

// dropString leaves the innermost f-string, if it is single-quoted or the file
// is over.
func (l *lexer) dropString() {
	for i := len(l.modes) - 1; i >= 0; i-- {
		if m := l.modes[i]; m.text && !m.spec {
			if !m.triple || l.pos >= len(l.src) {
				// A field goes on over line breaks, and may have swallowed statements.
				l.unclosed = l.unclosed || strings.ContainsAny(l.src[m.start:l.pos], "\r\n")
				l.modes = l.modes[:i]
				l.brackets = l.brackets[:m.depth]
			}
			return
		}
	}
}

// stringText lexes text of an f-string up to and including the token after it:
// the start of a field, the end of a spec, or the closing quote.
func (l *lexer) stringText() {
	src, start := l.src, l.pos
	m := l.modes[len(l.modes)-1]
	p := start
	for p < len(src) {
		c := src[p]
		switch {
		case c == '{':
			if !m.spec && l.at(p+1) == '{' {
				p += 2
				continue
			}
			l.middle(start, p)
			l.openField(p, m)
			return
		case c == '}':
			if m.spec {
				l.middle(start, p)
				l.modes = l.modes[:len(l.modes)-1]
				l.pos = p + 1
				l.close('}', tRBrace, p)
				return
			}
			if l.at(p+1) == '}' {
				p += 2
				continue
			}
			l.middle(start, p)
			l.pos = p + 1
			l.emitBad(p, p+1, "f-string: single '}' is not allowed")
			return
		case c == m.quote && (!m.triple || l.at(p+1) == c && l.at(p+2) == c):
			l.endString(start, p, m)
			return
		case c == '\\':
			p = l.skipEscape(p, m.raw)
			continue
		case (c == '\n' || c == '\r') && !m.triple:
			if end := len(src) - len(strings.TrimLeft(src[p:], " \t\f\r\n")); m.spec && l.at(end) == '}' {
				// Python 3.12 and 3.13 let a format spec end in line breaks.
				l.middle(start, p)
				l.pos = end
				return
			}
			l.unterminated(start, p)
			return
		}
		p++
	}
	l.unclosed = true
	l.unterminated(start, len(src))
}

// middle emits the text before p, if there is any.
func (l *lexer) middle(start, p int) {
	if p > start {
		l.emit(tFMiddle, start, p)
	}
}

// openField enters the replacement field at p.
func (l *lexer) openField(p int, m strMode) {
	l.pos = p + 1
	n := len(l.brackets)
	l.open('{', tLBrace, p)
	if len(l.brackets) == n {
		return // too deep: what follows is read as text
	}
	l.modes = append(l.modes, strMode{quote: m.quote, triple: m.triple, raw: m.raw, depth: int32(n + 1), start: m.start})
}

// openSpec enters the format spec after the colon just lexed.
func (l *lexer) openSpec() {
	m := l.modes[len(l.modes)-1]
	m.text, m.spec = true, true
	l.modes = append(l.modes, m)
}

// endString ends the f-string whose closing quote is at p.
func (l *lexer) endString(start, p int, m strMode) {
	l.middle(start, p)
	l.pos = p + 1
	if m.triple {
		l.pos = p + 3
	}
	if m.spec {
		l.emitBad(p, l.pos, "f-string: expecting '}'")
		l.dropString()
		return
	}
	l.emit(tFEnd, p, l.pos)
	l.modes = l.modes[:len(l.modes)-1]
}

// skipEscape is the position after the escape at p. A backslash does not escape
// a brace, and the braces of \N{name} are no field.
func (l *lexer) skipEscape(p int, raw bool) int {
	c := l.at(p + 1)
	switch {
	case c == '{' || c == '}':
		return p + 1
	case c == 'N' && !raw && l.at(p+2) == '{':
		for q := p + 3; q < len(l.src); q++ {
			c := l.src[q]
			if c == '}' {
				return q + 1
			}
			if c == '"' || c == '\'' || c == '\n' || c == '\r' || c == '{' {
				break
			}
		}
		return p + 3
	}
	return min(p+1+max(1, newlineLen(l.src, p+1)), len(l.src))
}
