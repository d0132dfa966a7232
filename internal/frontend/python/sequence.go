package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A listing is what keys(), values() and items() return: a view of a dict, which changes with it.
type listing struct {
	of   *place
	what string
	at   source.Span
}

func (listing) isObject() {}

// elements returns the elements that a loop over an object takes, and whether there are no others. What can be gone over
// once only is used up.
func (in *interp) elements(o object) ([]entry, bool) {
	switch o := narrow(o, in.st.path).(type) {
	case *place:
		c := in.st.content(o)
		switch {
		case o.kind == listPlace && o.form == iteratorForm:
			in.st.setContent(o, &content{open: true, reason: "it is an iterator that is used up", shuffled: true})
			return c.entries, !c.open
		case o.kind == listPlace:
			return c.entries, !c.open
		case o.kind == dictPlace:
			return in.listed(listing{of: o, what: "keys", at: o.span})
		}
		return in.recordItems(o)
	case listing:
		return in.listed(o)
	case *class:
		return in.membersOf(o)
	case datum:
		if s, ok := textIn(o); ok && len(s) <= maxUnrolled {
			var out []entry
			for _, r := range s {
				out = append(out, entry{obj: datum{value.OfString(string(r)).WithOrigin(o.Origin())}})
			}
			return out, true
		}
	}
	return nil, false
}

// listed returns the elements of a view. Which there are must be certain, or they would stand in wrong places.
func (in *interp) listed(l listing) ([]entry, bool) {
	c := in.st.content(l.of)
	in.charge(itemsPerStep * len(c.entries) / 4)
	if c.open || !certain(c.entries) {
		return nil, false
	}
	out := make([]entry, len(c.entries))
	for i, e := range c.entries {
		switch l.what {
		case "keys":
			out[i] = entry{obj: keyObject(e.name, e.key)}
		case "values":
			out[i] = entry{obj: e.obj}
		default:
			pair := &place{kind: listPlace, form: tupleForm, span: l.at, header: l.at}
			in.st.setContent(pair, &content{entries: []entry{{obj: keyObject(e.name, e.key)}, {obj: e.obj}}})
			out[i] = entry{obj: pair}
		}
	}
	return out, true
}

// ordered reports whether the elements of an object stand in the order in which elements returns them.
func (in *interp) ordered(o object) bool {
	switch o := narrow(o, in.st.path).(type) {
	case *place:
		return !in.st.content(o).shuffled
	case listing:
		return !in.st.content(o.of).shuffled
	case *choice:
		return false
	}
	return true
}

// certain reports whether every item is there in every world, so that positions and counts are known.
func certain(items []entry) bool {
	for _, e := range items {
		if !isThere(e.obj) {
			return false
		}
	}
	return true
}

// isThere reports whether an element is there in every world.
func isThere(o object) bool {
	switch o := o.(type) {
	case missing:
		return false
	case *choice:
		for _, opt := range o.options {
			if _, gone := opt.obj.(missing); gone {
				return false
			}
		}
	}
	return true
}

// sequence returns a new list place of a form.
func (in *interp) sequence(f form, at source.Span, c *content) *place {
	p := &place{kind: listPlace, form: f, span: at, header: at}
	if f == setForm {
		c = in.distinct(c)
	}
	in.charge(len(c.entries))
	in.st.setContent(p, c)
	return p
}

// distinct returns the content of a set of some elements. Elements that aren't known may equal others, so that of several
// nothing is certain then.
func (in *interp) distinct(c *content) *content {
	out := &content{open: c.open, reason: c.reason}
	seen := map[string]bool{}
	for _, e := range c.entries {
		key, ok := keyOf(e.obj)
		if !ok && len(c.entries) > 1 {
			return forgotten(in.reasonOr(e.obj, "which elements of a set are equal is known only when the script runs"))
		}
		if key = asNumber(key); ok && seen[key] {
			continue
		}
		seen[key] = true
		out.entries = append(out.entries, e)
	}
	out.shuffled = len(out.entries) > 1 || out.open
	return out
}

// sequenceOf evaluates list(x), tuple(x) and set(x).
func (in *interp) sequenceOf(f form, a *arguments) object {
	if len(a.positional) == 0 && a.open == "" {
		return in.sequence(f, a.at, &content{})
	}
	if len(a.positional) != 1 {
		return unknown(a.open)
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		p := in.sequence(listForm, a.at, &content{})
		in.extend(p, os[0])
		c := in.st.content(p)
		if f == setForm {
			c = in.distinct(c)
		}
		p.form = f
		in.st.setContent(p, c)
		return p
	})
}

