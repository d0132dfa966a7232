package shell

import (
	"strings"

	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A shorthand reads the AWS CLI's shorthand syntax, Name=value,Other=[a,b],Inner={Name=value}
// (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html). What it takes is what
// https://github.com/aws/aws-cli/blob/develop/awscli/shorthand.py takes.
type shorthand struct {
	*arguments
	*layout
	src   string
	at    int
	depth int
}

// A short is what shorthand says before the service's model gives it types: a text, a list, or an object.
type short struct {
	start, end int
	kind       kind
	text       text
	list       []short
	pairs      []pair
}

type kind uint8

const (
	isText kind = iota
	isList
	isObject
)

type pair struct {
	name       string
	start, end int
	value      short
}

// maxShorthandDepth is how deep shorthand may nest.
const maxShorthandDepth = 60

// shorthand returns what a text says in shorthand. What can't be read isn't known.
func (a *arguments) shorthand(t text, form schema.Form, object *schema.Object, at source.Span) value.Value {
	l := newLayout(t)
	p := &shorthand{arguments: a, layout: l, src: string(l.file.Bytes)}
	pairs, ok := p.pairs()
	if !ok {
		reason := t.reason()
		if reason == "" {
			reason = "it is no shorthand that can be read"
		}
		return value.OfOpaque(reason).WithOrigin(&value.Origin{Span: t.span(), Via: t.via()})
	}
	if list, isList := form.List(); isList {
		form = list
	}
	return p.object(pairs, form, object).WithOrigin(&value.Origin{Span: at, Via: l.via(0, len(p.src))})
}

// pairs reads keyval *("," keyval) up to the end.
func (p *shorthand) pairs() ([]pair, bool) {
	var pairs []pair
	for {
		one, ok := p.pair(p.values)
		if !ok {
			return nil, false
		}
		for _, other := range pairs {
			if other.name == one.name {
				return nil, false
			}
		}
		pairs = append(pairs, one)
		if p.at >= len(p.src) {
			return pairs, true
		}
		if !p.expect(',') {
			return nil, false
		}
	}
}

// pair reads a name, "=" and a value.
func (p *shorthand) pair(read func() (short, bool)) (pair, bool) {
	start := p.at
	for p.at < len(p.src) && isKeyByte(p.src[p.at]) {
		p.at++
	}
	one := pair{name: p.src[start:p.at], start: start, end: p.at}
	p.blanks()
	file := p.peek() == '@'
	if file {
		p.at++
		p.blanks()
	}
	if !p.expect('=') {
		return pair{}, false
	}
	v, ok := read()
	if !ok {
		return pair{}, false
	}
	if file {
		v = p.files(v)
	}
	one.value = v
	return one, true
}

// files marks what a name behind "@=" refers to as unknown where it is a file: what its text says has no form.
func (p *shorthand) files(v short) short {
	switch {
	case v.kind == isText && strings.HasPrefix(v.text.lead(), "file"):
		v.text = text{{unknown: value.OfOpaque(v.text.lead() + " is a file"), at: v.text.span()}}
	case v.kind == isList:
		for i := range v.list {
			v.list[i] = p.files(v.list[i])
		}
	}
	return v
}

func isKeyByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.#/:", c) >= 0
}

