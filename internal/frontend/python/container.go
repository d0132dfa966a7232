package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
)

// placeMethod evaluates a method of a container or of an instance outside of the tree; nil where it isn't modelled.
func (in *interp) placeMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	switch {
	case p.kind == instancePlace && p.class == argParser:
		return in.parserMethod(n, p, name, a)
	case p.kind == instancePlace && p.class == configParser:
		return in.configMethod(n, p, name, a)
	case p.kind == instancePlace:
		return in.recordMethod(n, p, name, a)
	case p.kind == listPlace && p.form == setForm:
		return in.setMethod(n, p, name, a)
	case p.kind == listPlace && p.form == listForm:
		return in.listMethod(n, p, name, a)
	case p.kind == listPlace:
		if name == "index" || name == "count" {
			return in.listMethod(n, p, name, a)
		}
		return in.runtime(n)
	}
	return in.dictMethod(n, p, name, a)
}

// listMethod evaluates a method of a list.
func (in *interp) listMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	done := none(a.at)
	c := in.st.content(p)
	one := len(a.positional) == 1 && a.open == "" && len(a.keywords) == 0
	switch {
	case name == "append" && one:
		in.charge(len(c.entries))
		in.st.setContent(p, c.appended(entry{at: a.positional[0].at, obj: a.positional[0].obj}))
		return done
	case name == "extend" && one:
		in.extendEach(p, a.positional[0].obj)
		return done
	case name == "copy":
		return in.shallow(p)
	case name == "clear":
		in.st.setContent(p, &content{})
		return done
	case name == "insert" && len(a.positional) == 2:
		in.insert(p, a)
		return done
	case name == "pop" && len(a.positional) < 2:
		return in.pop(n, p, a)
	case name == "remove" && one:
		in.removeElement(n, p, a.positional[0].obj)
		return done
	case name == "reverse" || name == "sort":
		in.arrange(n, p, name, a)
		return done
	case (name == "index" || name == "count") && one:
		return in.searched(n, p, name, a.positional[0].obj)
	case name == "insert" || name == "pop" || name == "append" || name == "extend" ||
		name == "__iadd__" || name == "__imul__" || name == "__setitem__" || name == "__delitem__":
		in.forget(p, in.written(n.Func)+"() changes it")
	}
	return in.runtime(n)
}

// extendEach appends the elements of each alternative of an object, in its world.
func (in *interp) extendEach(p *place, more object) {
	in.inEach(more, func(o object) object {
		in.extend(p, o)
		return o
	})
}

// insert evaluates list.insert(i, x).
func (in *interp) insert(p *place, a *arguments) {
	c := in.st.content(p)
	i, ok := number(narrow(a.positional[0].obj, in.st.path))
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
	switch {
	case len(c.entries) >= maxGrowth:
		in.st.setContent(p, forgotten("it has too many elements"))
		return
	case !ok || c.open && i != 0 || !certain(c.entries) && i != 0:
		out.shuffled, i = true, len(c.entries)
	case i < 0:
		i = max(i+len(c.entries), 0)
	}
	i = min(i, len(c.entries))
	in.charge(len(c.entries))
	out.entries = append(out.entries, c.entries[:i]...)
	out.entries = append(out.entries, entry{obj: a.positional[1].obj})
	out.entries = append(out.entries, c.entries[i:]...)
	in.st.setContent(p, out)
}

// pop evaluates list.pop(i).
func (in *interp) pop(n *pyast.Call, p *place, a *arguments) object {
	c := in.st.content(p)
	i, ok := -1, true
	if len(a.positional) > 0 {
		i, ok = number(narrow(a.positional[0].obj, in.st.path))
	}
	if i < 0 {
		i += len(c.entries)
	}
	if !ok || c.open || c.shuffled || !certain(c.entries) || i < 0 || i >= len(c.entries) || a.open != "" {
		in.forget(p, in.written(n.Func)+"() changes it")
		return unknown(in.reasonOr(p, in.comes(n)))
	}
	in.charge(len(c.entries))
	out := &content{}
	out.entries = append(append(out.entries, c.entries[:i]...), c.entries[i+1:]...)
	in.st.setContent(p, out)
	return c.entries[i].obj
}

// position returns where an element equals a known value first; false where that can't be known.
func (in *interp) position(c *content, o object) (int, bool) {
	o = narrow(o, in.st.path)
	if c.shuffled {
		return 0, false
	}
	for i, e := range c.entries {
		if !isThere(e.obj) {
			return 0, false
		}
		switch in.same(narrow(e.obj, in.st.path), o) {
		case tri.True:
			return i, true
		case tri.Unknown:
			return 0, false
		}
	}
	return -1, !c.open
}

