package value

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
)

// OfString returns a known string.
func OfString(s string) Value { return Value{p: &payload{kind: KindScalar, text: s}} }

// StringAt is OfString(s).From(span), in one piece of memory. A text that is long enough to be a document remembers where it
// is spelt, whatever becomes of its origin: see Embed.
func StringAt(s string, span source.Span) Value {
	if len(s) >= leastDocument {
		piece := OfString(s).From(span)
		return compound(payload{kind: KindScalar, text: s}, members{elems: []Value{piece}}).withOrigin(piece.origin)
	}
	both := &struct {
		payload
		Origin
	}{payload{kind: KindScalar, text: s}, Origin{Span: span}}
	return Value{p: &both.payload, origin: &both.Origin}
}

// SymbolAt is OfSymbol(r).From(span), in one piece of memory.
func SymbolAt(r Ref, span source.Span) Value {
	both := &struct {
		payload
		Origin
		ref [1]Ref
	}{payload{kind: KindSymbol}, Origin{Span: span}, [1]Ref{r}}
	both.refs = both.ref[:]
	return Value{p: &both.payload, origin: &both.Origin}
}

// WordAt is SymbolAt(r, span).AsWord(), in one piece of memory.
func WordAt(r Ref, span source.Span) Value {
	v := SymbolAt(r, span)
	v.p.word, v.p.set = true, true
	return v
}

// OfBool returns a known boolean.
func OfBool(b bool) Value {
	if b {
		return Value{p: &knownTrue}
	}
	return Value{p: &knownFalse}
}

// There are but two booleans.
var (
	knownTrue  = payload{kind: KindScalar, form: formBool, converts: true, text: trueText}
	knownFalse = payload{kind: KindScalar, form: formBool, converts: true, text: falseText}
)

// OfNumber returns a known number.
func OfNumber(n Number) Value {
	return Value{p: &payload{kind: KindScalar, form: formNumber, converts: true, text: string(n)}}
}

// OfInt returns a known integer.
func OfInt(n int) Value {
	return OfNumber(Number(strconv.Itoa(n)))
}

// OfList returns a list of elems; where it is open, more may follow or stand between.
func OfList(elems []Value, open bool) Value {
	size := sizeOf(elems)
	if size > MaxSize {
		return tooLarge
	}
	return compound(payload{kind: KindList, open: open, converts: true, size: size}, members{elems: elems})
}

// compound returns a value that has members, in one piece of memory.
func compound(p payload, m members) Value {
	both := &struct {
		payload
		members
	}{p, m}
	both.payload.members = &both.members
	return Value{p: &both.payload}
}

// MaxSize bounds the members of a value, those of its members included and counted as often as they occur: sharing lets a
// few lines spell a value that no memory holds. Past it a value is opaque.
const MaxSize = 200_000

// maxParts bounds the parts of a text, which are copied into every text that is made of it.
const maxParts = 2_000

const tooLargeReason = "the value is too large"

var tooLarge = OfOpaque(tooLargeReason)

// TooLarge reports whether a value is unknown for no reason but that it has more than MaxSize members.
func (v Value) TooLarge() bool { return v.Kind() == KindOpaque && v.Reason() == tooLargeReason }

func sizeOf(members []Value) int {
	size := len(members)
	for _, m := range members {
		if m.p != nil {
			size += m.p.size
		}
	}
	return size
}

// OfOpenList returns a list of which only some elements are known. The reason says why, refs what it is computed from.
func OfOpenList(elems []Value, reason string, refs ...Ref) Value {
	size := sizeOf(elems)
	if size > MaxSize {
		return tooLarge
	}
	return compound(payload{kind: KindList, open: true, converts: true, text: reason, refs: uniqueRefs(refs), size: size}, members{elems: elems})
}

// indexedFields is the number of fields from which an object keeps an index.
const indexedFields = 12

// OfObject returns an object of the given fields, in order; of two of one name the later wins.
func OfObject(fields []Field, open bool) Value {
	size, converts := len(fields), false
	for _, f := range fields {
		if f.Value.p != nil {
			size += f.Value.p.size
			converts = converts || f.Value.p.converts
		}
	}
	if size > MaxSize {
		return tooLarge
	}
	m := members{fields: fields}
	if len(fields) >= indexedFields {
		m.index = make(map[string]int, len(fields))
		for i, f := range fields {
			m.index[f.Name] = i
		}
	}
	return compound(payload{kind: KindObject, open: open, converts: converts, size: size}, m)
}

