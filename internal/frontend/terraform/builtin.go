package terraform

import (
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// builtin returns a function that works on values which are partly known, or nil. None of its arguments is a choice.
func builtin(name string) func([]outcome) outcome {
	switch name {
	case "concat":
		return concatOutcome
	case "flatten":
		return one(flatten)
	case "merge":
		return merge
	case "lookup":
		return lookup
	case "element":
		return element
	case "length":
		return one(length)
	case "keys":
		return one(keys)
	case "values":
		return one(values)
	case "coalesce":
		return coalesce
	case "coalescelist":
		return coalesceList
	case "compact":
		return one(compact)
	case "distinct":
		return one(distinct)
	case "contains":
		return contains
	case "reverse":
		return one(reverse)
	case "slice":
		return slice
	case "zipmap":
		return zipmap
	case "one":
		return one(onlyOne)
	case "setunion":
		return setUnion
	case "toset":
		return one(func(o outcome) outcome { return listOf(o, true) })
	case "tolist":
		return one(func(o outcome) outcome { return listOf(o, false) })
	case "tomap":
		return one(toMap)
	case "tostring":
		return one(toText)
	case "jsonencode":
		return one(jsonEncode)
	case "jsondecode":
		return one(jsonDecode)
	case "join":
		return join
	case "format":
		return format
	case "formatlist":
		return formatList
	case "sensitive":
		return one(sensitive)
	case "nonsensitive":
		return one(nonsensitive)
	case "ephemeralasnull":
		return one(func(o outcome) outcome { return o })
	}
	return encoder(name)
}

// sensitive hides what it is given, as a variable does that is sensitive.
func sensitive(o outcome) outcome {
	o.Value = masked(o.Value, "it is sensitive, and not to be shown")
	return o
}

// nonsensitive shows what was hidden: its author says that it may be seen.
func nonsensitive(o outcome) outcome {
	o.Value = o.Map(func(v value.Value) value.Value {
		if hidden, ok := v.Hidden(); ok {
			return hidden.WithOrigin(v.Origin())
		}
		return v
	})
	return o
}

// one makes a function of one argument.
func one(f func(outcome) outcome) func([]outcome) outcome {
	return func(args []outcome) outcome {
		if len(args) != 1 {
			return failed("it takes one argument", args...)
		}
		return f(args[0])
	}
}

// concatOutcome joins lists in every world that their alternatives make.
// spread replaces lists that are choices by open lists of all that they may hold, where they make too many worlds.
// flattened returns an element as the list of what it adds.
func merge(args []outcome) outcome {
	size := 0
	for _, a := range args {
		size += len(a.Fields())
	}
	b := builder{fails: anyFails(args...), fields: make([]value.Field, 0, size)}
	for _, a := range args {
		switch {
		case a.Kind() == value.KindAbsent:
			continue
		case a.Kind() == value.KindObject && !a.Encoded():
			if a.Open() {
				b.blur(a.Reason(), a.Refs())
			}
			for _, f := range a.Fields() {
				f.Value = continued(f.Value, a.Value)
				i, ok := b.at(f.Name)
				if !ok && b.open && f.Value.MayBeMissing() {
					f.Value = value.OfOpaque("it may be another", append(f.Value.Refs(), b.refs...)...).Maybe()
				}
				if ok && f.Value.MayBeMissing() {
					old := b.fields[i].Value
					f.Value = value.OfOpaque("it may be replaced by another", append(f.Value.Refs(), old.Refs()...)...)
					if old.MayBeMissing() {
						f.Value = f.Value.Maybe()
					}
				}
				b.set(f)
			}
		case a.Kind() == value.KindOpaque:
			b.blur(a.Reason(), a.Refs())
			b.fails = b.fails.Or(tri.Unknown)
		default:
			return failed(describe(a.Value)+" is no object", args...)
		}
	}
	if len(b.fields) > maxElements {
		return unknown("the object is too large", args...)
	}
	return ended(b.object(), b.fails)
}

// mingled returns a choice of objects as one object, for where the worlds are too many to be told apart: a member that not
// all of them have may not be there.
func mingled(o outcome) outcome {
	if o.Kind() != value.KindChoice || o.parts() != nil || o.MayBeMissing() {
		return o
	}
	var b builder
	certain := map[string]int{} // in how many of the arms a member is there
	for _, a := range o.Arms() {
		v := a.Value
		switch {
		case v.Kind() == value.KindAbsent:
			continue // merge passes over null
		case v.Kind() != value.KindObject || v.Encoded() || v.Open():
			return o
		}
		for _, f := range v.Fields() {
			if !f.Value.MayBeMissing() {
				certain[f.Name]++
			}
			f.Value = f.Value.Certain()
			if i, ok := b.at(f.Name); ok {
				f.Value = value.OfOpaque(crowded, append(f.Value.Refs(), b.fields[i].Value.Refs()...)...)
			}
			b.set(f)
		}
	}
	for i, f := range b.fields {
		if certain[f.Name] < len(o.Arms()) {
			b.fields[i].Value = f.Value.MaybeSince(crowded)
		}
	}
	return ended(b.object().WithOrigin(o.Origin()), o.fails)
}

func lookup(args []outcome) outcome {
	if len(args) != 2 && len(args) != 3 {
		return failed("lookup takes two or three arguments", args...)
	}
	object := args[0]
	name, ok := nameIn(args[1].Value)
	if object.Kind() != value.KindObject || !ok || object.Encoded() {
		return unknown("the map is not known", args...)
	}
	f, has := object.Field(name)
	switch {
	case has && !f.Value.MayBeMissing():
		return ended(continued(f.Value, object.Value), anyFails(args...))
	case has || object.Open():
		if ref, ok := starOf(object.Value); ok && !has {
			args = append(args, sure(value.OfSymbol(ref)))
		}
		return unknown("the key may not be there", append(args, ended(f.Value, tri.False))...)
	case len(args) == 3:
		// That of a map becomes of the type of its elements.
		same := sortOf(args[2].Value)
		for _, f := range object.Fields() {
			if sortOf(f.Value) != same {
				same = 0
			}
		}
		if len(object.Fields()) == 0 {
			same = 0
		}
		if same == 0 || same == untypedSort {
			return args[2].with(provided(args[2].Value)).orFails(tri.Unknown)
		}
		return args[2]
	}
	return failed("there is no key "+name, args...)
}

func keys(o outcome) outcome {
	if o.Kind() != value.KindObject || o.Encoded() {
		return unknown("the map is not known", o)
	}
	return membersOf(o, false, func(f value.Field) value.Value {
		k := value.OfString(f.Name)
		if !f.Key.IsZero() {
			k = k.From(f.Key)
		}
		return k.MaybeAs(f.Value)
	})
}

func values(o outcome) outcome {
	if o.Kind() != value.KindObject || o.Encoded() {
		return unknown("the map is not known", o)
	}
	return membersOf(o, true, func(f value.Field) value.Value { return continued(f.Value, o.Value) })
}

// membersOf lists something of each member of an object, in the order of their names; with star, also what stands for the
// members of unknown names.
func membersOf(o outcome, withStar bool, f func(value.Field) value.Value) outcome {
	var elems []value.Value
	for _, field := range byName(o.Value) {
		elems = append(elems, f(field))
	}
	if !o.Open() {
		return ended(value.OfList(elems, false), o.fails)
	}
	reason := o.Reason()
	if ref, ok := starOf(o.Value); ok && withStar {
		elems = append(elems, value.OfSymbol(ref).Maybe())
		if len(elems) > 1 {
			// The instances of unknown keys stand anywhere between the others.
			return ended(value.OfOpenList(elems, partly(reason), o.Refs()...).AsSet(), o.fails)
		}
	}
	return ended(value.OfOpenList(elems, reason, o.Refs()...), o.fails)
}

func coalesce(args []outcome) outcome {
	var pending []outcome
	for i, a := range args {
		if a.Kind() == value.KindAbsent || a.Kind() == value.KindScalar && a.Literal() == "" {
			continue
		}
		if sureToCount(a.Value) && len(pending) == 0 {
			all := make([]value.Value, len(args))
			for j, other := range args {
				all[j] = other.Value
			}
			return perhaps(together(all, 0)[i])
		}
		pending = append(pending, a)
		if sureToCount(a.Value) {
			break
		}
	}
	if len(pending) == 0 {
		return failed("every argument of coalesce is null or empty", args...)
	}
	return unknown("it is one of several", pending...)
}

// sureToCount reports whether a value is certainly neither null nor the empty text.
func sureToCount(v value.Value) bool {
	switch v.Kind() {
	case value.KindScalar, value.KindText, value.KindSymbol:
		return v.NonEmpty().Known() == tri.True
	case value.KindList, value.KindObject:
		return true
	}
	return false
}

// sameKnown compares what is known to its last member, as elements of one list, which are of one type.
func zipmap(args []outcome) outcome {
	if len(args) == 2 {
		if all, ok := uniform(args[1].Value); ok {
			return perhaps(value.OfOpenObject(nil, args[1].Reason(), all.Refs()...))
		}
	}
	if len(args) != 2 || !exact(args[0].Value) || !exact(args[1].Value) || !allKnown(args[0].Elems()) {
		return unknown("the keys are not known", args...)
	}
	names, members := args[0].Elems(), args[1].Elems()
	if len(names) != len(members) {
		return failed("there are not as many keys as values", args...)
	}
	var b builder
	for i, k := range names {
		if k.Kind() != value.KindScalar {
			return unknown("a key is no text", args...)
		}
		b.set(value.Field{Name: k.Literal(), Value: members[i]})
	}
	return perhaps(b.object())
}

// listOf is tolist, or toset: the elements take one type.
// alike gives the elements of a collection one type: numbers and booleans beside texts are texts.
func toMap(o outcome) outcome {
	if o.Kind() != value.KindObject || o.Encoded() {
		return unknown("the map is not known", o)
	}
	return perhaps(withMembers(o.Value, alike(o.Value)))
}

func toText(o outcome) outcome {
	switch o.Kind() {
	case value.KindScalar:
		if unspelt(o.Value) {
			return perhaps(textual(o.Value))
		}
		if s, _ := o.Scalar(); s == o.Literal() {
			return ended(o.Value, tri.False)
		}
		return ended(value.OfString(o.Literal()), tri.False)
	case value.KindAbsent, value.KindText, value.KindSymbol, value.KindOpaque:
		return ended(o.Value, tri.Unknown)
	}
	if o.Encoded() {
		return o
	}
	return failed(describe(o.Value)+" is no text", o)
}

func jsonEncode(o outcome) outcome {
	switch {
	case o.Encoded():
		return unknown("it is the JSON text of a text", o)
	case o.Kind() == value.KindList || o.Kind() == value.KindObject:
		return ended(o.AsJSON(), tri.False)
	case o.Kind() == value.KindScalar:
		s, _ := o.Scalar()
		if _, isText := s.(string); !isText && !o.Untyped() {
			return ended(value.OfString(o.Literal()), tri.False)
		}
		if b, ok := jsonString(o.Literal()); ok && !o.Untyped() {
			return ended(value.OfString(b), tri.False)
		}
	}
	return unknown("the JSON text is not known", o)
}

// yamlEncode returns what isn't known whole as the YAML text that spells it: who reads documents sees through it, to anyone
// else it is unknown.
func yamlEncode(v value.Value) value.Value {
	if v.Encoded() || v.Kind() != value.KindList && v.Kind() != value.KindObject {
		return value.OfOpaque(reasonOf("the YAML text is not known", ended(v, tri.False)), v.Refs()...)
	}
	return v.AsRespeltJSON()
}

// parsedJSON returns what is read back of what was written as JSON, which has no sets.
func parsedJSON(v value.Value) value.Value {
	switch {
	case !v.Converts() || v.Encoded():
		return v
	case v.Kind() == value.KindChoice:
		return v.Map(parsedJSON).MaybeAs(v)
	case v.Kind() == value.KindObject:
		return withMembers(v, mapped(memberValues(v), parsedJSON))
	case v.Kind() != value.KindList:
		return v
	}
	out := reshaped(v, mapped(v.Elems(), parsedJSON))
	switch {
	case v.Sorted() && exact(v):
		out = value.OfList(out.Elems(), false).WithOrigin(v.Origin())
	case v.Unordered():
		out = out.AsSet()
	}
	return out.MaybeAs(v)
}

func jsonDecode(o outcome) outcome {
	if o.Encoded() {
		return perhaps(parsedJSON(o.Decoded()))
	}
	s, ok := o.AsString()
	if !ok || tooCostly("jsondecode", []outcome{o}) {
		return unknown("the JSON text is not known", o)
	}
	v, err := decodeJSON(s)
	if err != nil {
		return failed("it is not valid JSON", o)
	}
	return perhaps(v)
}