func (in *interp) removeElement(n *pyast.Call, p *place, o object) {
	c := in.st.content(p)
	i, ok := in.position(c, o)
	if !ok || i < 0 {
		in.forget(p, in.written(n.Func)+"() changes it")
		return
	}
	in.charge(len(c.entries))
	out := &content{open: c.open, reason: c.reason}
	out.entries = append(append(out.entries, c.entries[:i]...), c.entries[i+1:]...)
	in.st.setContent(p, out)
}

// arrange evaluates list.sort() and list.reverse().
func (in *interp) arrange(n *pyast.Call, p *place, name string, a *arguments) {
	c := in.st.content(p)
	in.charge(itemsPerStep + len(c.entries))
	if name == "sort" {
		sorted, ok := in.sorted(n, c.entries, !c.open, !c.shuffled, a).(*place)
		if ok {
			out := *in.st.content(sorted)
			out.reason = c.reason
			in.st.setContent(p, &out)
		}
		return
	}
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled || c.open}
	for i := len(c.entries) - 1; i >= 0; i-- {
		out.entries = append(out.entries, c.entries[i])
	}
	in.st.setContent(p, out)
}

// searched evaluates list.index(x) and list.count(x).
func (in *interp) searched(n *pyast.Call, p *place, name string, o object) object {
	c := in.st.content(p)
	in.charge(len(c.entries))
	if name == "index" {
		if i, ok := in.position(c, o); ok && i >= 0 {
			return ofInt(int64(i)).at(in.span(n))
		}
		return unknown(in.reasonOr(p, in.comes(n)))
	}
	count := int64(0)
	for _, e := range c.entries {
		switch in.same(narrow(e.obj, in.st.path), narrow(o, in.st.path)) {
		case tri.True:
			count++
		case tri.Unknown:
			return unknown(in.reasonOr(e.obj, in.comes(n)))
		}
	}
	if c.open {
		return unknown(c.reason)
	}
	return ofInt(count).at(in.span(n))
}

// setMethod evaluates a method of a set.
func (in *interp) setMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	c := in.st.content(p)
	in.charge(itemsPerStep + len(c.entries))
	switch {
	case name == "add" && len(a.positional) == 1:
		in.st.setContent(p, in.distinct(c.appended(entry{obj: a.positional[0].obj})))
		return none(a.at)
	case name == "update" && a.open == "":
		q := in.sequence(listForm, a.at, c)
		for _, arg := range a.positional {
			in.extend(q, arg.obj)
		}
		in.st.setContent(p, in.distinct(in.st.content(q)))
		return none(a.at)
	case (name == "discard" || name == "remove") && len(a.positional) == 1:
		key, ok := keyOf(a.positional[0].obj)
		out := &content{shuffled: c.shuffled}
		for _, e := range c.entries {
			k, known := keyOf(e.obj)
			ok = ok && known
			if !sameKey(k, key) {
				out.entries = append(out.entries, e)
			}
		}
		if !ok || c.open {
			out = forgotten(in.written(n.Func) + "() changes it")
		}
		in.st.setContent(p, out)
		return none(a.at)
	case name == "copy":
		return in.shallow(p)
	case name == "clear":
		in.st.setContent(p, &content{})
		return none(a.at)
	case name == "pop" || name == "intersection_update" || name == "difference_update" || name == "symmetric_difference_update":
		in.forget(p, in.written(n.Func)+"() changes it")
		return in.runtime(n)
	}
	return in.combinedSet(n, p, name, a)
}

// combinedSet evaluates union and its kin, which take anything that has elements.
func (in *interp) combinedSet(n *pyast.Call, p *place, name string, a *arguments) object {
	op, ok := map[string]pyast.Operator{
		"union": pyast.BitOr, "intersection": pyast.BitAnd, "difference": pyast.Sub, "symmetric_difference": pyast.BitXor,
	}[name]
	if !ok || len(a.positional) != 1 || a.open != "" {
		return in.runtime(n)
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		q := in.sequence(listForm, a.at, &content{})
		in.extend(q, os[0])
		if o := in.joinSets(op, in.st.content(p), in.distinct(in.st.content(q)), a.at); o != nil {
			return o
		}
		return unknown(in.reasonOf([]object{p, q}, in.comes(n)))
	})
}

// dictMethod evaluates a method of a dict. get and its kin give the default in those worlds only in which the key is missing.
func (in *interp) dictMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	switch name {
	case "get", "pop", "setdefault":
		if len(a.positional) > 0 {
			return in.dictRead(n, p, name, a)
		}
	case "update":
		for _, arg := range a.positional {
			in.update(p, arg.obj)
		}
		in.updateWith(p, a)
		in.publish(p)
		return none(a.at)
	case "copy":
		return in.shallow(p)
	case "clear":
		in.st.setContent(p, &content{})
		return none(a.at)
	case "keys", "values", "items":
		return listing{of: p, what: name, at: a.at}
	case "popitem":
		in.forget(p, in.written(n.Func)+"() changes it")
	}
	return in.runtime(n)
}

