package value

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/source"
)

// FromJSON returns what a text spells, where that is JSON: an encoded value, a known text, or one with unknown parts, such
// as a policy that is put together by Fn::Sub. Anything else is returned as it is. What is within stands where it is spelt, as
// far as that is known, and else where the text does.
//
// An unknown part within quotes stays within them, and one in the place of a value is one value, as who wrote it meant. A
// list takes it for any number of elements: [${Arns}] and ["${Arns}"] are how people splice them. A name with an unknown part
// is another than those that are known.
func (v Value) FromJSON() Value {
	return v.Map(func(v Value) Value {
		switch {
		case v.Encoded():
			return v.Decoded()
		case v.Kind() == KindOpaque:
			if of, ok := v.spelt(); ok {
				return of.MaybeAs(v)
			}
			return v
		case !v.mayBeJSON():
			return v
		}
		p := newJSONParser(v)
		parsed, ok := p.document()
		switch {
		case p.structural:
			return v.spread().FromJSON()
		case !ok:
			return v
		}
		return parsed.MaybeAs(v)
	})
}

// mayBeJSON reports whether a value is a text that begins like an object or a list of JSON, and is no longer than one may be.
func (v Value) mayBeJSON() bool {
	if v.Kind() != KindText && (v.Kind() != KindScalar || v.p.form != formText) {
		return false
	}
	size := 0
	for _, part := range v.Parts() {
		if part.Kind() == KindScalar && strings.IndexByte(part.p.text, hole) >= 0 {
			return false
		}
		size += max(len(part.Literal()), 1)
	}
	first := strings.TrimLeft(v.Parts()[0].Literal(), " \t\r\n")
	return size <= MaxJSON && first != "" && (first[0] == '{' || first[0] == '[')
}

// newJSONParser returns a parser of a text.
func newJSONParser(v Value) *jsonParser {
	p := &jsonParser{origin: v.origin}
	if d := v.embed("", func(Value) string { return "\x00" }); d != nil {
		p.text = d.file.Bytes
		for _, in := range d.putIn {
			if in.Kind() != KindScalar {
				p.holes = append(p.holes, in.Value)
			}
		}
		if d.exact {
			p.embedded, p.via = d, v.usedAt(d)
		}
		return p
	}
	for _, part := range v.Parts() {
		if part.Kind() == KindScalar {
			p.text = append(p.text, part.p.text...)
			continue
		}
		p.text = append(p.text, hole)
		p.holes = append(p.holes, part)
	}
	return p
}

// usedNote says in the trace of what is written in a document where the document is used.
const usedNote = "the document is used here"

// usedAt returns the trace of what is written in a text: where the text is used, unless that is where it is written. What is
// put into the text has a trace of its own.
func (v Value) usedAt(d *embedded) *Origin {
	if v.origin == nil || v.origin.Span.Contains(d.first) {
		return nil
	}
	others := map[source.Span]bool{}
	for _, in := range d.putIn {
		for o := in.origin; o != nil; o = o.Via {
			others[o.Span] = true
		}
	}
	used := &Origin{Span: v.origin.Span, Note: usedNote}
	last := used
	for o := v.origin.Via; o != nil; o = o.Via {
		if o.Note != "" && !o.Span.Contains(d.first) && !others[o.Span] {
			last.Via = &Origin{Span: o.Span, Note: o.Note}
			last = last.Via
		}
	}
	return used
}

// spread returns a text of which parts are choices as a choice of texts.
func (v Value) spread() Value {
	type text struct {
		when  World
		parts []Value
	}
	texts := []text{{}}
	for _, part := range v.Parts() {
		arms := part.Arms()
		if len(texts)*len(arms) > MaxArms {
			arms = []Arm{{Value: OfOpaque("it depends on too many conditions", part.Refs()...).withOrigin(part.origin)}}
		}
		var longer []text
		for _, t := range texts {
			for _, arm := range arms {
				if when, possible := t.when.And(arm.When); possible {
					longer = append(longer, text{when, append(slices.Clip(t.parts), arm.Value)})
				}
			}
		}
		texts = longer
	}
	arms := make([]Arm, len(texts))
	for i, t := range texts {
		arms[i] = Arm{When: t.when, Value: OfText(t.parts...).withOrigin(v.origin).MaybeAs(v)}
	}
	return OfChoice(arms)
}

// plain reports whether a choice is of texts that mean nothing to JSON, so that within quotes it is no more than text.
func (v Value) plain() bool {
	for _, arm := range v.Arms() {
		text, known := arm.Value.AsString()
		if known && strings.ContainsFunc(text, func(r rune) bool { return r == '"' || r == '\\' || r < ' ' }) || arm.Value.Kind() == KindAbsent {
			return false
		}
	}
	return true
}

// hole stands for an unknown part. JSON has no such byte, not even within quotes.
const hole = 0

