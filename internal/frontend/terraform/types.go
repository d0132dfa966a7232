package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/vpclint/vpclint/internal/value"
)

// convertTo applies a variable's type constraint as far as the value is known: scalars take the type's form, objects lose
// the attributes that the type doesn't have and gain its optional ones, lists become sets.
func convertTo(v value.Value, ty cty.Type, defaults *typeexpr.Defaults) value.Value {
	if ty == cty.DynamicPseudoType || ty == cty.NilType || v.Encoded() && !ty.IsPrimitiveType() {
		return v
	}
	if v.Kind() == value.KindChoice {
		return v.Map(func(v value.Value) value.Value { return convertTo(v, ty, defaults) })
	}
	var out value.Value
	switch {
	case v.Kind() == value.KindScalar && ty.IsPrimitiveType():
		out = convertScalar(v, ty)
	case v.Kind() == value.KindList && (ty.IsListType() || ty.IsSetType()):
		out = convertElements(v, ty, defaults)
	case v.Kind() == value.KindList && ty.IsTupleType() && settled(v) && len(v.Elems()) == ty.Length():
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = convertTo(e, ty.TupleElementType(i), inner(defaults, strconv.Itoa(i)))
		}
		out = reshaped(v, elems)
	case v.Kind() == value.KindObject && ty.IsMapType():
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			fields[i] = value.Field{Name: f.Name, Key: f.Key, Via: f.Via, Value: convertTo(f.Value, ty.ElementType(), inner(defaults, ""))}
		}
		if out = refielded(v, fields); ty.ElementType().HasDynamicTypes() {
			out = withMembers(out, alike(out))
		}
	case v.Kind() == value.KindObject && ty.IsObjectType() && !strings.HasPrefix(v.Reason(), keysPrefix):
		out = convertObject(v, ty, defaults)
	case ty == cty.Number && textual(v).Kind() == value.KindText, ty == cty.Bool && textual(v).Kind() == value.KindText:
		out = value.OfOpaque(v.Reason(), v.Refs()...) // "0${x}" may be the number 1
	default:
		return v
	}
	return out.WithOrigin(v.Origin()).MaybeAs(v)
}

// narrowed returns a value with objects in place of the whole resources and modules in it where a type says what of them
// there is: what it doesn't name is gone, and what it names and isn't there takes its default. One that stands for several
// stays, by which a list of it is known to be uniform.
func (ev *evaluator) narrowed(v value.Value, ty cty.Type) value.Value {
	if ty == cty.DynamicPseudoType || ty == cty.NilType || ty.IsPrimitiveType() || v.Encoded() {
		return v
	}
	if h, ok := ev.handleOf(v); ok {
		if ref, _ := v.Symbol(); strings.Contains(ref.Addr.Name, star) {
			return v
		}
		return ev.narrowedHandle(h, v, ty).MaybeAs(v)
	}
	switch {
	case v.Kind() == value.KindChoice:
		return v.Map(func(v value.Value) value.Value { return ev.narrowed(v, ty) }).MaybeAs(v)
	case v.Kind() == value.KindList && (ty.IsListType() || ty.IsSetType()):
		elem := func(e value.Value) value.Value { return ev.narrowed(e, ty.ElementType()) }
		if slices.ContainsFunc(v.Elems(), whole) {
			return reshaped(v, mapped(v.Elems(), elem))
		}
	case v.Kind() == value.KindObject && (ty.IsMapType() || ty.IsObjectType()):
		members := memberValues(v)
		for i, f := range v.Fields() {
			if ty.IsMapType() {
				members[i] = ev.narrowed(f.Value, ty.ElementType())
			} else if ty.HasAttribute(f.Name) {
				members[i] = ev.narrowed(f.Value, ty.AttributeType(f.Name))
			}
		}
		return withMembers(v, members)
	}
	return v
}