func (p *shorthand) peek() byte {
	if p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

func (p *shorthand) blanks() {
	for p.at < len(p.src) && strings.IndexByte(" \t\n\r\v\f", p.src[p.at]) >= 0 {
		p.at++
	}
}

// expect passes over a character, and the blanks around it.
func (p *shorthand) expect(c byte) bool {
	p.blanks()
	if p.peek() != c {
		return false
	}
	p.at++
	p.blanks()
	return true
}

// values reads a list, an object, or values with commas between.
func (p *shorthand) values() (short, bool) {
	switch p.peek() {
	case '[':
		return p.explicitList()
	case '{':
		return p.literalObject()
	}
	return p.separated()
}

// separated reads one value, or several with commas between: Names=a,b,Other=c.
func (p *shorthand) separated() (short, bool) {
	start := p.at
	first, ok := p.first()
	if !ok {
		return short{}, false
	}
	p.blanks()
	if p.peek() != ',' {
		return first, true
	}
	p.expect(',')
	list := []short{first}
	for {
		one, ok := p.second()
		if ok {
			p.blanks()
			if p.at >= len(p.src) {
				list = append(list, one)
				break
			}
			ok = p.expect(',')
		} else if p.at >= len(p.src) {
			return short{}, false
		}
		if !ok {
			p.at = strings.LastIndexByte(p.src[:p.at+1], ',')
			break
		}
		list = append(list, one)
	}
	if len(list) == 1 {
		return first, true
	}
	return short{kind: isList, list: list, start: start, end: p.at}, true
}

func (p *shorthand) explicitList() (short, bool) {
	start := p.at
	if p.depth++; p.depth > maxShorthandDepth {
		return short{}, false
	}
	defer func() { p.depth-- }()
	p.expect('[')
	list := []short{}
	for p.peek() != ']' {
		v, ok := p.explicit()
		if !ok {
			return short{}, false
		}
		list = append(list, v)
		if !p.next(']') {
			return short{}, false
		}
	}
	p.at++
	return short{kind: isList, list: list, start: start, end: p.at}, true
}

// next passes over the comma between two values, unless what closes them follows.
func (p *shorthand) next(closing byte) bool {
	p.blanks()
	if p.peek() == closing {
		return true
	}
	if p.peek() != ',' {
		return false
	}
	p.at++
	p.blanks()
	return true
}

func (p *shorthand) explicit() (short, bool) {
	switch p.peek() {
	case '[':
		return p.explicitList()
	case '{':
		return p.literalObject()
	case 0:
		return short{}, false
	}
	return p.first()
}

func (p *shorthand) literalObject() (short, bool) {
	start := p.at
	if p.depth++; p.depth > maxShorthandDepth {
		return short{}, false
	}
	defer func() { p.depth-- }()
	p.expect('{')
	var pairs []pair
	for p.peek() != '}' {
		one, ok := p.pair(p.explicit)
		if !ok || !p.next('}') {
			return short{}, false
		}
		pairs = append(pairs, one)
	}
	p.at++
	return short{kind: isObject, pairs: pairs, start: start, end: p.at}, true
}

// first reads a value at the place of a first one, which may be empty.
func (p *shorthand) first() (short, bool) {
	if c := p.peek(); c == '\'' || c == '"' {
		return p.quoted(c)
	}
	return p.word(isFirst), true
}

// second reads a value that follows another and a comma.
func (p *shorthand) second() (short, bool) {
	if c := p.peek(); c == '\'' || c == '"' {
		return p.quoted(c)
	}
	start := p.at
	v := p.word(isSecond)
	return v, p.at > start
}

// word reads a value without quotes. A comma in it has a backslash before it.
func (p *shorthand) word(follows func(byte) bool) short {
	start := p.at
	for p.at < len(p.src) {
		if strings.HasPrefix(p.src[p.at:], `\,`) {
			p.at += 2
			continue
		}
		c := p.src[p.at]
		if p.at == start && !isStart(c) || p.at > start && !follows(c) {
			break
		}
		p.at++
	}
	end := start + len(strings.TrimRight(p.src[start:p.at], " \t\n\r\v\f"))
	return short{text: unescaped(p.slice(start, end), `\,`, ","), start: start, end: end}
}

// quoted reads what stands in quotes.
func (p *shorthand) quoted(quote byte) (short, bool) {
	start := p.at
	for i := p.at + 1; i < len(p.src); i++ {
		switch {
		case p.src[i] == '\\' && i+1 < len(p.src) && p.src[i+1] == quote:
			i++
		case p.src[i] == quote:
			p.at = i + 1
			inner := unescaped(p.slice(start+1, i), `\`+string(quote), string(quote))
			return short{text: unescaped(inner, `\\`, `\`), start: start, end: p.at}, true
		}
	}
	return short{}, false
}

// unescaped returns a text with an escape resolved.
func unescaped(t text, escape, char string) text {
	if s, known := t.literal(); known && len(t) > 1 && strings.Contains(s, escape) {
		return text{{known: strings.ReplaceAll(s, escape, char), at: t.span(), via: t.via(), quoted: true}}
	}
	out := make(text, len(t))
	for i, p := range t {
		if strings.Contains(p.known, escape) {
			p.known, p.exact = strings.ReplaceAll(p.known, escape, char), false
		}
		out[i] = p
	}
	return out
}

// Which characters a value without quotes begins with, and which follow there.
func isStart(c byte) bool {
	return c == '!' || c >= '#' && c <= '&' || c >= '(' && c <= '+' || c >= '-' && c <= '<' || c >= '>' && c <= 'Z' ||
		c >= '\\' && c <= 'z' || c >= '|'
}

func isFirst(c byte) bool {
	return isSpace(c) || c == '!' || c >= '#' && c <= '&' || c >= '(' && c <= '+' || c >= '-' && c <= '\\' || c >= '^' && c <= '|' || c >= '~'
}

func isSecond(c byte) bool {
	return isSpace(c) || c == '!' || c >= '#' && c <= '&' || c >= '(' && c <= '+' || c >= '-' && c <= '<' || c >= '>'
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\n\r\v\f", c) >= 0 }

// object gives pairs the types that the service's model has for them.
func (p *shorthand) object(pairs []pair, form schema.Form, object *schema.Object) value.Value {
	values, free := form.Map()
	fields := make([]value.Field, 0, len(pairs))
	open := ""
	for _, one := range pairs {
		key := p.span(one.start, one.end)
		if strings.ContainsRune(one.name, markBegin) {
			open = "a member's name isn't known"
			continue
		}
		of, member := schema.Unknown, (*schema.Object)(nil)
		switch {
		case free:
			of = values
		case object != nil:
			of, member = object.Form(one.name), object.Member(one.name)
		}
		fields = append(fields, value.Field{Name: one.name, Key: key, Value: p.typed(one.value, of, member, key)})
	}
	if open != "" {
		return value.OfOpenObject(fields, open)
	}
	return value.OfObject(fields, false)
}

// typed gives a value its type. One value is a list of one where the model has a list.
func (p *shorthand) typed(v short, form schema.Form, object *schema.Object, header source.Span) value.Value {
	at := p.span(v.start, v.end)
	via := p.via(v.start, v.end)
	element, list := form.List()
	switch {
	case v.kind == isList:
		elems := make([]value.Value, len(v.list))
		for i, e := range v.list {
			elems[i] = p.typed(e, element, object, p.span(e.start, min(e.start+1, e.end)))
		}
		return placed(openWhere(elems), at, via)
	case list:
		one := p.typed(v, element, object, header)
		if v.kind == isText {
			return placed(openWhere([]value.Value{one}), at, via)
		}
		return placed(value.OfList([]value.Value{one}, false), at, via)
	case v.kind == isObject:
		return p.object(v.pairs, form, object).WithOrigin(&value.Origin{Span: header, Via: via})
	}
	out := scalar(v.text, form)
	if out.Kind() == value.KindScalar && out.Literal() == "" || len(v.text) == 0 {
		return value.OfString("").From(at)
	}
	return out
}

// openWhere returns a list, which has other elements too where one isn't known: it may have commas in it.
func openWhere(elems []value.Value) value.Value {
	for _, e := range elems {
		if e.Kind() == value.KindOpaque {
			return value.OfOpenList(elems, e.Reason())
		}
	}
	return value.OfList(elems, false)
}