// MaxJSON is how many bytes are read of JSON, and maxJSONDepth how deep it nests; more is left as the text that it is. No
// service takes as much: a state machine's definition is the largest document, of 1 MiB.
const (
	MaxJSON      = 1 << 20
	maxJSONDepth = 200
)

// A jsonParser reads JSON with holes.
type jsonParser struct {
	text   []byte
	at     int
	holes  []Value
	passed int // the holes before at
	depth  int
	origin *Origin
	// embedded is the text where it is spelt, and via how what is in it is used; nil where that isn't known.
	embedded *embedded
	via      *Origin
	// filled is how many of what is put into the text stand before at.
	filled  int
	origins Origins
	// structural says that a choice has a say in what else is where.
	structural bool
}

// placed returns what stands in a stretch of the text, in its place.
func (p *jsonParser) placed(v Value, start, end int) Value {
	if p.embedded == nil {
		return v.withOrigin(p.origin)
	}
	o := &p.origins.Make(1)[0]
	o.Span, o.Via = p.embedded.file.Span(start, end).Host(), p.via
	return v.withOrigin(o)
}

// span returns a stretch of the text, if it is known where it is spelt.
func (p *jsonParser) span(start, end int) source.Span {
	if p.embedded == nil {
		return source.Span{}
	}
	return p.embedded.file.Span(start, end).Host()
}

// put returns what was put into the text as all of a stretch of it.
func (p *jsonParser) put(start, end int) (Value, bool) {
	if p.embedded == nil {
		return Value{}, false
	}
	in := p.embedded.putIn
	for p.filled < len(in) && in[p.filled].Start < start {
		p.filled++
	}
	if p.filled < len(in) && in[p.filled].Start == start && in[p.filled].End == end {
		return in[p.filled].Value, true
	}
	return Value{}, false
}

// document reads an object or a list: other JSON is no document.
func (p *jsonParser) document() (Value, bool) {
	p.space()
	if c := p.peek(); c != '{' && c != '[' {
		return Value{}, false
	}
	v, ok := p.value(Value{origin: p.origin})
	p.space()
	return v, ok && p.at == len(p.text)
}