// dictRead evaluates get, pop and setdefault.
func (in *interp) dictRead(n *pyast.Call, p *place, name string, a *arguments) object {
	c := in.st.content(p)
	k := narrow(a.positional[0].obj, in.st.path)
	var otherwise object = none(a.at)
	if len(a.positional) > 1 {
		otherwise = a.positional[1].obj
	}
	if _, several := k.(*choice); several && name == "get" {
		return in.combine([]object{k}, func(os []object) object {
			one := *a
			one.positional = append([]argument{{obj: os[0]}}, a.positional[1:]...)
			return in.dictRead(n, p, name, &one)
		})
	}
	key, ok := keyOf(k)
	if !ok {
		if name != "get" {
			in.forget(p, in.written(n.Func)+"() changes it")
		}
		return unknown(in.reasonOf([]object{k, p}, in.comes(n)))
	}
	in.charge(len(c.entries))
	o := over(narrow(c.at(key), in.st.path), otherwise)
	switch name {
	case "pop":
		in.st.setContent(p, c.without(key))
	case "setdefault":
		in.st.setContent(p, c.with(entry{name: key, key: a.positional[0].at, obj: o}))
	}
	return o
}

// update lays the items of another object over those of a dict.
func (in *interp) update(p *place, more object) {
	m := in.pairs(more)
	c := in.st.content(p)
	in.charge(len(m.entries) + len(c.entries))
	if m.open {
		c = c.unsure(m.reason)
	}
	if len(c.entries) == 0 && !c.open {
		c = &content{shuffled: m.shuffled}
	} else if m.shuffled {
		c = &content{entries: c.entries, open: c.open, reason: c.reason, shuffled: true}
	}
	if len(c.entries) == 0 && !c.open && certain(m.entries) {
		in.st.setContent(p, m)
		return
	}
	in.st.setContent(p, c.overlaid(m.entries))
}

// retrieved returns the map that JumpStart keeps for one of its models, to which scripts add entries of their own.
// https://sagemaker.readthedocs.io/en/stable/overview.html#use-prebuilt-models-with-sagemaker-jumpstart
func (in *interp) retrieved(n *pyast.Call) object {
	p := &place{kind: dictPlace, span: in.span(n), header: in.span(n)}
	in.st.setContent(p, forgotten(in.comes(n)))
	return p
}

// overlaid returns c with items set, each to what it is where it is there.
func (c *content) overlaid(items []entry) *content {
	out := &content{entries: append([]entry(nil), c.entries...), open: c.open, reason: c.reason, shuffled: c.shuffled}
	index := make(map[string]int, len(out.entries))
	for i, e := range out.entries {
		index[asNumber(e.name)] = i
	}
	for _, e := range items {
		i, found := index[asNumber(e.name)]
		switch {
		case found:
			e.obj, e.name = over(e.obj, out.entries[i].obj), out.entries[i].name
			out.entries[i] = e
		case len(out.entries) >= max(maxGrowth, len(items)):
			return out.opened("it has too many entries")
		default:
			if !isThere(e.obj) {
				e.obj = over(e.obj, c.at(e.name))
			}
			index[asNumber(e.name)] = len(out.entries)
			out.entries = append(out.entries, e)
		}
	}
	return out
}

// unsure returns c under items that aren't known: each of its own may be another now.
func (c *content) unsure(reason string) *content {
	out := &content{open: true, reason: reason, shuffled: c.shuffled, entries: make([]entry, len(c.entries))}
	for i, e := range c.entries {
		e.obj = unknown(reason)
		out.entries[i] = e
	}
	return out
}

// pairs returns the items of what dict() and update() take: a mapping, or pairs of keys and values.
func (in *interp) pairs(o object) *content {
	o = narrow(o, in.st.path)
	p, ok := o.(*place)
	l, isListing := o.(listing)
	if !isListing && (!ok || p.kind != listPlace) {
		return in.mapping(o)
	}
	if isListing && l.what == "items" {
		return in.st.content(l.of)
	}
	shuffled := !in.ordered(o)
	items, complete := in.elements(o)
	missed := forgotten(in.reasonOr(o, "its items are known only when the script runs"))
	if !complete || !certain(items) {
		return missed
	}
	out := &content{shuffled: shuffled}
	in.charge(len(items) * len(items) / 4)
	for _, item := range items {
		inOrder := in.ordered(item.obj)
		pair, complete := in.elements(item.obj)
		if !complete || len(pair) != 2 || !inOrder || !certain(pair) {
			return missed
		}
		name, ok := keyOf(narrow(pair[0].obj, in.st.path))
		if !ok {
			return missed
		}
		if shuffled {
			if _, twice := out.find(name); twice {
				return missed
			}
		}
		out = out.with(entry{name: name, obj: pair[1].obj})
	}
	return out
}
