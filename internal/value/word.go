package value

// AsWord returns an unknown text that is there as one word: it has a letter or digit, and nothing but letters, digits and
// "-_./:", as the id of a resource has, so that what is cut at commas or blanks leaves it whole.
func (v Value) AsWord() Value {
	if v.p == nil || v.p.word || v.p.kind != KindSymbol && v.p.kind != KindOpaque {
		return v
	}
	p := *v.p
	p.word, p.set = true, true
	v.p = &p
	return v
}

// Word reports whether v is a text made by AsWord.
func (v Value) Word() bool { return v.p != nil && v.p.word }

// LedBy returns an open list whose first n elements are the first ones of the whole: what else is in it follows them.
func (v Value) LedBy(n int) Value {
	if v.Kind() != KindList || !v.p.open || v.p.lead == n {
		return v
	}
	p, m := *v.p, *v.p.members
	m.lead = min(n, len(m.elems))
	p.members = &m
	v.p = &p
	return v
}

// Leading returns the elements of a list that are known to stand first, each at its place: all of a closed list, and of an
// open one those that LedBy says.
func (v Value) Leading() []Value {
	if v.Kind() != KindList || v.p.unordered {
		return nil
	}
	if v.p.open {
		return v.p.elems[:v.p.lead]
	}
	return v.p.elems
}
