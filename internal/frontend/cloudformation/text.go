package cloudformation

import (
	"encoding/base64"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
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
	for _, part := range parts {
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
	return resolve(value.OfText(parts...).WithOrigin(origin).Use(at))
}

// dynamic begins a dynamic reference, which CloudFormation resolves at deployment, after it has put the text together.
const dynamic = "{{resolve:"

// resolve makes opaque what a dynamic reference stands for.
func resolve(v value.Value) value.Value {
	text, known := v.AsString()
	if !known {
		for _, part := range v.Parts() {
			if s, ok := part.AsString(); ok && strings.Contains(s, dynamic) {
				return value.OfOpaque("a dynamic reference is resolved at deployment", v.Refs()...).WithOrigin(v.Origin())
			}
		}
		return v
	}
	if !strings.Contains(text, dynamic) {
		return v
	}
	// What stands around the reference is known: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
	var parts []value.Value
	for text != "" {
		before, after, found := strings.Cut(text, dynamic)
		reference, rest, closed := strings.Cut(after, "}}")
		if !found || !closed {
			// Fn::Join puts the rest of it there.
			parts = append(parts, value.OfString(text).WithOrigin(v.Origin()))
			break
		}
		if before != "" {
			parts = append(parts, value.OfString(before).WithOrigin(v.Origin()))
		}
		parts = append(parts, value.OfOpaque(dynamic+reference+"}} is resolved at deployment").WithOrigin(v.Origin()))
		text = rest
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return value.OfText(parts...).WithOrigin(v.Origin())
}

// join evaluates Fn::Join.
func (t *template) join(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Join", at, t.eval(arg, in))
	}
	delimiter, list := t.eval(args[0], in), t.eval(args[1], in)
	sep, known := delimiter.AsString()
	if !known {
		return misused("Fn::Join", at, list)
	}
	return t.elements(list, at, in, func(elems []value.Value) value.Value {
		var parts []value.Value
		for i, e := range elems {
			if i > 0 && sep != "" {
				parts = append(parts, value.OfString(sep).From(at))
			}
			parts = append(parts, e)
		}
		return t.concat(parts, at)
	})
}

// elements applies f to the elements of a list, in every world: all that are there, and none that is a choice.
func (t *template) elements(list value.Value, at source.Span, in scope, f func([]value.Value) value.Value) value.Value {
	return t.product(in, at, []value.Value{list}, func(vs []value.Value) value.Value {
		list := vs[0]
		if list.Kind() != value.KindList || list.Open() || list.MayBeMissing() {
			reason := list.Reason()
			if reason == "" {
				reason = "it is computed from what is no list"
			}
			return value.OfOpaque(reason, list.Refs()...).From(at)
		}
		return t.product(in, at, list.Elems(), func(elems []value.Value) value.Value {
			there := make([]value.Value, 0, len(elems))
			for _, e := range elems {
				if e.MayBeMissing() {
					return value.OfOpaque(e.Reason(), refs(elems...)...).From(at)
				}
				if e.Kind() != value.KindAbsent {
					there = append(there, e)
				}
			}
			return f(there)
		})
	})
}

// split evaluates Fn::Split.
func (t *template) split(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 2, 2)
	if args == nil {
		return misused("Fn::Split", at, t.eval(arg, in))
	}
	sep, known := t.eval(args[0], in).AsString()
	whole := t.eval(args[1], in)
	if !known || sep == "" {
		return misused("Fn::Split", at, whole)
	}
	return t.product(in, at, []value.Value{whole}, func(vs []value.Value) value.Value {
		text, known := vs[0].AsString()
		if !known {
			return value.OfOpaque(vs[0].Reason(), vs[0].Refs()...).From(at)
		}
		n := strings.Count(text, sep) + 1
		if t.spend(n * elementCost); t.spent() {
			return value.OfOpaque("the list is too long").From(at)
		}
		elems := make([]value.Value, 0, n)
		for _, s := range strings.Split(text, sep) {
			elems = append(elems, value.OfString(s).WithOrigin(vs[0].Origin()).Use(at))
		}
		return value.OfList(elems, false).From(at)
	})
}

// base64 evaluates Fn::Base64.
func (t *template) base64(arg *doctree.Node, at source.Span, in scope) value.Value {
	return t.product(in, at, []value.Value{t.eval(arg, in)}, func(vs []value.Value) value.Value {
		text, known := vs[0].AsString()
		if !known {
			return value.OfOpaque(vs[0].Reason(), vs[0].Refs()...).From(at)
		}
		if t.spend(len(text) / stretch); len(text) > maxText || t.spent() {
			return value.OfOpaque("the text is too long").From(at)
		}
		return value.OfString(base64.StdEncoding.EncodeToString([]byte(text))).WithOrigin(vs[0].Origin()).Use(at)
	})
}
