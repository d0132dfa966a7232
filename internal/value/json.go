package value

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// FromJSON returns what a text spells, where that is JSON: an encoded value, a known text, or one with unknown parts, such
// as a policy that is put together by Fn::Sub. Anything else is returned as it is. What is within stands where the text
// does.
//
// An unknown part within quotes stays within them, and one in the place of a value is one value, as who wrote it meant. A
// list takes it for any number of elements: [${Arns}] and ["${Arns}"] are how people splice them. A name with an unknown part
// is another than those that are known.
func (v Value) FromJSON() Value {
	return v.Map(func(v Value) Value {
		if v.Encoded() {
			return v.Decoded()
		}
		if v.Kind() != KindText && (v.Kind() != KindScalar || v.p.form != formText) {
			return v
		}
		p := jsonParser{origin: v.origin}
		for _, part := range v.Parts() {
			switch s, known := part.AsString(); {
			case !known:
				p.text = append(p.text, hole)
				p.holes = append(p.holes, part)
			case strings.IndexByte(s, hole) >= 0:
				return v
			default:
				p.text = append(p.text, s...)
			}
		}
		if len(p.text) > maxJSON {
			return v
		}
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

// What is read of JSON: more bytes, or deeper nesting, is left as the text that it is. No service takes as much: a state
// machine's definition is the largest document, of 1 MiB.
const (
	maxJSON      = 1 << 20
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
	// structural says that a choice has a say in what else is where.
	structural bool
}

// document reads an object or a list: other JSON is no document.
func (p *jsonParser) document() (Value, bool) {
	p.space()
	if c := p.peek(); c != '{' && c != '[' {
		return Value{}, false
	}
	v, ok := p.value()
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

func (p *jsonParser) value() (Value, bool) {
	switch p.peek() {
	case '{', '[':
		if p.depth == maxJSONDepth {
			return Value{}, false
		}
		p.depth++
		defer func() { p.depth-- }()
		if p.take('{') {
			return p.object()
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

func (p *jsonParser) object() (Value, bool) {
	fields := []Field{}
	at := map[string]int{}
	spliced, ok := p.members('}', func() (unknown []Value, ok bool) {
		key, ok := p.string()
		p.space()
		if !ok || !p.take(':') {
			return nil, false
		}
		p.space()
		v, ok := p.value()
		if !ok {
			return nil, false
		}
		name, known := key.AsString()
		if !known {
			return []Value{key}, true
		}
		if i, again := at[name]; again {
			fields[i].Value = v // of two of one name the last counts
			return nil, true
		}
		at[name] = len(fields)
		fields = append(fields, Field{Name: name, Value: v})
		return nil, true
	})
	switch {
	case !ok:
		return Value{}, false
	case len(spliced) > 0:
		return OfOpenObject(fields, reasonOf(spliced), refsOf(spliced)...).withOrigin(p.origin), true
	}
	return OfObject(fields, false).withOrigin(p.origin), true
}

func (p *jsonParser) list() (Value, bool) {
	elems := []Value{}
	spliced, ok := p.members(']', func() (several []Value, ok bool) {
		v, ok := p.value()
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
		return OfOpenList(elems, reasonOf(spliced), refsOf(spliced)...).withOrigin(p.origin), true
	}
	return OfList(elems, false).withOrigin(p.origin), true
}

// string reads what stands in quotes.
func (p *jsonParser) string() (Value, bool) {
	if !p.take('"') {
		return Value{}, false
	}
	var parts []Value
	for {
		part, ok := p.stretch()
		switch {
		case !ok:
			return Value{}, false
		case part != "":
			parts = append(parts, OfString(part).withOrigin(p.origin))
		}
		if p.take('"') {
			break
		}
		parts = append(parts, p.next(true))
	}
	switch len(parts) {
	case 0:
		return OfString("").withOrigin(p.origin), true
	case 1:
		return parts[0].withOrigin(cmp.Or(parts[0].origin, p.origin)), true
	}
	return OfText(parts...).withOrigin(p.origin), true
}

// stretch reads what stands in quotes up to their end or a hole.
func (p *jsonParser) stretch() (string, bool) {
	start := p.at
	for escaped := false; ; p.at++ {
		switch c := p.peek(); {
		case c == end, c == hole && escaped:
			return "", false
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"', c == hole:
			var text string
			err := json.Unmarshal(slices.Concat([]byte{'"'}, p.text[start:p.at], []byte{'"'}), &text)
			return text, err == nil
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
	if len(unknown) > 0 {
		return OfOpaque(reasonOf(unknown), refsOf(unknown)...).withOrigin(p.origin), true
	}
	if !json.Valid(text) {
		return Value{}, false
	}
	switch string(text) {
	case "null":
		return Value{}.withOrigin(p.origin), true
	case trueText, falseText:
		return OfBool(text[0] == 't').withOrigin(p.origin), true
	}
	n, ok := NumberOf(string(text))
	return OfNumber(n).withOrigin(p.origin), ok
}