func (p *jsonParser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// end is what peek returns behind the last byte. JSON has it nowhere.
const end = 1

func (p *jsonParser) peek() byte {
	if p.at == len(p.text) {
		return end
	}
	return p.text[p.at]
}

// take passes over c, if it is next.
func (p *jsonParser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

// next passes over a hole, within quotes or not.
func (p *jsonParser) next(quoted bool) Value {
	p.at++
	p.passed++
	v := p.holes[p.passed-1]
	p.structural = p.structural || v.Kind() == KindChoice && (!quoted || !v.plain())
	return v
}

// value reads any value. The header is what names it, absent in a list.
func (p *jsonParser) value(header Value) (Value, bool) {
	switch p.peek() {
	case '{', '[':
		if p.depth == maxJSONDepth {
			return Value{}, false
		}
		p.depth++
		defer func() { p.depth-- }()
		if p.take('{') {
			if header.origin == nil {
				header = p.placed(header, p.at-1, p.at)
			}
			return p.object(header)
		}
		p.at++
		return p.list()
	case '"':
		return p.string()
	}
	return p.bare()
}

// Where the members of an object or list stand.
const (
	beforeMembers = iota
	afterMember
	afterComma
	afterHole // the part may begin or end with a comma, or be none
)

// members reads what stands up to a closing bracket, a member at a time, and returns the holes between them.
func (p *jsonParser) members(closing byte, member func() (spliced []Value, ok bool)) (spliced []Value, ok bool) {
	for place := beforeMembers; ; {
		p.space()
		switch c := p.peek(); {
		case c == hole && p.apart():
			spliced = append(spliced, p.next(false))
			place = afterHole
		case c == closing && place != afterComma:
			p.at++
			return spliced, true
		case c == ',' && (place == afterMember || place == afterHole):
			p.at++
			place = afterComma
		case place == afterMember:
			return nil, false
		default:
			more, ok := member()
			if !ok {
				return nil, false
			}
			spliced = append(spliced, more...)
			place = afterMember
		}
	}
}

// apart reports whether the holes that are next stand by themselves: $1 is a number of which not every digit is known.
func (p *jsonParser) apart() bool {
	rest := bytes.TrimLeft(p.text[p.at:], "\x00")
	return len(rest) == 0 || strings.IndexByte(" \t\r\n,]}[{\"", rest[0]) >= 0
}

// object reads what stands behind an opening brace. It stands at its header: the name that it has, else its brace. That of the
// document as a whole is where the document is used.
func (p *jsonParser) object(header Value) (Value, bool) {
	fields := []Field{}
	at := map[string]int{}
	spliced, ok := p.members('}', func() (unknown []Value, ok bool) {
		start := p.at
		key, ok := p.string()
		end := p.at
		p.space()
		if !ok || !p.take(':') {
			return nil, false
		}
		p.space()
		v, ok := p.value(key)
		if !ok {
			return nil, false
		}
		name, known := key.AsString()
		if !known {
			return []Value{key}, true
		}
		f := Field{Name: name, Key: p.span(start, end), Value: v}
		if i, again := at[name]; again {
			fields[i] = f // of two of one name the last counts
			return nil, true
		}
		at[name] = len(fields)
		fields = append(fields, f)
		return nil, true
	})
	switch {
	case !ok:
		return Value{}, false
	case len(spliced) > 0:
		return OfOpenObject(fields, reasonOf(spliced), refsOf(spliced)...).withOrigin(header.origin), true
	}
	return OfObject(fields, false).withOrigin(header.origin), true
}

func (p *jsonParser) list() (Value, bool) {
	start := p.at - 1
	elems := []Value{}
	spliced, ok := p.members(']', func() (several []Value, ok bool) {
		v, ok := p.value(Value{})
		elems = append(elems, v)
		if v.Kind() == KindOpaque {
			several = []Value{v}
		}
		return several, ok
	})
	switch {
	case !ok:
		return Value{}, false
	case len(spliced) > 0:
		return p.placed(OfOpenList(elems, reasonOf(spliced), refsOf(spliced)...), start, p.at), true
	}
	return p.placed(OfList(elems, false), start, p.at), true
}

// string reads what stands in quotes.
func (p *jsonParser) string() (Value, bool) {
	start := p.at
	if !p.take('"') {
		return Value{}, false
	}
	var parts []Value
	for {
		from := p.at
		part, ok := p.stretch()
		switch {
		case !ok:
			return Value{}, false
		case part != "":
			parts = append(parts, p.placed(OfString(part), from, p.at))
		}
		if p.take('"') {
			break
		}
		parts = append(parts, p.next(true))
	}
	switch whole, in := p.put(start+1, p.at-1); {
	case len(parts) == 0:
		return p.placed(OfString(""), start, p.at), true
	case len(parts) > 1:
		return p.placed(OfText(parts...), start, p.at), true
	case in:
		return p.putIn(parts[0], whole, start), true
	case p.embedded == nil:
		return parts[0].withOrigin(cmp.Or(parts[0].origin, p.origin)), true
	}
	return p.placed(parts[0], start, p.at), true
}

// stretch reads what stands in quotes up to their end or a hole.
func (p *jsonParser) stretch() (string, bool) {
	start := p.at
	plain := true // as nearly every text is
	for escaped := false; ; p.at++ {
		switch c := p.peek(); {
		case c == end, c == hole && escaped:
			return "", false
		case escaped:
			escaped = false
		case c == '\\':
			escaped, plain = true, false
		case c == '"', c == hole:
			if plain && utf8.Valid(p.text[start:p.at]) {
				return string(p.text[start:p.at]), true
			}
			var text string
			err := json.Unmarshal(slices.Concat([]byte{'"'}, p.text[start:p.at], []byte{'"'}), &text)
			return text, err == nil
		case c < ' ':
			return "", false
		}
	}
}

// bare reads what stands in no quotes: a number, true, false, null, or what an unknown part spells.
func (p *jsonParser) bare() (Value, bool) {
	start := p.at
	var unknown []Value
	for p.peek() != end && strings.IndexByte(" \t\r\n,]}", p.text[p.at]) < 0 {
		if p.peek() == hole {
			unknown = append(unknown, p.next(false))
			continue
		}
		p.at++
	}
	text := p.text[start:p.at]
	if len(unknown) == 1 && len(text) == 1 {
		if v, ok := unknown[0].spelt(); ok {
			return p.bareAt(v, start), true
		}
	}
	if len(unknown) > 0 {
		return p.bareAt(OfOpaque(reasonOf(unknown), refsOf(unknown)...), start), true
	}
	if !json.Valid(text) {
		return Value{}, false
	}
	switch string(text) {
	case "null":
		return p.bareAt(Value{}, start), true
	case trueText, falseText:
		return p.bareAt(OfBool(text[0] == 't'), start), true
	}
	n, ok := NumberOf(string(text))
	return p.bareAt(OfNumber(n), start), ok
}

// bareAt returns what has been read in no quotes, in its place. The trace of what was put in there is its own.
func (p *jsonParser) bareAt(v Value, start int) Value {
	if whole, in := p.put(start, p.at); in {
		return p.putIn(v, whole, start)
	}
	return p.placed(v, start, p.at)
}

// putIn returns a value that was put into the text from a place on. Its own trace goes before that of the document.
func (p *jsonParser) putIn(v, whole Value, start int) Value {
	v = v.withOrigin(whole.origin).Use(p.span(start, p.at))
	if p.via == nil {
		return v
	}
	first := *v.origin
	last := &first
	for last.Via != nil {
		next := *last.Via
		last.Via = &next
		last = &next
	}
	last.Via = p.via
	return v.withOrigin(&first)
}
