package cloudformation

import (
	"cmp"
	"encoding/base64"
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// What one text may come to. Functions nest, and each may double what is within it.
const (
	maxText  = 1 << 20
	maxParts = 10_000
)

// stretch is how many bytes of text cost as much as one combination of worlds.
const stretch = 16

// concat returns the concatenation of parts, none of which is a choice, as computed at a place.
func (t *template) concat(parts []value.Value, at source.Span) value.Value {
	var origin *value.Origin
	size, pieces := 0, 0
	for i, part := range parts {
		if part.Encoded() {
			parts[i] = t.spelled(part)
			part = parts[i]
		}
		pieces += len(part.Parts())
		for _, piece := range part.Parts() {
			size += len(piece.Literal())
		}
		if t.spend(len(part.Parts())); size > maxText || pieces > maxParts || t.spent() {
			return value.OfOpaque("the text is too long").From(at)
		}
		switch part.Kind() {
		case value.KindScalar, value.KindText, value.KindSymbol, value.KindOpaque:
		default:
			return value.OfOpaque("part of the text is no text", refs(parts...)...).From(at)
		}
		if part.MayBeMissing() {
			// Then its delimiter would be missing too.
			return value.OfOpaque(part.Reason(), refs(parts...)...).From(at)
		}
		// The trace leads to the first part that comes from elsewhere.
		if o := part.Origin(); o != nil && origin == nil && (o.Note != "" || o.Via != nil) {
			origin = o
		}
	}
	if t.spend(size / stretch); t.spent() {
		return value.OfOpaque("the text is too long").From(at)
	}
	if v, ok := alone(parts); ok {
		return v.Use(at)
	}
	return resolve(value.OfText(parts...).WithOrigin(origin).Use(at), t.stored)
}

// alone returns the one part that there is, where that is certainly a text: ${Subnet} is what !Ref Subnet is.
func alone(parts []value.Value) (value.Value, bool) {
	var one value.Value
	for _, part := range parts {
		switch {
		case part.Kind() == value.KindScalar && part.Literal() == "":
		case one.Kind() != value.KindAbsent, part.Kind() != value.KindSymbol && !part.Word():
			return value.Value{}, false
		default:
			one = part
		}
	}
	return one, one.Kind() != value.KindAbsent
}

// join evaluates Fn::Join.
func (t *template) join(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Join", at, t.eval(arg, in))
	}
	vs := []value.Value{t.eval(args[0], in), t.eval(args[1], in)}
	return t.product(in, at, vs, func(vs []value.Value) value.Value {
		switch delimiter := t.spelled(vs[0]); delimiter.Kind() {
		case value.KindScalar, value.KindText, value.KindSymbol, value.KindOpaque:
			if list := vs[1]; list.Kind() == value.KindOpaque && list.NonEmpty().Known() == tri.True {
				return value.OfPresent(list.Reason(), list.Refs()...).From(at)
			}
			return t.elements(vs[1], at, in, func(list value.Value) value.Value { return t.joined(delimiter, list, at) })
		}
		return misused("Fn::Join", at, vs...)
	})
}

// joined returns the text of a list's elements with a delimiter between them. Elements that may be missing, with the
// delimiters that go with them, and what follows in an open list, are unknown parts of the text.
func (t *template) joined(delimiter, list value.Value, at source.Span) value.Value {
	var parts, maybe []value.Value
	certain := 0
	// What is not known to be there stands for its delimiter too.
	unknown := func() {
		if len(maybe) > 0 {
			all := append(maybe, delimiter)
			parts = append(parts, value.OfOpaque(reasonOf(maybe), refs(all...)...).From(at))
			maybe = nil
		}
	}
	elems := list.Elems()
	if list.Open() {
		elems = list.Leading()
	}
	if t.spend(len(elems)); t.spent() {
		return value.OfOpaque("the text is too long", list.Refs()...).From(at)
	}
	for _, e := range elems {
		if e.MayBeMissing() {
			maybe = append(maybe, e)
			continue
		}
		unknown()
		if certain > 0 && delimiter.Literal()+delimiter.Reason() != "" {
			parts = append(parts, delimiter.Certain())
		}
		parts = append(parts, e)
		certain++
	}
	unknown()
	if list.Open() {
		rest := list.Refs()
		if len(elems) > 0 {
			rest = refs(list.Elems()[len(elems):]...)
		}
		parts = append(parts, value.OfOpaque(list.Reason(), rest...).From(at))
	}
	return t.concat(parts, at)
}

// reasonOf returns why values may not be there, or else why they aren't known.
func reasonOf(vs []value.Value) string {
	for _, v := range vs {
		if why := cmp.Or(v.WhyMissing(), v.Reason()); why != "" {
			return why
		}
	}
	return "it may not be there"
}

// elements applies f to a list, in every world: its elements are no choices, and none is absent.
func (t *template) elements(list value.Value, at source.Span, in scope, f func(value.Value) value.Value) value.Value {
	return t.product(in, at, []value.Value{list}, func(vs []value.Value) value.Value {
		list := vs[0]
		if list.Kind() != value.KindList || list.Encoded() || list.MayBeMissing() {
			reason := list.Reason()
			if reason == "" {
				reason = "it is computed from what is no list"
			}
			return value.OfOpaque(reason, list.Refs()...).From(at)
		}
		return t.product(in, at, list.Elems(), func(elems []value.Value) value.Value {
			lead := len(list.Leading())
			there := make([]value.Value, 0, len(elems))
			for i, e := range elems {
				if e.Kind() != value.KindAbsent {
					there = append(there, e)
				} else if i < lead {
					lead--
				}
			}
			if len(there) == len(elems) && !hasChoice(list.Elems()) {
				return f(list)
			}
			if list.Open() {
				return f(value.OfOpenList(there, list.Reason(), list.Refs()...).LedBy(lead).WithOrigin(list.Origin()))
			}
			return f(value.OfList(there, false).WithOrigin(list.Origin()))
		})
	})
}

func hasChoice(vs []value.Value) bool {
	return slices.ContainsFunc(vs, func(v value.Value) bool { return v.Kind() == value.KindChoice })
}

// base64 evaluates Fn::Base64.
func (t *template) base64(arg *doctree.Node, at source.Span, in scope) value.Value {
	return t.product(in, at, []value.Value{t.eval(arg, in)}, func(vs []value.Value) value.Value {
		text, known := t.spelled(vs[0]).AsString()
		if !known {
			return value.OfOpaque(vs[0].Reason(), vs[0].Refs()...).From(at)
		}
		if t.spend(len(text) / stretch); len(text) > maxText || t.spent() {
			return value.OfOpaque("the text is too long").From(at)
		}
		return value.OfString(base64.StdEncoding.EncodeToString([]byte(text))).WithOrigin(vs[0].Origin()).Use(at)
	})
}
