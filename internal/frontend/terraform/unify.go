package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// The arms of a conditional, and the elements of a list, set or map, are all of one type: a number beside a text becomes a
// text, a list beside a set a set: https://developer.hashicorp.com/terraform/language/expressions/type-constraints
// A value of ours doesn't say whether it is a tuple, of which each element has its own type, or a list, of which all have
// one. Where the two come to different things, what is known of a scalar is its text only.

// maxUnified bounds the alternatives, and maxUnifiedDepth the levels, at which both readings are compared.
const (
	maxUnified      = 256
	maxUnifiedDepth = 4
)

// unified returns what an arm of a conditional is in a world, once it is of one type with the other.
func unified(v, other value.Value, when value.World) value.Value {
	if !v.Converts() {
		return v
	}
	if len(v.Arms())*len(other.Arms()) > maxUnified {
		return loosened(v)
	}
	return v.Map(func(v value.Value) value.Value {
		var out value.Value
		first := true
		for _, a := range other.Arms() {
			if _, together := when.And(a.When); !together {
				continue
			}
			one := together([]value.Value{v, a.Value.Certain()}, 0)[0]
			if first {
				out, first = one, false
			} else {
				out = agreed(out, one)
			}
		}
		if first {
			return v
		}
		return out
	}).MaybeAs(

		v)

}

// together returns values once all of them are of one type.
func together(vs []value.Value, depth int) []value.Value {
	if len(vs) < 2 || !slices.ContainsFunc(vs, value.Value.Converts) {
		return vs
	}
	lists, objects, scalars := 0, 0, 0
	for _, v := range vs {
		switch {
		case sortOf(v) != 0:
			scalars++
		case v.Kind() == value.KindList:
			lists++
		case v.Kind() == value.KindObject:
			objects++
		}
	}
	switch {
	case lists == len(vs):
		return listsTogether(vs, depth)
	case objects == len(vs):
		return objectsTogether(vs, depth)
	case lists+objects == 0:
		return scalarsTogether(vs, scalars < len(vs))
	}
	return eachLoosened(vs)
}

// A sort is what a scalar is to Terraform.
type sort uint8

const (
	textSort sort = 1 << iota
	numberSort
	boolSort
	untypedSort
)

// sortOf returns what a value is, in all worlds together; 0 where it may be something else than a scalar.
func sortOf(v value.Value) sort {
	if v.Kind() == value.KindChoice {
		all := sort(0)
		for _, a := range v.Arms() {
			one := sortOf(a.Value)
			if one == 0 {
				return 0
			}
			all |= one
		}
		if all&(all-1) != 0 {
			return untypedSort
		}
		return all
	}
	switch s, _ := v.Scalar(); s.(type) {
	case bool, value.Number:
		if v.Untyped() {
			return untypedSort
		}
		if _, isBool := s.(bool); isBool {
			return boolSort
		}
		return numberSort
	}
	if isText(v) {
		return textSort
	}
	return 0
}

// scalarsTogether makes texts of numbers and booleans that stand beside a text. Where it isn't known what they stand beside,
// only their text is known.
func scalarsTogether(vs []value.Value, others bool) []value.Value {
	all := sort(0)
	for _, v := range vs {
		s := sortOf(v)
		if s == textSort && v.MayBeMissing() {
			s = untypedSort // whether there is a text at all isn't known
		}
		all |= s
	}
	switch {
	case all&textSort != 0:
		return mapped(vs, func(v value.Value) value.Value { return scalarsOf(v, spelledOut) })
	case others || all&untypedSort != 0 || all == numberSort|boolSort:
		return mapped(vs, func(v value.Value) value.Value { return scalarsOf(v, value.Value.AsUntyped) })
	}
	return vs
}

// spelledOut returns a number or boolean as the text that spells it.
func spelledOut(v value.Value) value.Value {
	switch {
	case v.Kind() != value.KindScalar || !v.Converts():
		return v
	case unspelt(v):
		return textual(v).MaybeAs(v)
	}
	return value.OfString(v.Literal()).WithOrigin(v.Origin()).MaybeAs(v)
}

// scalarsOf applies f to a scalar, or to those that a choice is of.
func scalarsOf(v value.Value, f func(value.Value) value.Value) value.Value {
	if !v.Converts() {
		return v
	}
	return v.Map(f).MaybeAs(v)
}

func mapped(vs []value.Value, f func(value.Value) value.Value) []value.Value {
	out := make([]value.Value, len(vs))
	for i, v := range vs {
		out[i] = f(v)
	}
	return out
}

func eachLoosened(vs []value.Value) []value.Value { return mapped(vs, loosened) }