// extend appends the elements of another object to a list.
func (in *interp) extend(p *place, more object) {
	inOrder := in.ordered(more)
	items, complete := in.elements(more)
	c := in.st.content(p)
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled || !inOrder && len(items) > 1}
	out.entries = append(out.entries, c.entries...)
	in.charge(len(out.entries) + len(items))
	if c.open && len(items) > 0 {
		out.shuffled = true // what isn't known stands before them
	}
	if room := max(maxGrowth-len(out.entries), 0); len(items) > room {
		items = items[:room]
		out = out.opened("it has too many elements")
	}
	out.entries = append(out.entries, items...)
	if !complete {
		out = out.opened(in.reasonOr(more, "its elements are known only when the script runs"))
	}
	in.st.setContent(p, out)
}

// sorted evaluates sorted(xs, key=, reverse=): in order where all keys are known, and else in any.
func (in *interp) sorted(n *pyast.Call, items []entry, complete, inOrder bool, a *arguments) object {
	keys := make([]object, len(items))
	_, keyed := a.keyword("key")
	// Elements of equal keys stay in their order, which must be known then.
	known := complete && certain(items) && a.open == "" && (inOrder || !keyed)
	for i, item := range items {
		keys[i] = item.obj
		if key, ok := a.keyword("key"); ok && known {
			in.onTurn(i, func() { keys[i] = in.applied(n, key.obj, item.obj) })
		}
	}
	reverse := false
	if kw, ok := a.keyword("reverse"); ok {
		d, _ := kw.obj.(datum)
		t := datumTruth(d)
		known = known && t != tri.Unknown
		reverse = t == tri.True
	}
	out := &content{entries: append([]entry(nil), items...), open: !complete, shuffled: len(items) > 1 || !complete}
	if out.open {
		out.reason = "its elements are known only when the script runs"
		if len(a.positional) > 0 {
			out.reason = in.reasonOr(a.positional[0].obj, out.reason)
		}
	}
	if known {
		if order, ok := sortedBy(keys, reverse); ok {
			for i, k := range order {
				out.entries[i] = items[k]
			}
			out.shuffled = false
		}
	}
	return in.sequence(listForm, a.at, out)
}

// sortedBy returns the order of known keys, which is stable.
func sortedBy(keys []object, reverse bool) ([]int, bool) {
	order := make([]int, len(keys))
	for i := range keys {
		order[i] = i
		if _, ok := before(keys[i], keys[0]); !ok {
			return nil, false
		}
	}
	slices.SortStableFunc(order, func(i, k int) int {
		a, b := keys[i], keys[k]
		if reverse {
			a, b = b, a
		}
		if less, _ := before(a, b); less {
			return -1
		}
		if more, _ := before(b, a); more {
			return 1
		}
		return 0
	})
	return order, true
}

// before decides a < b of two known texts or numbers.
func before(a, b object) (less, ok bool) {
	if s, isText := textIn(a); isText {
		t, both := textIn(b)
		return s < t, both
	}
	x, okX := numberOf(a)
	y, okY := numberOf(b)
	return okX && okY && order(x, y) < 0, okX && okY
}

// onTurn evaluates f as the i-th of several times that a piece of the script is evaluated: what is tested in one says
// nothing of another.
func (in *interp) onTurn(i int, f func()) {
	outer := in.turn
	in.turn += "#" + itoa(i)
	f()
	in.turn = outer
}

// applied returns what a function that is handed over returns for some arguments.
func (in *interp) applied(n *pyast.Call, f object, os ...object) object {
	a := &arguments{at: in.span(n), call: n}
	for _, o := range os {
		a.positional = append(a.positional, argument{obj: o})
	}
	return in.inEach(f, func(f object) object { return in.callOne(n, f, a, "") })
}

// rangeOf evaluates range(): a short one is its numbers.
func (in *interp) rangeOf(os []object, at source.Span) object {
	bounds := [3]int64{0, 0, 1}
	for i, o := range os {
		n, ok := numberOf(o)
		if !ok || n.real || i > 2 {
			return in.sequence(tupleForm, at, forgotten(in.reasonOr(o, "how many numbers it counts is known only when the script runs")))
		}
		bounds[i] = n.i
	}
	if len(os) == 1 {
		bounds[0], bounds[1] = 0, bounds[0]
	}
	c := &content{}
	for x := bounds[0]; len(os) > 0 && bounds[2] != 0 && (bounds[2] > 0 && x < bounds[1] || bounds[2] < 0 && x > bounds[1]); x += bounds[2] {
		if len(c.entries) >= maxUnrolled {
			c.open, c.reason = true, "it counts more numbers than are followed"
			break
		}
		c.entries = append(c.entries, entry{obj: ofInt(x).at(at)})
	}
	return in.sequence(tupleForm, at, c)
}

