package terraform

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/vpclint/vpclint/internal/value"
)

// fromCty returns a known value of cty's as a value, and an opaque one for what is not known.
func fromCty(v cty.Value) value.Value {
	v, _ = v.UnmarkDeep()
	if !v.IsKnown() {
		return value.OfOpaque("it can't be known before deployment")
	}
	if v.IsNull() {
		return value.Value{}
	}
	ty := v.Type()
	switch {
	case ty == cty.String:
		return value.OfString(v.AsString())
	case ty == cty.Bool:
		return value.OfBool(v.True())
	case ty == cty.Number:
		return fromNumber(v.AsBigFloat())
	case ty.IsListType() || ty.IsTupleType() || ty.IsSetType():
		elems := make([]value.Value, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			elems = append(elems, fromCty(e))
		}
		list := value.OfList(elems, false)
		if ty.IsSetType() {
			return list.AsSortedSet()
		}
		return list
	case ty.IsMapType() || ty.IsObjectType():
		fields := make([]value.Field, 0, v.LengthInt())
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			fields = append(fields, value.Field{Name: k.AsString(), Value: fromCty(e)})
		}
		return value.OfObject(fields, false)
	}
	return value.OfOpaque("it can't be evaluated")
}

// ofLiteral is fromCty of what the parser makes of a literal, most of which are texts and booleans.
func ofLiteral(v cty.Value) value.Value {
	if v.IsMarked() || !v.IsKnown() || v.IsNull() {
		return fromCty(v)
	}
	switch v.Type() {
	case cty.String:
		return value.OfString(v.AsString())
	case cty.Bool:
		return value.OfBool(v.True())
	case cty.Number:
		return fromNumber(v.AsBigFloat())
	}
	return fromCty(v)
}

func fromNumber(f *big.Float) value.Value {
	const maxBits = 1024 // beyond it a number's decimal text is longer than anyone wrote it
	if f.Sign() == 0 && f.Signbit() {
		return value.OfOpaque("it is a negative zero") // which is spelt "-0"
	}
	if f.IsInf() || f.Sign() != 0 && (f.MantExp(nil) > maxBits || f.MantExp(nil) < -maxBits) {
		return value.OfOpaque("the number is out of range")
	}
	// A big.Float of 512 bits takes microseconds to print, and nearly all numbers are small integers.
	if i, accuracy := f.Int64(); accuracy == big.Exact {
		return value.OfNumber(value.Number(strconv.FormatInt(i, 10)))
	}
	n, ok := value.NumberOf(f.Text('f', -1))
	if !ok {
		return value.OfOpaque("the number is out of range")
	}
	if again, _, err := big.ParseFloat(string(n), 10, 512, big.ToNearestEven); !f.IsInt() && (len(n) > maxDigits || err != nil || again.Cmp(f) != 0) {
		return value.OfNumber(n).AsUntyped()
	}
	return value.OfNumber(n)
}

// maxDigits bounds the digits of a fraction that are believed: those of a third depend on the precision that Terraform has
// computed with, which is that of its operands. Others are compared and rounded, but never spelt.
const maxDigits = 16

// unspelt reports whether there is a number in v of which not every digit is known.
func unspelt(v value.Value) bool {
	switch {
	case !v.Converts():
		return false
	case v.Kind() == value.KindScalar:
		return v.Untyped() && len(v.Literal()) > maxDigits && strings.Contains(v.Literal(), ".")
	case v.Kind() == value.KindList:
		return slices.ContainsFunc(v.Elems(), unspelt)
	case v.Kind() == value.KindObject:
		return slices.ContainsFunc(memberValues(v), unspelt)
	}
	return false
}

var errNotKnown = errors.New("not all of it is known")

// toCty returns a value that is known to its last member as one of cty's.
func toCty(v value.Value) (cty.Value, error) {
	if v.Encoded() {
		s, ok := jsonText(v)
		if !ok {
			return cty.NilVal, errNotKnown
		}
		return cty.StringVal(s), nil
	}
	switch v.Kind() {
	case value.KindAbsent:
		return cty.NullVal(cty.DynamicPseudoType), nil
	case value.KindScalar:
		if v.Untyped() {
			return cty.NilVal, errNotKnown
		}
		switch s, _ := v.Scalar(); s := s.(type) {
		case string:
			return cty.StringVal(s), nil
		case bool:
			return cty.BoolVal(s), nil
		case value.Number:
			return toNumber(s)
		}
	case value.KindList:
		if v.Open() || v.ListOrSet() {
			return cty.NilVal, errNotKnown
		}
		elems := make([]cty.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			var err error
			if elems[i], err = toCty(e); err != nil {
				return cty.NilVal, err
			}
		}
		switch {
		case v.Unordered() && !v.Sorted() && len(elems) > 1:
			return cty.NilVal, errNotKnown
		case v.Sorted() && len(elems) > 0 && cty.CanSetVal(elems):
			return cty.SetVal(elems), nil
		}
		return cty.TupleVal(elems), nil
	case value.KindObject:
		if v.Open() {
			return cty.NilVal, errNotKnown
		}
		fields := make(map[string]cty.Value, len(v.Fields()))
		for _, f := range v.Fields() {
			e, err := toCty(f.Value)
			if err != nil {
				return cty.NilVal, err
			}
			fields[f.Name] = e
		}
		return cty.ObjectVal(fields), nil
	}
	return cty.NilVal, errNotKnown
}

// toNumber is cty.ParseNumberVal, with a shorter way for what nearly all numbers are. The precision is the same, which
// what is computed with the number depends on.
func toNumber(n value.Number) (cty.Value, error) {
	const precision = 512
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return cty.NumberVal(new(big.Float).SetPrec(precision).SetInt64(i)), nil
	}
	return cty.ParseNumberVal(string(n))
}

// asTexts returns a value with a text in place of each scalar of which only the text is known.
func asTexts(v value.Value) value.Value {
	switch {
	case typed(v), v.Encoded():
		return v
	case v.Kind() == value.KindScalar:
		return value.OfString(v.Literal()).WithOrigin(v.Origin()).MaybeAs(v)
	case v.Kind() == value.KindList && !v.Unordered():
		return reshaped(v, mapped(v.Elems(), asTexts))
	case v.Kind() == value.KindObject:
		members := make([]value.Value, len(v.Fields()))
		for i, f := range v.Fields() {
			members[i] = asTexts(f.Value)
		}
		return withMembers(v, members)
	}
	return v
}

// jsonText returns the JSON text of a value made by AsJSON, where all of it is known, its spelling included.
func jsonText(v value.Value) (string, bool) {
	plain := v.Decoded()
	if !known(plain) || v.Respelt() {
		return "", false
	}
	c, err := toCty(plain)
	if err != nil {
		return "", false
	}
	text, err := stdlib.JSONEncode(c)
	if err != nil {
		return "", false
	}
	return text.AsString(), true
}