// listsTogether reads lists as tuples, which keep their elements apart where they are equally long, and as lists, of which
// all elements are of one type.
func listsTogether(vs []value.Value, depth int) []value.Value {
	same, sets, lists := true, false, false
	for _, v := range vs {
		if !settled(v) || depth >= maxUnifiedDepth {
			return eachLoosened(vs)
		}
		same = same && len(v.Elems()) == len(vs[0].Elems())
		sets = sets || v.Unordered()
		lists = lists || !v.Sorted()
	}
	out := asOneList(vs, depth)
	if sets && lists && !slices.EqualFunc(vs, out, func(v, of value.Value) bool { return slices.EqualFunc(v.Elems(), of.Elems(), sameType) }) {
		return mapped(vs, provided) // the type of a set's elements goes before that of a list's
	}
	if same {
		columns := make([][]value.Value, len(vs[0].Elems()))
		for j := range columns {
			for _, v := range vs {
				columns[j] = append(columns[j], v.Elems()[j])
			}
			columns[j] = together(columns[j], depth+1)
		}
		for i, v := range vs {
			row := make([]value.Value, len(columns))
			for j := range columns {
				row[j] = columns[j][i]
			}
			out[i] = agreed(out[i], retyped(v, row))
		}
	}
	if sets {
		for i, v := range out {
			out[i] = v.AsListOrSet()
		}
	}
	return out
}

// asOneList reads lists as such, of which all elements are of one type. That of an empty one is not known.
func asOneList(vs []value.Value, depth int) []value.Value {
	var all []value.Value
	for _, v := range vs {
		all = append(all, v.Elems()...)
	}
	if slices.ContainsFunc(vs, func(v value.Value) bool { return len(v.Elems()) == 0 }) {
		all = eachLoosened(all)
	} else {
		all = together(all, depth+1)
	}
	out := make([]value.Value, len(vs))
	for i, v := range vs {
		n := len(v.Elems())
		out[i] = retyped(v, all[:n:n])
		all = all[n:]
	}
	return out
}

// concatenated returns the lists that make one: tuples, of which the elements keep their types, or lists.
func concatenated(vs []value.Value) []value.Value {
	if !slices.ContainsFunc(vs, func(v value.Value) bool { return slices.ContainsFunc(v.Elems(), value.Value.Converts) }) {
		return vs
	}
	if slices.ContainsFunc(vs, func(v value.Value) bool { return !settled(v) }) {
		return mapped(vs, func(v value.Value) value.Value {
			if v.Kind() != value.KindList {
				return v
			}
			return retyped(v, eachLoosened(v.Elems()))
		})
	}
	out := asOneList(vs, 0)
	for i, v := range vs {
		elems := make([]value.Value, len(v.Elems()))
		for j, e := range v.Elems() {
			elems[j] = agreed(e, out[i].Elems()[j])
		}
		out[i] = retyped(v, elems)
	}
	return out
}

// retyped returns a list of its elements as a conversion has left them. That of a set may have changed its order.
func retyped(v value.Value, elems []value.Value) value.Value {
	out := reshaped(v, elems)
	if !v.Sorted() || slices.EqualFunc(v.Elems(), elems, sameType) {
		return out
	}
	return out.AsSet()
}

// objectsTogether reads objects as such, which keep their attributes apart where they have the same, and as maps.
func objectsTogether(vs []value.Value, depth int) []value.Value {
	var all []value.Value
	same, empty := true, false
	for _, v := range vs {
		if !complete(v) || depth >= maxUnifiedDepth {
			return eachLoosened(vs)
		}
		empty = empty || len(v.Fields()) == 0
		for _, f := range v.Fields() {
			all = append(all, f.Value)
			_, has := vs[0].Field(f.Name)
			same = same && has
		}
		same = same && len(v.Fields()) == len(vs[0].Fields())
	}
	if empty {
		all = eachLoosened(all)
	} else {
		all = together(all, depth+1)
	}
	out := make([]value.Value, len(vs))
	for i, v := range vs {
		n := len(v.Fields())
		out[i] = withMembers(v, all[:n])
		all = all[n:]
	}
	if !same {
		return out
	}
	rows := make([][]value.Value, len(vs))
	for _, f := range vs[0].Fields() {
		column := make([]value.Value, len(vs))
		for i, v := range vs {
			of, _ := v.Field(f.Name)
			column[i] = of.Value
		}
		for i, e := range together(column, depth+1) {
			rows[i] = append(rows[i], e)
		}
	}
	for i, v := range vs {
		byName := map[string]value.Value{}
		for j, f := range vs[0].Fields() {
			byName[f.Name] = rows[i][j]
		}
		members := make([]value.Value, len(v.Fields()))
		for j, f := range v.Fields() {
			members[j] = byName[f.Name]
		}
		out[i] = agreed(out[i], withMembers(v, members))
	}
	return out
}

// withMembers returns an object with other values under the same names.
func withMembers(v value.Value, members []value.Value) value.Value {
	fields := slices.Clone(v.Fields())
	for i := range fields {
		fields[i].Value = members[i]
	}
	return refielded(v, fields)
}

// memberValues returns the values of an object's fields.
func memberValues(v value.Value) []value.Value {
	out := make([]value.Value, len(v.Fields()))
	for i, f := range v.Fields() {
		out[i] = f.Value
	}
	return out
}