// zipped evaluates zip(a, b): as many tuples as the shortest has elements.
func (in *interp) zipped(os []object, a *arguments) object {
	var columns [][]entry
	shortest := -1
	for _, o := range os {
		inOrder := in.ordered(o)
		items, complete := in.elements(o)
		if !complete || !certain(items) || !inOrder {
			return in.sequence(iteratorForm, a.at, forgotten(in.reasonOr(o, "its elements are known only when the script runs")))
		}
		columns = append(columns, items)
		if shortest < 0 || len(items) < shortest {
			shortest = len(items)
		}
	}
	c := &content{}
	for i := range max(shortest, 0) {
		row := make([]object, len(columns))
		for k := range columns {
			row[k] = columns[k][i].obj
		}
		c.entries = append(c.entries, entry{obj: in.sequence(tupleForm, a.at, &content{entries: asEntries(row)})})
	}
	in.charge(itemsPerStep * len(c.entries))
	return in.sequence(iteratorForm, a.at, c)
}

func asEntries(os []object) []entry {
	out := make([]entry, len(os))
	for i, o := range os {
		out[i].obj = o
	}
	return out
}

// enumerated evaluates enumerate(xs, start).
func (in *interp) enumerated(items []entry, start int64, a *arguments) object {
	c := &content{}
	in.charge(itemsPerStep * len(items))
	for i, item := range items {
		pair := []object{ofInt(start + int64(i)).at(a.at), item.obj}
		c.entries = append(c.entries, entry{obj: in.sequence(tupleForm, a.at, &content{entries: asEntries(pair)})})
	}
	return in.sequence(iteratorForm, a.at, c)
}

// mapped evaluates map(f, xs), and filter(f, xs) where keep is set.
func (in *interp) mapped(n *pyast.Call, f object, xs object, keep bool, a *arguments) object {
	shuffled := !in.ordered(xs)
	items, complete := in.elements(xs)
	c := &content{shuffled: shuffled && len(items) > 1}
	outer := in.rounds
	defer func() { in.rounds = outer }()
	if complete = complete && in.within(len(items)); !complete {
		c.open, c.reason = true, in.reasonOr(xs, "its elements are known only when the script runs")
		items = nil
		in.applied(n, f, unknown(c.reason))
	}
	for i, item := range items {
		in.onTurn(i, func() {
			made := in.eachThere(item.obj, func(o object) object {
				if !keep {
					return in.applied(n, f, o)
				}
				test := o
				if d, isNone := f.(datum); !isNone || d.Kind() != value.KindAbsent {
					test = in.applied(n, f, o)
				}
				t, fact := in.truth(n, test)
				switch t {
				case tri.True:
					return o
				case tri.False:
					return missing{}
				}
				return in.either(fact, o, missing{})
			})
			if _, gone := made.(missing); !gone {
				c.entries = append(c.entries, entry{obj: made})
			}
		})
	}
	return in.sequence(iteratorForm, a.at, c)
}

// eachThere evaluates f of an element in the worlds in which it is there.
func (in *interp) eachThere(o object, f func(object) object) object {
	return in.inEach(o, func(o object) object {
		if _, gone := o.(missing); gone {
			return o
		}
		return f(o)
	})
}

// extreme evaluates min and max of known texts or numbers; of equal ones the first counts.
func extreme(keys []object, most bool) (int, bool) {
	best := 0
	for i := range keys {
		less, ok := before(keys[i], keys[best])
		if most {
			less, ok = before(keys[best], keys[i])
		}
		if !ok {
			return 0, false
		}
		if less {
			best = i
		}
	}
	return best, len(keys) > 0
}

// quantified evaluates any and all.
func (in *interp) quantified(items []entry, complete, all bool) tri.Bool {
	result := tri.Of(all)
	for _, item := range items {
		t := tri.Unknown
		if isThere(item.obj) {
			t = in.truths(item.obj)
		}
		if all {
			result = result.And(t)
		} else {
			result = result.Or(t)
		}
	}
	if !complete && result == tri.Of(all) {
		return tri.Unknown
	}
	return result
}

// truths decides the truth of an object where all of its alternatives agree.
func (in *interp) truths(o object) tri.Bool {
	opts := options(narrow(o, in.st.path))
	t := in.truthOf(opts[0].obj)
	for _, opt := range opts[1:] {
		if in.truthOf(opt.obj) != t {
			return tri.Unknown
		}
	}
	return t
}
