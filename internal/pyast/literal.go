package pyast

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxDigits is how many digits an integer may have. CPython refuses longer decimal ones, because converting them takes time
// that grows with the square of their length.
const maxDigits = 4300

// Int64 is the value of a ConstInt that fits.
func (c *Constant) Int64() (int64, bool) {
	if c.Kind != ConstInt {
		return 0, false
	}
	if n, err := strconv.ParseInt(c.Str, 0, 64); err == nil {
		return n, true
	}
	n, ok := c.Big()
	return n.Int64(), ok && n.IsInt64()
}

// Big is the value of a ConstInt of at most maxDigits.
func (c *Constant) Big() (*big.Int, bool) {
	n := new(big.Int)
	if c.Kind != ConstInt {
		return n, false
	}
	text := c.Str
	if strings.Trim(text, "0") == "" {
		text = "0" // 00 is legal in Python, and not octal
	}
	if len(text) > maxDigits+len("0x") {
		return n, false
	}
	if _, ok := n.SetString(text, 0); !ok {
		return new(big.Int), false
	}
	return n, true
}

// constant makes a literal of one token.
func (p *parser) constant(k ConstKind) Expr {
	c := p.constants.alloc()
	t := p.toks[p.i]
	p.i++
	c.span, c.Kind = span{t.start, t.end}, k
	return c
}

// numeric reads the value of a number token.
func (p *parser) numeric() Expr {
	t := p.toks[p.i]
	p.i++
	c := p.constants.alloc()
	c.span = span{t.start, t.end}
	text := p.src[t.start:t.end]
	if strings.IndexByte(text, '_') >= 0 {
		text = strings.ReplaceAll(text, "_", "")
	}
	c.Kind, c.Str = ConstInt, text
	last := text[len(text)-1] | 0x20
	prefixed := len(text) > 1 && text[0] == '0' && text[1] > '9' && text[1]|0x20 != 'e' && text[1]|0x20 != 'j'
	switch {
	case prefixed:
		// Its digits are kept, however many: CPython has no limit for them.
	case last == 'j':
		c.Kind, c.Str = ConstComplex, ""
		c.Num, _ = strconv.ParseFloat(text[:len(text)-1], 64) // out of range is ±Inf, as in Python
	case strings.ContainsAny(text, ".eE"):
		c.Kind, c.Str = ConstFloat, ""
		c.Num, _ = strconv.ParseFloat(text, 64)
	case len(text) > maxDigits:
		p.i--
		p.fail("integer has more than 4300 digits")
	}
	return c
}

// ident is the name of the next token, normalised as CPython does it.
func (p *parser) ident() string {
	t := p.toks[p.i]
	if t.kind != tName {
		p.fail("expected a name")
		return ""
	}
	p.i++
	name := p.src[t.start:t.end]
	for i := 0; i < len(name); i++ {
		if name[i] >= 0x80 {
			if p.charset.shape != utf8Shape && p.charset.chars == nil {
				return opaqueName(p.raw[t.start:t.end])
			}
			text, _ := p.appendText(nil, name)
			return norm.NFKC.String(string(text))
		}
	}
	return name
}

// decode is the value of the text between quotes, and whether it is inexact.
// braces halves doubled braces, as f-strings do outside of format specs.
func (p *parser) decode(s string, raw, octets, braces bool) (string, bool) {
	if p.exact && (raw || strings.IndexByte(s, '\\') < 0) && strings.IndexByte(s, '\r') < 0 &&
		!octets && !(braces && strings.ContainsAny(s, "{}")) {
		return s, false
	}
	d := decoder{p: p, out: p.buf[:0], octets: octets}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\' && !raw:
			i = d.escape(s, i)
		case c == '\r':
			// CPython reads every line break as \n.
			d.out = append(d.out, '\n')
			i += newlineLen(s, i)
		case braces && (c == '{' || c == '}'):
			d.out = append(d.out, c)
			i += 2
		case c < 0x80:
			d.out = append(d.out, c)
			i++
		case octets:
			p.fail("bytes can only contain ascii literal characters")
			return "", true
		default:
			j := i + 1
			for j < len(s) && s[j] >= 0x80 {
				j++
			}
			var exact bool
			d.out, exact = p.appendText(d.out, s[i:j])
			d.inexact = d.inexact || !exact
			i = j
		}
	}
	p.buf = d.out
	return string(d.out), d.inexact
}

// decoder collects the value of a literal.
type decoder struct {
	p       *parser
	out     []byte
	octets  bool
	inexact bool
}

// escape decodes the backslash at i and returns the index after the escape.
func (d *decoder) escape(s string, i int) int {
	if i+1 >= len(s) {
		d.out = append(d.out, '\\')
		return i + 1
	}
	c := s[i+1]
	switch c {
	case '\n', '\r':
		return i + 1 + newlineLen(s, i+1)
	case '\\', '\'', '"':
		d.out = append(d.out, c)
	case 'a', 'b', 'f', 'n', 'r', 't', 'v':
		d.out = append(d.out, "\a\b\f\n\r\t\v"[strings.IndexByte("abfnrtv", c)])
	case '0', '1', '2', '3', '4', '5', '6', '7':
		j, v := i+1, rune(0)
		for ; j < len(s) && j < i+4 && s[j] >= '0' && s[j] <= '7'; j++ {
			v = v<<3 | rune(s[j]-'0')
		}
		d.char(v)
		return j
	case 'x':
		return d.hex(s, i, 2)
	case 'u', 'U', 'N':
		if d.octets {
			d.out = append(d.out, '\\', c)
			break
		}
		if c == 'u' {
			return d.hex(s, i, 4)
		}
		if c == 'U' {
			return d.hex(s, i, 8)
		}
		return d.named(s, i)
	default:
		d.out = append(d.out, '\\')
		return i + 1 // c may be a brace, or the start of a character
	}
	return i + 2
}

// hex decodes \x, \u and \U escapes of n digits.
func (d *decoder) hex(s string, i, n int) int {
	v := rune(0)
	for j := i + 2; j < i+2+n; j++ {
		if j >= len(s) || !isDigit(s[j], 16) {
			d.p.fail("truncated escape in string")
			return len(s)
		}
		digit := rune(s[j] - '0')
		if s[j] > '9' {
			digit = rune(s[j]|0x20-'a') + 10
		}
		v = v<<4 | digit
	}
	if v > utf8.MaxRune || v < 0 {
		d.p.fail("illegal unicode character in string")
		return len(s)
	}
	d.char(v)
	return i + 2 + n
}

// named skips \N{name}. The names of Unicode are a megabyte that no
// configuration value needs.
func (d *decoder) named(s string, i int) int {
	end := strings.IndexByte(s[i:], '}')
	if i+2 >= len(s) || s[i+2] != '{' || end < 4 {
		d.p.fail("malformed \\N character escape")
		return len(s)
	}
	d.out, d.inexact = append(d.out, "\ufffd"...), true
	return i + end + 1
}

// char appends a character, or an octet of a bytes literal. A surrogate is
// written as if it were a character, for Go has no other way to hold it.
func (d *decoder) char(v rune) {
	switch {
	case d.octets:
		d.out = append(d.out, byte(v))
	case v >= 0xd800 && v < 0xe000:
		d.out = append(d.out, 0xe0|byte(v>>12), 0x80|byte(v>>6)&0x3f, 0x80|byte(v)&0x3f)
	default:
		d.out = utf8.AppendRune(d.out, v)
	}
}
