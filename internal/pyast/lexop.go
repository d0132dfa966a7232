package pyast

import "fmt"

// maxBrackets is CPython's MAXLEVEL: how deep brackets nest in one line.
const maxBrackets = 200

// at is the byte at pos, 0 beyond the end.
func (l *lexer) at(pos int) byte {
	if pos < len(l.src) {
		return l.src[pos]
	}
	return 0
}

// operator lexes the operator or bracket that starts with c.
func (l *lexer) operator(c byte) {
	start := l.pos
	k, n := tBad, 1
	switch c {
	case '(':
		k = tLParen
	case '[':
		k = tLBracket
	case '{':
		k = tLBrace
	case ')':
		k = tRParen
	case ']':
		k = tRBracket
	case '}':
		k = tRBrace
	case ',':
		k = tComma
	case ';':
		k = tSemicolon
	case '~':
		k = tTilde
	case ':':
		k = tColon
		if l.at(start+1) == '=' && !l.atField() {
			k, n = tColonAssign, 2
		}
	case '.':
		k, n = l.dot()
	case '=':
		k, n = tAssign, 1
		if l.at(start+1) == '=' {
			k, n = tEq, 2
		}
	case '!':
		if l.at(start+1) == '=' {
			k, n = tNotEq, 2
		} else if l.atField() {
			k = tExclam
		}
	default:
		k, n = l.arithmetic(c)
	}
	if k == tNumber {
		l.number()
		return
	}
	l.pos = start + n
	switch k {
	case tLParen, tLBracket, tLBrace:
		l.open(c, k, start)
	case tRParen, tRBracket, tRBrace:
		l.close(c, k, start)
	case tColon:
		l.emit(k, start, start+1)
		if l.atField() {
			l.openSpec()
		}
	case tBad:
		l.emitBad(start, start+1, fmt.Sprintf("invalid character %q", c))
	default:
		l.emit(k, start, start+n)
	}
}

// dot lexes '.', '...' or the start of a number.
func (l *lexer) dot() (kind, int) {
	next := l.at(l.pos + 1)
	switch {
	case classOf[next]&cDigit != 0:
		return tNumber, 0
	case next == '.' && l.at(l.pos+2) == '.':
		return tEllipsis, 3
	}
	return tDot, 1
}

// arithmetic lexes binary operators, their assignments and comparisons.
func (l *lexer) arithmetic(c byte) (kind, int) {
	next := l.at(l.pos + 1)
	var k kind
	n := 1
	switch c {
	case '+':
		k = tPlus
	case '-':
		if next == '>' {
			return tArrow, 2
		}
		k = tMinus
	case '*':
		k = tStar
		if next == '*' {
			k, n = tDoubleStar, 2
		}
	case '/':
		k = tSlash
		if next == '/' {
			k, n = tDoubleSlash, 2
		}
	case '%':
		k = tPercent
	case '@':
		k = tAt
	case '|':
		k = tPipe
	case '^':
		k = tCaret
	case '&':
		k = tAmp
	case '<':
		switch next {
		case '=':
			return tLtE, 2
		case '<':
			k, n = tLShift, 2
		default:
			return tLt, 1
		}
	case '>':
		switch next {
		case '=':
			return tGtE, 2
		case '>':
			k, n = tRShift, 2
		default:
			return tGt, 1
		}
	default:
		return tBad, 1
	}
	// A field of an f-string may end in '=' only for debugging, so `{a+=}` is
	// wrong either way.
	if l.at(l.pos+n) == '=' {
		return k + (tPlusAssign - tPlus), n + 1
	}
	return k, n
}

// open pushes a bracket.
func (l *lexer) open(c byte, k kind, start int) {
	if len(l.brackets) >= maxBrackets {
		l.emitBad(start, start+1, "too many nested brackets")
		// Keep the stack bounded, and the closing ones out of step: the
		// statement is lost anyhow.
		return
	}
	l.brackets = append(l.brackets, c)
	l.emit(k, start, start+1)
}

