package value

// ToBool returns v as AWS reads it where it wants a boolean: "true" is true. What spells none stays what it is.
func (v Value) ToBool() Value {
	return v.convert(func(v Value) (Value, bool) {
		if v.p.form == formBool {
			return v, false
		}
		b, ok := v.AsBool()
		return OfBool(b), ok
	})
}

// ToInt returns v as AWS reads it where it wants an integer: "2" is 2. What spells none stays what it is.
func (v Value) ToInt() Value {
	return v.convert(func(v Value) (Value, bool) {
		if v.p.form != formText {
			return v, false
		}
		n, ok := v.AsInt()
		return OfInt(n), ok
	})
}

// ToText returns v as AWS reads it where it wants a string: 5 is "5" and true "true".
func (v Value) ToText() Value {
	return v.convert(func(v Value) (Value, bool) { return OfString(v.p.text), v.p.form != formText })
}

// convert returns v with f applied to a scalar, in every world. F reports whether it is another value.
func (v Value) convert(f func(Value) (Value, bool)) Value {
	switch v.Kind() {
	case KindScalar:
		if other, ok := f(v); ok {
			return other.withOrigin(v.origin).MaybeAs(v)
		}
	case KindChoice:
		return v.Map(func(arm Value) Value { return arm.convert(f) })
	}
	return v
}

// ToTexts returns v as AWS reads it where it wants a list of strings: one text is a list of one.
func (v Value) ToTexts() Value {
	switch v.Kind() {
	case KindScalar, KindText, KindSymbol:
		return OfList([]Value{v.ToText().Certain()}, false).withOrigin(v.origin).MaybeAs(v)
	case KindChoice:
		return v.Map(Value.ToTexts)
	case KindList:
		return v.eachMember(Value.ToText)
	}
	return v
}

// ToTextMap returns v as AWS reads it where it wants strings under names.
func (v Value) ToTextMap() Value {
	if v.Kind() == KindChoice {
		return v.Map(Value.ToTextMap)
	}
	return v.eachMember(Value.ToText)
}

// eachMember returns a list or object with f, which leaves texts alone, applied to each member, in every other way as it was.
func (v Value) eachMember(f func(Value) Value) Value {
	if v.Kind() != KindList && v.Kind() != KindObject || !v.p.holdsOthers() {
		return v
	}
	p, m := *v.p, *v.p.members
	m.elems = make([]Value, len(v.p.elems))
	for i, e := range v.p.elems {
		m.elems[i] = f(e)
	}
	m.fields = make([]Field, len(v.p.fields))
	for i, field := range v.p.fields {
		m.fields[i] = Field{Name: field.Name, Key: field.Key, Via: field.Via, Value: f(field.Value)}
	}
	p.members = &m
	v.p = &p
	return v
}

// holdsOthers reports whether a member of a list or object may be anything but text.
func (p *payload) holdsOthers() bool {
	for _, e := range p.elems {
		if e.Converts() {
			return true
		}
	}
	for _, f := range p.fields {
		if f.Value.Converts() {
			return true
		}
	}
	return false
}
