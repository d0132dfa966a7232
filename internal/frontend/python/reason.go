package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// comesFrom begins the reason of a value that something outside of the script gives. Once it is known what the value is for,
// that stands in the place of "it": "subnets comes from os.environ['SUBNETS']".
const comesFrom = "it comes from "

// comes returns the reason of what an expression gives that nothing is known of.
func (in *interp) comes(e pyast.Expr) string { return comesFrom + in.quoted(e) }

// quoted returns the source of an expression for a reason, a call with its arguments where there is room for them:
// which parameter or secret is asked for says more than by which function. What names a secret is not repeated.
func (in *interp) quoted(e pyast.Expr) string {
	s := in.written(e)
	c, ok := e.(*pyast.Call)
	if !ok {
		return s
	}
	if lower := strings.ToLower(s); strings.HasSuffix(s, "…") || isSecret(lower) {
		return in.written(c.Func) + "()"
	}
	return s
}

// isSecret reports whether a name or a piece of source in lower case is about something that must not be shown.
func isSecret(lower string) bool {
	for _, word := range [...]string{"pass", "secret", "token", "credential", "api_key", "private_key", "access_key"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// called returns v as the value of a parameter or member of a name: the reasons in it say so.
func called(v value.Value, name string) value.Value {
	if !comesIn(v) {
		return v
	}
	subject := func(reason string) string {
		if rest, ok := strings.CutPrefix(reason, comesFrom); ok && name != "" {
			return name + " comes from " + rest
		}
		return reason
	}
	members := func(vs []value.Value) []value.Value {
		out := make([]value.Value, len(vs))
		for i, m := range vs {
			out[i] = called(m, name)
		}
		return out
	}
	switch v.Kind() {
	case value.KindOpaque:
		named := value.OfOpaque(subject(v.Reason()), v.Refs()...)
		if v.NonEmpty().Known() == tri.True {
			named = value.OfPresent(subject(v.Reason()), v.Refs()...)
		}
		if spelt := v.FromJSON(); spelt.Kind() != value.KindOpaque {
			named = named.Spelling(spelt)
		}
		return named.WithOrigin(v.Origin()).MaybeAs(v)
	case value.KindText:
		return value.OfText(members(v.Parts())...).WithOrigin(v.Origin()).MaybeAs(v)
	case value.KindList:
		named := value.OfList(members(v.Elems()), false)
		if v.Open() {
			named = value.OfOpenList(named.Elems(), subject(v.Reason()))
		}
		if v.Unordered() {
			named = named.AsSet()
		}
		return named.WithOrigin(v.Origin()).MaybeAs(v)
	case value.KindChoice:
		return v.Map(func(arm value.Value) value.Value { return called(arm, name) })
	case value.KindObject:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			f.Value = called(f.Value, f.Name)
			fields[i] = f
		}
		if v.Open() {
			return value.OfOpenObject(fields, subject(v.Reason())).WithOrigin(v.Origin()).MaybeAs(v)
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin()).MaybeAs(v)
	}
	return v
}

// comesIn reports whether a value has a reason that doesn't say yet what it is about.
func comesIn(v value.Value) bool {
	switch v.Kind() {
	case value.KindOpaque:
		return strings.HasPrefix(v.Reason(), comesFrom)
	case value.KindText, value.KindList, value.KindObject, value.KindChoice:
	default:
		return false
	}
	if v.Open() && strings.HasPrefix(v.Reason(), comesFrom) {
		return true
	}
	for _, m := range v.Elems() {
		if comesIn(m) {
			return true
		}
	}
	if v.Kind() == value.KindText {
		for _, m := range v.Parts() {
			if comesIn(m) {
				return true
			}
		}
	}
	for _, f := range v.Fields() {
		if comesIn(f.Value) {
			return true
		}
	}
	if v.Kind() == value.KindChoice {
		for _, a := range v.Arms() {
			if comesIn(a.Value) {
				return true
			}
		}
	}
	return false
}

// sameReason reports whether two reasons say the same of whatever they are about.
func sameReason(a, b string) bool {
	if a == b {
		return true
	}
	_, x, okA := strings.Cut(a, " comes from ")
	_, y, okB := strings.Cut(b, " comes from ")
	return okA && okB && x == y
}