// OfOpenObject returns an object of which only some fields are known.
func OfOpenObject(fields []Field, reason string, refs ...Ref) Value {
	v := OfObject(fields, true)
	if v.p.kind == KindOpaque {
		return v
	}
	v.p.text, v.p.refs = reason, uniqueRefs(refs)
	return v
}

// OfSymbol returns the unknown, non-empty text of a resource's attribute.
func OfSymbol(r Ref) Value {
	both := &struct {
		payload
		ref [1]Ref
	}{payload{kind: KindSymbol}, [1]Ref{r}}
	both.refs = both.ref[:]
	return Value{p: &both.payload}
}

// OfOpaque returns an unknown value, computed from refs. The reason is a clause for people that says what is missing:
// "var.subnet_ids has no default; pass --var-file, or scan the plan".
func OfOpaque(reason string, refs ...Ref) Value {
	return Value{p: &payload{kind: KindOpaque, text: reason, refs: uniqueRefs(refs)}}
}

// OfPresent returns an unknown value that is known to be there and not empty, such as a parameter of a type that
// CloudFormation validates.
func OfPresent(reason string, refs ...Ref) Value {
	v := OfOpaque(reason, refs...)
	v.p.set = true
	return v
}

// OfText returns the concatenation of parts, which are known scalars, texts, symbols or opaque values. Adjacent known
// parts are joined; the text of known parts alone is a known string. A part that isn't text makes the whole opaque.
func OfText(parts ...Value) Value {
	flat := make([]Value, 0, len(parts))
	for _, part := range parts {
		switch part.Kind() {
		case KindText:
			flat = append(flat, part.p.elems...)
		case KindScalar, KindSymbol, KindOpaque, KindChoice:
			flat = append(flat, part)
		default:
			return OfOpaque("part of the text is a "+part.Kind().String(), refsOf(parts)...)
		}
	}
	joined, document := flat[:0], isDocument(flat)
	for i := 0; i < len(flat); {
		run := i
		for run < len(flat) && flat[run].Kind() == KindScalar {
			run++
		}
		if run == i {
			joined = append(joined, flat[i])
			i++
			continue
		}
		joined = append(joined, joinScalars(flat[i:run], document))
		i = run
	}
	switch {
	case len(joined) == 0:
		return OfString("")
	case len(joined) == 1 && joined[0].Kind() == KindScalar:
		return joined[0]
	case len(joined) > maxParts:
		return tooLarge
	}
	return compound(payload{kind: KindText, refs: refsOf(joined)}, members{elems: joined})
}

// joinScalars returns the text that scalars spell side by side, written where the first is. One that is part of a document
// remembers where each of them is spelt.
func joinScalars(vs []Value, document bool) Value {
	first := vs[0]
	if len(vs) == 1 && first.p.form == formText {
		return first.Certain()
	}
	n := 0
	for _, v := range vs {
		n += len(v.p.text)
	}
	var text strings.Builder
	text.Grow(n)
	for _, v := range vs {
		text.WriteString(v.p.text)
	}
	if document {
		if pieces := piecesOf(vs); len(pieces) <= maxPieces {
			return compound(payload{kind: KindScalar, text: text.String()}, members{elems: pieces}).withOrigin(first.origin)
		}
	}
	return OfString(text.String()).withOrigin(first.origin)
}

// MaxArms bounds the alternatives that one value may have; past it the value is opaque.
const MaxArms = 64

// OfChoice returns one of arms. Arms that are choices themselves are flattened, arms whose world contradicts itself
// fall away, arms of the same value and origin are kept apart (each names its world). A single arm that always holds is
// its value.
func OfChoice(arms []Arm) Value {
	var flat []Arm
	for _, arm := range arms {
		if arm.Value.Kind() != KindChoice {
			flat = append(flat, arm)
			continue
		}
		for _, inner := range arm.Value.p.arms {
			if w, ok := arm.When.And(inner.When); ok {
				flat = append(flat, Arm{When: w, Value: inner.Value.MaybeAs(arm.Value)})
			}
		}
	}
	switch {
	case len(flat) == 0:
		return Value{}
	case len(flat) == 1:
		return flat[0].Value
	case len(flat) > MaxArms:
		refs := make([]Value, len(flat))
		for i, a := range flat {
			refs[i] = a.Value
		}
		return OfOpaque("it depends on too many conditions", refsOf(refs)...)
	}
	size, converts := len(flat), false
	for _, a := range flat {
		if a.Value.p != nil {
			size += a.Value.p.size
			converts = converts || a.Value.p.converts
		}
	}
	if size > MaxSize {
		return tooLarge
	}
	return compound(payload{kind: KindChoice, converts: converts, size: size}, members{arms: flat})
}
