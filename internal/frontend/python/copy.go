package python

import (
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// shallow returns a copy of a container that holds the same objects.
func (in *interp) shallow(p *place) object {
	q := &place{kind: p.kind, form: p.form, span: p.span, header: p.header, via: p.via}
	in.st.setContent(q, in.st.content(p))
	return q
}

// copied evaluates copy.copy and copy.deepcopy.
func (in *interp) copied(o object, deep bool) object {
	memo := map[*place]object{}
	return apply(narrow(o, in.st.path), func(o object) object {
		if p, ok := o.(*place); ok && !deep && p.kind != instancePlace {
			return in.shallow(p)
		}
		return in.copyDeep(o, deep, 0, memo)
	})
}

// copyDeep copies an object with what is in it. Scripts patch copies of one request, and the patches must not meet. What stands
// for a workload is shared, since a copy of it would be a second one.
func (in *interp) copyDeep(o object, deep bool, depth int, memo map[*place]object) object {
	p, ok := o.(*place)
	if !ok || p.kind == instancePlace && p.class != "" && settingClasses[last(p.class)] == nil && p.class != namespaceClass {
		return o
	}
	if q, done := memo[p]; done {
		return q
	}
	if depth > maxFreeze {
		return unknown("it nests too deep")
	}
	q := &place{kind: p.kind, form: p.form, span: p.span, header: p.header, class: p.class, own: p.own, via: p.via}
	memo[p] = q
	c := in.st.content(p)
	in.charge(len(c.entries))
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled, entries: make([]entry, len(c.entries))}
	for i, e := range c.entries {
		if deep {
			e.obj = apply(e.obj, func(o object) object { return in.copyDeep(o, deep, depth+1, memo) })
		}
		out.entries[i] = e
	}
	in.st.setContent(q, out)
	return q
}

// same decides whether two objects that are no choices are equal to Python.
func (in *interp) same(a, b object) tri.Bool { return in.sameAt(a, b, 0) }

func (in *interp) sameAt(a, b object, depth int) tri.Bool {
	if depth > maxFreeze {
		return tri.Unknown
	}
	p, okP := a.(*place)
	q, okQ := b.(*place)
	switch {
	case okP && okQ:
		return in.samePlaces(p, q, depth)
	case okP:
		if d, ok := b.(datum); ok && p.kind != instancePlace && (d.Kind() == value.KindScalar || d.Kind() == value.KindAbsent || isText(d)) {
			return tri.False
		}
		return tri.Unknown
	case okQ:
		return in.sameAt(b, a, depth)
	}
	if _, isChoice := a.(*choice); isChoice {
		return tri.Unknown
	}
	if d, ok := b.(datum); ok && (d.Kind() == value.KindScalar || d.Kind() == value.KindAbsent) {
		return in.equalTo(a, d)
	}
	if d, ok := a.(datum); ok && (d.Kind() == value.KindScalar || d.Kind() == value.KindAbsent) {
		return in.equalTo(b, d)
	}
	return tri.Unknown
}

func (in *interp) samePlaces(p, q *place, depth int) tri.Bool {
	if p == q && p.kind != instancePlace {
		return tri.True
	}
	if p.kind != q.kind || p.form != q.form {
		if p.kind == instancePlace || q.kind == instancePlace || p.form == iteratorForm || q.form == iteratorForm {
			return tri.Unknown
		}
		return tri.False
	}
	a, b := in.st.content(p), in.st.content(q)
	in.charge(itemsPerStep + len(a.entries) + len(b.entries))
	if p.kind == instancePlace || p.form == iteratorForm || a.open || b.open || !certain(a.entries) || !certain(b.entries) {
		return tri.Unknown
	}
	if len(a.entries) != len(b.entries) {
		return tri.False
	}
	result := tri.True
	for i, e := range a.entries {
		other := b.entries[i].obj
		switch {
		case p.kind == dictPlace:
			k, found := b.find(e.name)
			if !found {
				return tri.False
			}
			other = b.entries[k].obj
		case p.form == setForm:
			key, known := keyOf(e.obj)
			if !known {
				return tri.Unknown
			}
			if !hasKey(b, key) {
				result = result.And(setDiffers(b))
			}
			continue
		case a.shuffled || b.shuffled:
			return tri.Unknown
		}
		result = result.And(in.sameAt(narrow(e.obj, in.st.path), narrow(other, in.st.path), depth+1))
	}
	return result
}

// setDiffers decides that a set differs from one that has an element which none of its known ones equals.
func setDiffers(c *content) tri.Bool {
	for _, e := range c.entries {
		if _, ok := keyOf(e.obj); !ok {
			return tri.Unknown
		}
	}
	return tri.False
}

func hasKey(c *content, key string) bool {
	for _, e := range c.entries {
		if k, ok := keyOf(e.obj); ok && sameKey(k, key) {
			return true
		}
	}
	return false
}
