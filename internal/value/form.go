package value

// AsSet returns a list as a set: its elements may stand in another order, and several may be one and the same.
func (v Value) AsSet() Value {
	if v.Kind() != KindList || v.p.unordered && !v.p.either && !v.p.sorted {
		return v
	}
	p := *v.p
	p.unordered, p.sorted, p.either = true, false, false
	v.p = &p
	return v
}

// AllAlike returns an open list whose other elements are what its known ones stand for: the instances of a resource of
// unknown count, each of which is as the one that is listed.
func (v Value) AllAlike() Value {
	if v.Kind() != KindList || !v.p.open {
		return v
	}
	p := *v.p
	p.alike = true
	v.p = &p
	return v
}

// AsSortedSet returns a list as a set of which each element is there once, in the order in which a set has them.
func (v Value) AsSortedSet() Value {
	if v.Kind() != KindList {
		return v
	}
	p := *v.p
	p.unordered, p.sorted, p.either = true, true, false
	v.p = &p
	return v
}

// Sorted reports whether v is a list made by AsSortedSet, which is unordered too.
func (v Value) Sorted() bool { return v.p != nil && v.p.sorted }

// Unordered reports whether v is a list made by AsSet, AsSortedSet or AsListOrSet.
func (v Value) Unordered() bool { return v.p != nil && v.p.unordered }

// AsListOrSet returns a list as one that may be a set: its elements stand in this order if it has one at all. What is
// unordered anyway stays so.
func (v Value) AsListOrSet() Value {
	if v.Kind() != KindList || v.p.unordered {
		return v
	}
	p := *v.p
	p.unordered, p.either = true, true
	v.p = &p
	return v
}

// ListOrSet reports whether v is a list made by AsListOrSet, which is unordered too.
func (v Value) ListOrSet() bool { return v.p != nil && v.p.either }

// AsUntyped returns a known number or boolean as one that may be the text which spells it: AWS takes either, the language
// that it is written in tells them apart.
func (v Value) AsUntyped() Value {
	if v.Kind() != KindScalar || v.p.untyped || !v.p.converts {
		return v
	}
	p := *v.p
	p.untyped = true
	v.p = &p
	return v
}

// Untyped reports whether v is a scalar made by AsUntyped.
func (v Value) Untyped() bool { return v.p != nil && v.p.untyped }

// Converts reports whether there is a number, a boolean or a list in v, at any depth: what a language that gives several
// values one type may make a text or a set of.
func (v Value) Converts() bool { return v.p != nil && v.p.converts }

// AsJSON returns a list or object as the JSON text that spells it (jsonencode, Fn::ToJsonString, a policy document's
// json): who reads JSON sees through it, to anyone else it is text.
func (v Value) AsJSON() Value {
	if v.Kind() != KindList && v.Kind() != KindObject || v.p.encoded {
		return v
	}
	p := *v.p
	p.encoded = true
	v.p = &p
	return v
}

// AsRespeltJSON is AsJSON of a text of which spaces and the order of names are not known, such as a policy document's json.
func (v Value) AsRespeltJSON() Value {
	if v = v.AsJSON(); !v.Encoded() {
		return v
	}
	p := *v.p
	p.respelt = true
	v.p = &p
	return v
}

// Respelt reports whether v is a text made by AsRespeltJSON.
func (v Value) Respelt() bool { return v.p != nil && v.p.respelt }

// Encoded reports whether v is a text made by AsJSON or AsRespeltJSON.
func (v Value) Encoded() bool { return v.p != nil && v.p.encoded }

// Decoded returns what an encoded text spells.
func (v Value) Decoded() Value {
	if !v.Encoded() {
		return v
	}
	p := *v.p
	p.encoded, p.respelt = false, false
	v.p = &p
	return v
}

// Spelling returns an opaque text as one that is the JSON of a value: what it spells isn't known, what it says is.
func (v Value) Spelling(of Value) Value {
	if v.Kind() != KindOpaque {
		return v
	}
	p := *v.p
	p.members = &members{elems: []Value{of.Decoded()}}
	p.size = sizeOf(p.elems)
	v.p = &p
	return v
}

// spelt returns the value of which an opaque text is the JSON.
func (v Value) spelt() (Value, bool) {
	if v.Kind() != KindOpaque || v.p.members == nil || len(v.p.elems) == 0 {
		return Value{}, false
	}
	return v.p.elems[0], true
}

// Hiding returns an opaque value as one that stands for a value which is known and not to be shown. Whoever compares, prints or
// parses it finds it unknown.
func (v Value) Hiding(of Value) Value {
	if v.Kind() != KindOpaque {
		return v
	}
	p := *v.p
	p.members = &members{arms: []Arm{{Value: of}}}
	v.p = &p
	return v
}

// Hidden returns the value that an opaque one stands for and that is not to be shown: what reads it tells no one what it is.
func (v Value) Hidden() (Value, bool) {
	if v.Kind() != KindOpaque || v.p.members == nil || len(v.p.arms) == 0 {
		return Value{}, false
	}
	return v.p.arms[0].Value, true
}

// Maybe returns v as a list element or block that may not be there.
func (v Value) Maybe() Value { return v.MaybeSince("") }

// MaybeSince is Maybe with a clause for people that says what it hangs on; the first one given stays.
func (v Value) MaybeSince(reason string) Value {
	switch {
	case v.maybe != nil && (*v.maybe != "" || reason == ""):
	case reason == "":
		v.maybe = &unsaid
	default:
		since := reason
		v.maybe = &since
	}
	return v
}

// unsaid is why something may not be there where nobody says why.
var unsaid string

// MaybeAs returns v as one that may not be there if of may not.
func (v Value) MaybeAs(of Value) Value {
	if of.maybe != nil {
		return v.MaybeSince(*of.maybe)
	}
	return v
}

// MayBeMissing reports whether v is a list element or block that may not be there.
func (v Value) MayBeMissing() bool { return v.maybe != nil }

// WhyMissing returns what it hangs on that v may not be there; empty where it is, or where nobody knows.
func (v Value) WhyMissing() string {
	switch {
	case v.maybe == nil:
		return ""
	case *v.maybe == "" && v.Kind() == KindOpaque:
		return v.Reason()
	}
	return *v.maybe
}

// whyMissing returns the first reason that one of vs has for not being there.
func whyMissing(vs []Value) string {
	for _, v := range vs {
		if why := v.WhyMissing(); why != "" {
			return why
		}
	}
	return ""
}

// Certain returns v as an element that is there, whatever it was before.
func (v Value) Certain() Value {
	v.maybe = nil
	return v
}
