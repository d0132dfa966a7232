package pyast

import (
	"sort"
	"strings"
)

// piece is text that adjacent literals add up to.
type piece struct {
	span
	text    string // of the first literal
	more    []byte // of all, once there are two
	inexact bool
	some    bool // whether there was any literal
	u       bool // a u prefix on the first
}

// add joins the text of one more literal.
func (c *piece) add(s span, text string, inexact bool) {
	if !c.some {
		c.span, c.some, c.text = s, true, text
	} else {
		if c.more == nil {
			c.more = append(c.more, c.text...)
		}
		c.end = s.end
		c.more = append(c.more, text...)
	}
	c.inexact = c.inexact || inexact
}

// strings parses one string literal or several adjacent ones.
func (p *parser) strings() Expr {
	t := p.toks[p.i]
	if next := p.peek(); t.kind == tString && next != tString && next != tFStart {
		c := p.constants.alloc()
		p.plain(t, c)
		p.accept(tString) // which it no longer is if its escapes are wrong
		return c
	}
	return p.concatenation()
}

// plain decodes a string token into c.
func (p *parser) plain(t token, c *Constant) {
	text := p.src[t.start:t.end]
	c.span, c.Kind = span{t.start, t.end}, ConstStr
	raw, i := false, 0
	for ; text[i] != '"' && text[i] != '\''; i++ {
		switch text[i] {
		case 'r', 'R':
			raw = true
		case 'b', 'B':
			c.Kind = ConstBytes
		case 'u':
			c.U = true
		}
	}
	n := 1
	if len(text) >= i+6 && text[i+1] == text[i] && text[i+2] == text[i] {
		n = 3
	}
	c.Str, c.Inexact = p.decode(text[i+n:len(text)-n], raw, c.Kind == ConstBytes, false)
}

// concatenation parses adjacent literals of any kind.
func (p *parser) concatenation() Expr {
	start := p.start()
	var first Constant
	var text strings.Builder
	// Plain literals are by far the most common, and are long at times: they are
	// collected without quadratic concatenation.
	n := 0
	for p.k() == tString {
		var c Constant
		p.plain(p.toks[p.i], &c)
		if n == 0 {
			first = c
		} else if c.Kind != first.Kind {
			p.fail("cannot mix bytes and nonbytes literals")
			return &p.broken
		}
		first.Inexact = first.Inexact || c.Inexact
		text.WriteString(c.Str)
		n++
		p.accept(tString)
	}
	if p.k() != tFStart {
		c := p.constants.alloc()
		*c = first
		c.span, c.Str = p.from(start), text.String()
		return c
	}
	lit := piece{}
	if n > 0 {
		if first.Kind == ConstBytes {
			p.fail("cannot mix bytes and nonbytes literals")
			return &p.broken
		}
		lit = piece{span: p.from(start), text: text.String(), inexact: first.Inexact, some: true, u: first.U}
	}
	return p.interpolated(start, lit)
}

// interpolated parses f-strings or t-strings and the literals between them;
// lit is what stood before the first.
func (p *parser) interpolated(start int32, lit piece) Expr {
	mark := p.exprs.mark()
	template, plain := false, lit.some
	for n := 0; ; n++ {
		switch t := p.toks[p.i]; t.kind {
		case tString:
			var c Constant
			p.plain(t, &c)
			if c.Kind == ConstBytes {
				p.fail("cannot mix bytes and nonbytes literals")
				break
			}
			p.accept(tString)
			if !lit.some {
				lit.u = c.U
			}
			lit.add(c.span, c.Str, c.Inexact)
			plain = true
			continue
		case tFStart:
			isTemplate, raw := stringKind(p.src[t.start:t.end])
			if n > 0 && template != isTemplate {
				p.fail("cannot mix t-string literals with string or bytes literals")
				break
			}
			template = isTemplate
			p.i++
			p.fstring(&lit, raw, template)
			if !p.failed {
				continue
			}
		default:
		}
		break
	}
	p.flush(&lit)
	if template && plain {
		p.fail("cannot mix t-string literals with string or bytes literals")
	}
	values := p.exprs.take(mark)
	if template {
		return &TemplateStr{p.from(start), values}
	}
	j := p.joined.alloc()
	j.span, j.Values = p.from(start), values
	return j
}

