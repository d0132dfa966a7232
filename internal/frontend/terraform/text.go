package terraform

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func jsonString(s string) (string, bool) {
	v, err := stdlib.JSONEncode(cty.StringVal(s))
	if err != nil {
		return "", false
	}
	return v.AsString(), true
}

func decodeJSON(s string) (value.Value, error) {
	v, err := stdlib.JSONDecode(cty.StringVal(s))
	if err != nil {
		return value.Value{}, err
	}
	return fromCty(v), nil
}

func join(args []outcome) outcome {
	if len(args) < 2 {
		return failed("join takes two arguments", args...)
	}
	var parts []value.Value
	for _, list := range args[1:] {
		if !exact(list.Value) {
			return unknown("the list is not known", args...)
		}
		for _, e := range list.Elems() {
			if len(parts) > 0 {
				parts = append(parts, args[0].Value)
			}
			parts = append(parts, e)
		}
	}
	return textOf(parts, args)
}

// splitUnknown splits a text that is not known. What it is put together of tells its parts where each piece that isn't known
// is an id, in which no separator stands. Of any other that is certainly not empty there is at least one part.
func splitUnknown(args []outcome) (outcome, bool) {
	if len(args) != 2 {
		return outcome{}, false
	}
	separator := args[0].Literal()
	if separator == "" || known(args[1].Value) || args[1].NonEmpty().Known() != tri.True {
		return outcome{}, false
	}
	if parts, ok := frontend.SplitWords(args[1].Value, separator, isID); ok {
		return ended(value.OfList(parts, false), args[1].fails), true
	}
	switch args[1].Kind() {
	case value.KindOpaque, value.KindSymbol, value.KindText:
		reason, refs := args[1].Reason(), args[1].Refs()
		return perhaps(value.OfOpenList([]value.Value{value.OfOpaque(reason, refs...)}, reason, refs...)), true
	}
	return outcome{}, false
}

// isID reports whether a value is an id or ARN of a resource, as AWS makes them: of letters, digits and "-_./:". Those of
// IAM hold the names that people give, in which a comma may stand.
func isID(v value.Value) bool {
	ref, ok := v.Symbol()
	return v.Word() || ok && (ref.Attr == "id" || ref.Attr == "arn" || strings.HasSuffix(ref.Attr, "_id")) && !strings.Contains(ref.Addr.Name, "aws_iam_")
}

// textOf joins what are texts, or may be.
func textOf(parts []value.Value, args []outcome) outcome {
	size := 0
	for i, p := range parts {
		switch {
		case p.Encoded() || unspelt(p):
			parts[i] = textual(p)
		case whole(p):
			return unknown("part of the text is an object", args...)
		case p.Kind() == value.KindAbsent || p.Kind() == value.KindList || p.Kind() == value.KindObject:
			return unknown("part of the text is "+describe(p), args...)
		}
		size += len(p.Literal())
	}
	if size > maxTextBytes {
		return unknown("the text is too long", args...)
	}
	if len(parts) == 1 {
		if ref, ok := parts[0].Symbol(); ok && ref.Attr != "" {
			return perhaps(parts[0]) // an id alone is still that id
		}
	}
	return ended(value.OfText(parts...), tri.Unknown)
}

// format replaces the verbs of a format; those with a width or a base only where all is known.
func format(args []outcome) outcome {
	if len(args) == 0 {
		return failed("format takes an argument", args...)
	}
	pattern, ok := args[0].AsString()
	if !ok {
		return unknown("the format is not known", args...)
	}
	var parts []value.Value
	next := 1
	for pattern != "" {
		i := strings.IndexByte(pattern, '%')
		if i < 0 || i+1 >= len(pattern) {
			if i >= 0 {
				return failed("the format ends within a verb", args...)
			}
			break
		}
		parts = append(parts, value.OfString(pattern[:i]).WithOrigin(args[0].Origin()))
		verb := pattern[i+1]
		pattern = pattern[i+2:]
		if verb == '%' {
			parts = append(parts, value.OfString("%").WithOrigin(args[0].Origin()))
			continue
		}
		if next >= len(args) {
			return failed("the format has more verbs than arguments", args...)
		}
		part, ok := formatted(verb, args[next].Value)
		if !ok {
			return formatKnown(args)
		}
		parts = append(parts, part)
		next++
	}
	if next < len(args) {
		return failed("the format has fewer verbs than arguments", args...)
	}
	parts = append(parts, value.OfString(pattern).WithOrigin(args[0].Origin()))
	return textOf(parts, args)
}

// formatted returns an argument as %s, %v or %d spells it; false where that isn't plain.
func formatted(verb byte, v value.Value) (value.Value, bool) {
	s, scalar := v.Scalar()
	switch {
	case whole(v):
		return v, false
	case verb == 's' || verb == 'v':
		switch v.Kind() {
		case value.KindScalar, value.KindSymbol, value.KindText:
			return v, true
		case value.KindOpaque:
			// A list is spelt as JSON by %v, null as "null": whatever it is, it is a text.
			return value.OfOpaque(v.Reason(), v.Refs()...).WithOrigin(v.Origin()), true
		}
	case verb == 'd':
		if n, isNumber := s.(value.Number); scalar && isNumber && !strings.Contains(string(n), ".") {
			return v, true
		}
	}
	return value.Value{}, false
}

func formatKnown(args []outcome) outcome {
	if tooCostly("format", args) {
		return unknown("it is too large to compute", args...)
	}
	return compute(stdlib.FormatFunc, args...)
}

// formatList applies a format to the elements of lists, side by side.
func formatList(args []outcome) outcome {
	n := -1
	for _, a := range args {
		switch {
		case a.Kind() == value.KindList && !a.Encoded():
			if !exact(a.Value) || n >= 0 && n != len(a.Elems()) {
				return unknown("the lists are not known", args...)
			}
			n = len(a.Elems())
		case a.Kind() == value.KindOpaque || a.Kind() == value.KindObject || a.Kind() == value.KindAbsent:
			return unknown("the lists are not known", args...)
		}
	}
	if n < 0 {
		n = 1
	}
	fails := tri.Unknown
	elems := make([]value.Value, n)
	for i := range elems {
		round := make([]outcome, len(args))
		for j, a := range args {
			round[j] = a
			if a.Kind() == value.KindList && !a.Encoded() {
				round[j] = sure(a.Elems()[i])
			}
		}
		o := distribute(round, format)
		if o.fails == tri.True {
			return failed("a format fails", args...)
		}
		elems[i] = o.Value
	}
	return ended(value.OfList(elems, false), fails)
}