// sameType reports whether two forms of one scalar are of one type. Of lists and objects it doesn't matter here.
func sameType(a, b value.Value) bool { return sortOf(a) == sortOf(b) }

// agreed returns what two readings of one value say together.
func agreed(a, b value.Value) value.Value {
	switch {
	case a.Kind() == value.KindScalar && b.Kind() == value.KindScalar:
		if sortOf(a) == sortOf(b) {
			return a
		}
		if isText(a) {
			a = b
		}
		return a.AsUntyped()
	case a.Kind() == value.KindList && b.Kind() == value.KindList && len(a.Elems()) == len(b.Elems()):
		elems := make([]value.Value, len(a.Elems()))
		for i, e := range a.Elems() {
			elems[i] = agreed(e, b.Elems()[i])
		}
		out := retyped(a, elems)
		if b.Unordered() && !b.Sorted() {
			out = out.AsListOrSet()
		}
		return out
	case a.Kind() == value.KindObject && b.Kind() == value.KindObject && len(a.Fields()) == len(b.Fields()):
		members := memberValues(a)
		for i, f := range b.Fields() {
			members[i] = agreed(members[i], f.Value)
		}
		return withMembers(a, members)
	case b.Kind() == value.KindOpaque:
		return b.WithOrigin(a.Origin()).MaybeAs(a)
	}
	return provided(a)
}

// loosened returns a value of which the types aren't known: every number and boolean may be a text, every list a set, and
// the texts in it what they spell.
func loosened(v value.Value) value.Value {
	if !v.Converts() {
		return v
	}
	switch v.Kind() {
	case value.KindScalar:
		return v.AsUntyped()
	case value.KindChoice:
		return v.Map(loosened).MaybeAs(v)
	case value.KindList:
		return retyped(v, mapped(v.Elems(), provided)).AsListOrSet()
	case value.KindObject:
		return withMembers(v, eachLoosened(memberValues(v)))
	}
	return v
}

// provided returns a value after conversion to a type that nobody knows, such as that of a resource's attribute.
func provided(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindScalar:
		return spelling(v).WithOrigin(v.Origin()).MaybeAs(v)
	case value.KindChoice:
		return v.Map(provided).MaybeAs(v)
	case value.KindList:
		if !v.Encoded() {
			return retyped(v, mapped(v.Elems(), provided)).AsListOrSet()
		}
	case value.KindObject:
		if !v.Encoded() {
			return withMembers(v, mapped(memberValues(v), provided))
		}
	}
	return v
}

// spelling returns a scalar that may be of any type that its text spells a value of.
func spelling(v value.Value) value.Value {
	text := v.Literal()
	if v.Converts() {
		return v.AsUntyped()
	}
	switch n, isNumber := value.NumberOf(text); {
	case text == "0" || text == "1" || isNumber && string(n) != text:
		return value.OfOpaque("its type is not known") // "1" may have become true, "01" 1
	case isNumber:
		return value.OfNumber(n).AsUntyped()
	case text == "true" || text == "false":
		return value.OfBool(text == "true").AsUntyped()
	}
	return v
}

// hasEmpty reports whether there is a list without elements in v.
func hasEmpty(v value.Value) bool {
	switch v.Kind() {
	case value.KindList:
		return len(v.Elems()) == 0 || slices.ContainsFunc(v.Elems(), hasEmpty)
	case value.KindObject:
		return v.Converts() && slices.ContainsFunc(memberValues(v), hasEmpty)
	}
	return false
}

// typed reports whether the type of every scalar in v is known.
func typed(v value.Value) bool {
	switch {
	case !v.Converts():
		return true
	case v.Kind() == value.KindScalar:
		return !v.Untyped()
	case v.Kind() == value.KindList:
		return !v.ListOrSet() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return !typed(e) })
	case v.Kind() == value.KindObject:
		return !slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return !typed(f.Value) })
	}
	return true
}

// unifies is the failure of a conditional by the types of its results: a text goes with any scalar, a number not with a
// boolean. One that fails itself is of no type.
func unifies(arms ...outcome) tri.Bool {
	all, certain := sort(0), true
	for _, o := range arms {
		if o.Kind() == value.KindAbsent {
			continue
		}
		s := sortOf(o.Value)
		if s == 0 {
			return tri.Unknown
		}
		all |= s
		certain = certain && o.fails == tri.False
	}
	switch {
	case all == numberSort|boolSort && certain:
		return tri.True
	case all&(numberSort|boolSort) == numberSort|boolSort || all&untypedSort != 0 && all&textSort == 0:
		return tri.Unknown
	}
	return tri.False
}

// isNull reports whether an expression is the word null, which is of any type.
func isNull(e hclsyntax.Expression) bool {
	lit, ok := bare(e).(*hclsyntax.LiteralValueExpr)
	return ok && lit.Val.IsNull()
}