// stringKind reads the prefix of an f-string or t-string.
func stringKind(prefix string) (template, raw bool) {
	for _, c := range []byte(prefix) {
		switch c | 0x20 {
		case 't':
			template = true
		case 'r':
			raw = true
		}
	}
	return template, raw
}

// flush pushes the literal text collected so far, unless it is empty.
func (p *parser) flush(lit *piece) {
	if lit.more != nil {
		lit.text = string(lit.more)
	}
	if lit.text != "" {
		c := p.constants.alloc()
		c.span, c.Kind, c.Str, c.Inexact, c.U = lit.span, ConstStr, lit.text, lit.inexact, lit.u
		p.exprs.push(c)
	}
	*lit = piece{}
}

// fstring parses up to the closing quote. Values go on the expression stack.
func (p *parser) fstring(lit *piece, raw, template bool) {
	for {
		switch p.k() {
		case tFMiddle:
			p.middleText(lit, raw, false)
		case tLBrace:
			p.field(lit, raw, template)
		case tFEnd:
			p.i++
			return
		default:
			p.fail("f-string: expected '}' or the end of the string")
			return
		}
	}
}

// middleText adds one token of literal text.
func (p *parser) middleText(lit *piece, raw, spec bool) {
	t := p.toks[p.i]
	p.i++
	text := p.src[t.start:t.end]
	s := span{t.start, t.end}
	value, inexact := p.decode(text, raw, false, !spec)
	lit.add(s, value, inexact)
}

// field parses a replacement field, from '{' to '}'.
func (p *parser) field(lit *piece, raw, template bool) {
	start := p.start()
	p.i++
	p.enter()
	defer p.leave()
	if k := p.k(); k == tRBrace || k == tExclam || k == tColon || k == tAssign {
		p.fail("f-string: valid expression required before '}'")
		return
	}
	valueStart := p.end()
	value := p.annotatedRHS()
	valueEnd := p.start()
	debug := p.accept(tAssign)
	debugEnd := p.start()
	conversion := -1
	if p.accept(tExclam) {
		switch name := p.ident(); name {
		case "s", "r", "a":
			conversion = int(name[0])
		default:
			p.fail("f-string: invalid conversion character")
		}
	}
	var spec Expr
	if p.k() == tColon {
		spec = p.formatSpec(raw)
	}
	p.expect(tRBrace, "'}'")
	if p.failed {
		return
	}
	if debug {
		text, inexact := p.decode(p.withoutComments(int(valueStart), int(debugEnd)), true, false, false)
		lit.add(span{valueStart, debugEnd}, text, inexact)
		if conversion < 0 && spec == nil {
			conversion = 'r'
		}
	}
	p.flush(lit)
	if template {
		str, _ := p.decode(p.withoutComments(int(valueStart), int(valueEnd)), true, false, false)
		p.exprs.push(&Interpolation{p.from(start), value, str, conversion, spec})
		return
	}
	v := p.formatted.alloc()
	v.span, v.Value, v.Conversion, v.FormatSpec = p.from(start), value, conversion, spec
	p.exprs.push(v)
}

// withoutComments is source text as a debugging field repeats it.
func (p *parser) withoutComments(start, end int) string {
	first := sort.Search(len(p.comments), func(i int) bool { return p.comments[i].Pos >= start })
	var text strings.Builder
	for _, c := range p.comments[first:] {
		if c.Pos >= end {
			break
		}
		text.WriteString(p.src[start:c.Pos])
		start = c.End
	}
	if text.Len() == 0 {
		return p.src[start:end]
	}
	text.WriteString(p.src[start:end])
	return text.String()
}

// formatSpec parses from the colon of a field to before its '}'. Its own fields
// are formatted even in a t-string.
func (p *parser) formatSpec(raw bool) Expr {
	start := p.start()
	p.i++
	mark := p.exprs.mark()
	var lit piece
	for {
		switch p.k() {
		case tFMiddle:
			p.middleText(&lit, raw, true)
			continue
		case tLBrace:
			p.field(&lit, raw, false)
			if !p.failed {
				continue
			}
		default:
		}
		break
	}
	p.flush(&lit)
	j := p.joined.alloc()
	j.span, j.Values = p.from(start), p.exprs.take(mark)
	return j
}