// close pops a bracket, and the field of an f-string that it may end.
func (l *lexer) close(c byte, k kind, start int) {
	n := len(l.brackets)
	if n == 0 {
		l.emitBad(start, start+1, fmt.Sprintf("unmatched '%c'", c))
		return
	}
	open := l.brackets[n-1]
	field := l.atField()
	// In ASCII a closing bracket is one or two after its opening one.
	if c != open+1 && c != open+2 {
		l.emitBad(start, start+1, fmt.Sprintf("'%c' does not close '%c'", c, open))
		if field {
			return
		}
		l.brackets = l.brackets[:n-1]
		return
	}
	l.brackets = l.brackets[:n-1]
	l.emit(k, start, start+1)
	if field {
		l.modes = l.modes[:len(l.modes)-1]
	}
}

// number lexes a numeric literal. Its value is read by the parser.
func (l *lexer) number() {
	src, start := l.src, l.pos
	p, ok := start, true
	if src[p] == '0' && p+1 < len(src) {
		switch src[p+1] | 0x20 {
		case 'x':
			p, ok = digits(src, p+2, 16, true)
			l.endNumber(start, p, ok)
			return
		case 'o':
			p, ok = digits(src, p+2, 8, true)
			l.endNumber(start, p, ok)
			return
		case 'b':
			p, ok = digits(src, p+2, 2, true)
			l.endNumber(start, p, ok)
			return
		}
	}
	integer := true
	if src[p] != '.' {
		p, ok = digits(src, p, 10, false)
	}
	if p < len(src) && src[p] == '.' {
		integer = false
		p++
		if p < len(src) && classOf[src[p]]&cDigit != 0 {
			var fraction bool
			p, fraction = digits(src, p, 10, false)
			ok = ok && fraction
		}
	}
	if p < len(src) && src[p]|0x20 == 'e' {
		q := p + 1
		if q < len(src) && (src[q] == '+' || src[q] == '-') {
			q++
		}
		if q < len(src) && classOf[src[q]]&cDigit != 0 {
			integer = false
			var exponent bool
			p, exponent = digits(src, q, 10, false)
			ok = ok && exponent
		}
	}
	if p < len(src) && src[p]|0x20 == 'j' {
		integer = false
		p++
	}
	if integer && src[start] == '0' {
		for _, c := range []byte(src[start:p]) {
			ok = ok && (c == '0' || c == '_') // 0777 is Python 2's
		}
	}
	l.endNumber(start, p, ok)
}

func (l *lexer) endNumber(start, end int, ok bool) {
	l.pos = end
	// "1if" is two tokens as in CPython, which warns; "1abc" is an error.
	if ok && end < len(l.src) && classOf[l.src[end]]&cName != 0 {
		switch word := l.word(end); keyword(word) {
		case tAnd, tElse, tFor, tIf, tIn, tIs, tNot, tOr:
		default:
			// 0_7 and 0x1for come here too: the word is what decides.
			ok = false
			l.pos = end + len(word)
		}
	}
	if !ok {
		l.emitBad(start, l.pos, "invalid number")
		return
	}
	l.emit(tNumber, start, end)
}

// word is the run of name characters at pos.
func (l *lexer) word(pos int) string {
	end := pos
	for end < len(l.src) && classOf[l.src[end]]&cName != 0 {
		end++
	}
	return l.src[pos:end]
}

// digits skips digits of a base with single underscores between them, or also
// before the first one after a prefix.
func digits(s string, p, base int, prefixed bool) (int, bool) {
	digit := prefixed
	start := p
	for p < len(s) {
		c := s[p]
		switch {
		case c == '_':
			if !digit || p+1 >= len(s) || !isDigit(s[p+1], base) {
				return p, false
			}
			digit = false
		case isDigit(c, base):
			digit = true
		default:
			return p, p > start
		}
		p++
	}
	return p, p > start
}

func isDigit(c byte, base int) bool {
	if base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f' {
		return true
	}
	return c >= '0' && c <= '9' && int(c-'0') < base
}