func (ev *evaluator) narrowedHandle(h handle, v value.Value, ty cty.Type) value.Value {
	if !ty.IsObjectType() {
		return h.object().WithOrigin(v.Origin())
	}
	var fields []value.Field
	for _, name := range sortedKeys(ty.AttributeTypes()) {
		m := h.member(name).Value
		if ty.AttributeOptional(name) && m.Kind() == value.KindSymbol {
			m = value.OfOpaque("it may not be there", m.Refs()...).WithOrigin(m.Origin())
		}
		fields = append(fields, value.Field{Name: name, Value: m})
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// convertMembers applies a variable's type to members that are not all known by name.
func convertMembers(ms []member, ty cty.Type, defaults *typeexpr.Defaults) []member {
	switch {
	case ms == nil || ty == cty.DynamicPseudoType:
		return ms
	case !ty.IsMapType():
		return nil
	}
	out := make([]member, len(ms))
	for i, m := range ms {
		out[i] = member{m.key, convertTo(m.value, ty.ElementType(), inner(defaults, "")), m.maybe, m.many}
	}
	return out
}

func convertScalar(v value.Value, ty cty.Type) value.Value {
	if unspelt(v) {
		if ty == cty.String {
			return textual(v)
		}
		return v
	}
	v = asTexts(v) // the text of a number becomes what the number becomes, or is refused
	switch s, _ := v.Scalar(); s := s.(type) {
	case string:
		if ty == cty.String && ascii(s) {
			return v
		}
	case bool:
		if ty == cty.Bool {
			return v
		}
	case value.Number:
		if _, ok := integer(v); ok && ty == cty.Number {
			return v
		} else if ok && ty == cty.String {
			return value.OfString(string(s))
		}
	}
	c, err := toCty(v)
	if err != nil {
		return v
	}
	converted, err := convert.Convert(c, ty)
	if err != nil {
		return v // terraform refuses it; what the author wrote is the best there is
	}
	return fromCty(converted)
}

func convertElements(v value.Value, ty cty.Type, defaults *typeexpr.Defaults) value.Value {
	elems := make([]value.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		elems[i] = convertTo(e, ty.ElementType(), inner(defaults, ""))
	}
	if ty.ElementType().HasDynamicTypes() {
		elems = together(elems, 0)
		if v.Open() {
			elems = eachLoosened(elems)
		}
	}
	out := retyped(v, elems)
	switch {
	case ty.IsSetType():
		return toSet(out)
	case out.ListOrSet():
		return out.AsSet()
	case v.Unordered() && exact(v):
		return value.OfList(elems, false)
	}
	return out
}

func convertObject(v value.Value, ty cty.Type, defaults *typeexpr.Defaults) value.Value {
	var fields []value.Field
	types := ty.AttributeTypes()
	present := map[string]bool{}
	for _, f := range v.Fields() {
		want, ok := types[f.Name]
		if !ok {
			continue
		}
		present[f.Name] = true
		// A null stands for an optional attribute that is left out, which takes its default:
		// https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
		if d, has := defaultOf(defaults, f.Name); has && f.Value.Kind() == value.KindAbsent {
			f.Value = fromCty(d)
		}
		f.Value = convertTo(f.Value, want, inner(defaults, f.Name))
		fields = append(fields, f)
	}
	for _, name := range sortedKeys(types) {
		if present[name] || v.Open() {
			continue
		}
		f := value.Field{Name: name}
		if d, has := defaultOf(defaults, name); has {
			f.Value = convertTo(fromCty(d).WithOrigin(v.Origin()), types[name], inner(defaults, name))
		}
		fields = append(fields, f)
	}
	return refielded(v, fields)
}

func defaultOf(d *typeexpr.Defaults, name string) (cty.Value, bool) {
	if d == nil {
		return cty.NilVal, false
	}
	v, ok := d.DefaultValues[name]
	return v, ok
}

// inner returns the defaults of a member: "" for the elements of a collection.
func inner(d *typeexpr.Defaults, name string) *typeexpr.Defaults {
	if d == nil {
		return nil
	}
	return d.Children[name]
}

// toSet returns a list as a set: what is known is sorted and without repeats.
func toSet(v value.Value) value.Value {
	if v.Kind() != value.KindList || v.Encoded() {
		return v
	}
	if !settled(v) || !allKnown(v.Elems()) {
		return v.AsSet()
	}
	// The order in which Terraform iterates over a set of texts is theirs; of other types it is cty's.
	elems := v.Elems()
	if texts, ok := textSet(elems); ok {
		return value.OfList(texts, false).WithOrigin(v.Origin()).AsSortedSet()
	}
	cs := make([]cty.Value, len(elems))
	for i, e := range elems {
		c, err := toCty(e)
		if err != nil {
			return v.AsSet()
		}
		cs[i] = c
	}
	tys := make([]cty.Type, len(cs))
	for i, c := range cs {
		tys[i] = c.Type()
	}
	_, convs := convert.UnifyUnsafe(tys)
	if len(cs) == 0 {
		return value.OfList(elems, false).WithOrigin(v.Origin()).AsSortedSet()
	}
	if convs == nil {
		return v.AsSet() // terraform refuses it
	}
	places := map[string]value.Value{}
	for i := range cs {
		if convs[i] != nil {
			c, err := convs[i](cs[i])
			if err != nil {
				return v.AsSet()
			}
			cs[i] = c
		}
		if key := cs[i].GoString(); places[key].Origin() == nil {
			places[key] = elems[i]
		}
	}
	if !cty.CanSetVal(cs) {
		return v.AsSet()
	}
	var out []value.Value
	for it := cty.SetVal(cs).ElementIterator(); it.Next(); {
		_, e := it.Element()
		out = append(out, fromCty(e).WithOrigin(places[e.GoString()].Origin()))
	}
	return value.OfList(out, false).WithOrigin(v.Origin()).AsSortedSet()
}

// textSet returns plain texts sorted and without repeats, as a set has them; false where there is anything else.
func textSet(elems []value.Value) ([]value.Value, bool) {
	for _, e := range elems {
		s, _ := e.Scalar()
		if text, isText := s.(string); !isText || !ascii(text) {
			return nil, false
		}
	}
	sorted := slices.Clone(elems)
	slices.SortStableFunc(sorted, func(a, b value.Value) int { return strings.Compare(a.Literal(), b.Literal()) })
	out := sorted[:0]
	for _, e := range sorted {
		n := len(out)
		if n == 0 || out[n-1].Literal() != e.Literal() {
			out = append(out, e)
		} else if out[n-1].Origin() == nil {
			out[n-1] = e
		}
	}
	return out, len(out) > 0
}
