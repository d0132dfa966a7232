package python

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// builtin evaluates a call of one of Python's own functions, or of a method of one of its types (str.strip).
func (in *interp) builtin(n *pyast.Call, path string, a *arguments) object {
	name := strings.TrimPrefix(path, "builtins.")
	if o := in.construction(n, name, a); o != nil {
		return o
	}
	if o := in.reflection(n, name, a); o != nil {
		return o
	}
	if a.open == "" {
		os := make([]object, len(a.positional))
		for i, arg := range a.positional {
			os[i] = arg.obj
		}
		return in.combine(os, func(os []object) object {
			o := in.overElements(n, name, os, a)
			if o == nil && len(a.keywords) == 0 {
				o = in.conversion(n, name, os, a)
			}
			if o == nil {
				return unknown(in.reasonOf(os, in.comes(n)))
			}
			return in.placed(o, a)
		})
	}
	return in.runtime(n)
}

// construction evaluates the types of containers; nil for anything else.
func (in *interp) construction(n *pyast.Call, name string, a *arguments) object {
	switch name {
	case "dict":
		return in.dictOf(n, a)
	case "list":
		return in.sequenceOf(listForm, a)
	case "tuple":
		return in.sequenceOf(tupleForm, a)
	case "set", "frozenset":
		return in.sequenceOf(setForm, a)
	case "open":
		return in.openCall(n, a)
	case "dict.fromkeys":
		return in.fromKeys(n, a)
	}
	typ, method, ok := strings.Cut(name, ".")
	if ok && len(a.positional) > 0 && (typ == "str" || typ == "dict" || typ == "list") {
		rest := *a
		rest.positional = a.positional[1:]
		return in.inEach(a.positional[0].obj, func(o object) object {
			return in.callMethod(n, bound{o, method, in.text, n.Func}, &rest, "")
		})
	}
	return nil
}

// dictOf evaluates dict(): of a mapping, of pairs, of keywords.
func (in *interp) dictOf(n *pyast.Call, a *arguments) object {
	p := &place{kind: dictPlace, span: a.at, header: in.span(n.Func)}
	in.st.setContent(p, &content{})
	for _, arg := range a.positional {
		in.update(p, arg.obj)
	}
	in.updateWith(p, a)
	return p
}

// updateWith lays keywords over the items of a dict.
func (in *interp) updateWith(p *place, a *arguments) {
	c := in.st.content(p)
	if a.open != "" {
		// What is unpacked may hold any key but those that are given.
		c = c.unsure(a.open)
	}
	for _, kw := range a.keywords {
		c = c.with(entry(kw))
	}
	in.charge(len(a.keywords) * (1 + len(c.entries)))
	in.st.setContent(p, c)
}

// fromKeys evaluates dict.fromkeys(keys, value).
func (in *interp) fromKeys(n *pyast.Call, a *arguments) object {
	if len(a.positional) == 0 || a.open != "" {
		return nil
	}
	var of object = none(a.at)
	if len(a.positional) > 1 {
		of = a.positional[1].obj
	}
	p := &place{kind: dictPlace, span: a.at, header: in.span(n.Func)}
	shuffled := !in.ordered(a.positional[0].obj)
	items, complete := in.elements(a.positional[0].obj)
	c := &content{shuffled: shuffled}
	if !complete || !certain(items) {
		return unknown(in.reasonOr(a.positional[0].obj, in.comes(n)))
	}
	in.charge(len(items) * len(items) / 2)
	for _, item := range items {
		key, ok := keyOf(item.obj)
		if !ok {
			return unknown(in.reasonOr(item.obj, in.comes(n)))
		}
		c = c.with(entry{name: key, key: a.at, obj: of})
	}
	in.st.setContent(p, c)
	return p
}

// overElements evaluates what goes over the elements of its first arguments; nil for anything else.
func (in *interp) overElements(n *pyast.Call, name string, os []object, a *arguments) object {
	if len(os) == 0 {
		return nil
	}
	switch name {
	case "zip":
		if _, strict := a.keyword("strict"); !strict {
			return in.zipped(os, a)
		}
		return nil
	case "map":
		if len(os) == 2 {
			return in.mapped(n, os[0], os[1], false, a)
		}
		return nil
	case "filter":
		if len(os) == 2 {
			return in.mapped(n, os[0], os[1], true, a)
		}
		return nil
	case "range":
		return in.rangeOf(os, a.at)
	case "len", "sorted", "enumerate", "reversed", "any", "all", "sum", "min", "max", "iter", "next":
	default:
		return nil
	}
	of := os[0]
	if (name == "min" || name == "max") && len(os) > 1 {
		of = in.sequence(tupleForm, a.at, &content{entries: asEntries(os)})
		os = os[:1]
	}
	return in.over(n, name, of, os, a)
}

// over evaluates a function of the elements of one object.
func (in *interp) over(n *pyast.Call, name string, of object, os []object, a *arguments) object {
	if name == "len" {
		return in.lengthOf(of)
	}
	if p, ok := of.(*place); name == "next" && (!ok || p.form != iteratorForm || p.kind != listPlace) {
		return nil
	}
	inOrder := in.ordered(of)
	items, complete := in.elements(of)
	known := complete && certain(items)
	switch name {
	case "sorted":
		if len(os) == 1 {
			return in.sorted(n, items, complete, inOrder, a)
		}
	case "any", "all":
		if t := in.quantified(items, complete, name == "all"); t != tri.Unknown && len(os) == 1 {
			return datum{value.OfBool(t == tri.True)}
		}
	case "iter":
		if len(os) == 1 && (complete || len(items) > 0) {
			return in.sequence(iteratorForm, a.at, &content{
				entries: items, open: !complete, reason: in.reasonOr(of, in.comes(n)), shuffled: !inOrder,
			})
		}
	case "next":
		return in.nextOf(items, complete && inOrder, os)
	}
	if !known {
		if name == "enumerate" || name == "reversed" {
			return in.sequence(iteratorForm, a.at, forgotten(in.reasonOr(of, in.comes(n))))
		}
		return nil
	}
	return in.overKnown(n, name, items, inOrder, os, a)
}

// overKnown evaluates a function of elements that are all known to be there.
func (in *interp) overKnown(n *pyast.Call, name string, items []entry, inOrder bool, os []object, a *arguments) object {
	switch name {
	case "enumerate":
		start := num{}
		if kw, ok := a.keyword("start"); ok {
			os = append(os, kw.obj)
		}
		if len(os) > 1 {
			s, ok := numberOf(os[1])
			if !ok || s.real {
				return nil
			}
			start = s
		}
		if inOrder {
			return in.enumerated(items, start.i, a)
		}
		return in.sequence(iteratorForm, a.at, forgotten("the order of a set is known only when the script runs"))
	case "reversed":
		c := &content{shuffled: !inOrder}
		for i := len(items) - 1; i >= 0; i-- {
			c.entries = append(c.entries, items[i])
		}
		return in.sequence(iteratorForm, a.at, c)
	case "sum":
		return in.summed(items, os)
	case "min", "max":
		return in.extremeOf(n, name == "max", items, inOrder, os, a)
	}
	return nil
}

// lengthOf evaluates len(x).
func (in *interp) lengthOf(o object) object {
	if s, ok := textIn(o); ok {
		return ofInt(int64(utf8.RuneCountInString(s)))
	}
	switch o := o.(type) {
	case *place:
		if o.kind == listPlace && o.form == iteratorForm {
			return nil
		}
	case octets:
		return ofInt(int64(len(o.s)))
	case listing:
	default:
		return nil
	}
	if items, complete := in.elements(o); complete && certain(items) {
		return ofInt(int64(len(items)))
	}
	return nil
}

// nextOf evaluates next(iterator, default), after which the iterator is no longer followed.
func (in *interp) nextOf(items []entry, complete bool, os []object) object {
	for i, item := range items {
		o := narrow(item.obj, in.st.path)
		if _, gone := o.(missing); gone {
			continue
		}
		if !complete {
			return nil
		}
		if isThere(o) {
			return o
		}
		rest := in.nextOf(items[i+1:], complete, os)
		if rest == nil {
			return nil
		}
		return over(o, rest)
	}
	if complete && len(os) > 1 {
		return os[1]
	}
	return nil
}

func (in *interp) summed(items []entry, os []object) object {
	var total object = ofInt(0)
	if len(os) > 1 {
		total = os[1]
	}
	for _, item := range items {
		item := narrow(item.obj, in.st.path)
		if _, several := item.(*choice); several || isText(item) {
			return nil
		}
		if total = in.operate(pyast.Add, total, item, spanOf{}); total == nil {
			return nil
		}
		if d, ok := total.(datum); ok {
			if n, isNumber := numberOf(d); isNumber && n.real {
				return nil // CPython 3.12 sums floats more precisely than those before
			}
		}
	}
	return total
}

// extremeOf evaluates min and max.
func (in *interp) extremeOf(n *pyast.Call, most bool, items []entry, inOrder bool, os []object, a *arguments) object {
	if len(items) == 0 {
		if kw, ok := a.keyword("default"); ok {
			return kw.obj
		}
		return nil
	}
	key, keyed := a.keyword("key")
	keys := make([]object, len(items))
	for i, item := range items {
		keys[i] = narrow(item.obj, in.st.path)
		if keyed {
			in.onTurn(i, func() { keys[i] = in.applied(n, key.obj, item.obj) })
		}
	}
	if keyed && !inOrder || len(os) != 1 {
		return nil
	}
	if i, ok := extreme(keys, most); ok {
		return items[i].obj
	}
	return nil
}

// conversion evaluates what makes a plain value of plain values; nil where that isn't known, or raises.
func (in *interp) conversion(n *pyast.Call, name string, os []object, a *arguments) object {
	if len(os) == 0 {
		switch name {
		case "str":
			return datum{value.OfString("")}
		case "int":
			return ofInt(0)
		case "bool":
			return datum{value.OfBool(false)}
		}
		return nil
	}
	x, isNumber := numberOf(os[0])
	switch name {
	case "str":
		if len(os) == 1 {
			return datum{in.strOf(os[0])}
		}
		if b, ok := os[0].(octets); ok {
			return octetsMethod(b, "decode", &arguments{positional: []argument{{obj: os[1]}}, at: a.at})
		}
	case "repr":
		return in.converted(os[0], 'r')
	case "format":
		if spec, ok := textIn(os[len(os)-1]); ok && len(os) == 2 {
			return in.formatted(os[0], spec)
		}
	case "int":
		return toInt(os, x, isNumber)
	case "float":
		return toFloat(os[0], x, isNumber)
	case "bool":
		t, f := in.truth(n, os[0])
		return in.verdict(n, t, f)
	case "abs":
		if isNumber && x.real {
			return ofFloat(math.Abs(x.f))
		} else if isNumber && x.i != math.MinInt64 {
			return ofInt(max(x.i, -x.i))
		}
	case "round":
		if isNumber && len(os) == 1 && !x.real {
			return ofInt(x.i)
		}
		if isNumber && len(os) == 1 && math.Abs(x.f) < 1<<52 {
			return ofInt(int64(math.RoundToEven(x.f)))
		}
	case "chr":
		if isNumber && !x.real && x.i > 0 && x.i < 0xd800 {
			return datum{value.OfString(string(rune(x.i)))}
		}
	case "ord":
		if s, ok := textIn(os[0]); ok && utf8.RuneCountInString(s) == 1 {
			r, _ := utf8.DecodeRuneInString(s)
			return ofInt(int64(r))
		}
	case "bytes":
		if s, ok := textIn(os[0]); ok && len(os) == 2 {
			return in.oneText(s, "encode", "utf-8", a)
		}
	}
	return nil
}

func toInt(os []object, x num, isNumber bool) object {
	switch {
	case len(os) != 1:
		return nil
	case isNumber && !x.real:
		return ofInt(x.i)
	case isNumber && math.Abs(x.f) < 1<<52:
		return ofInt(int64(math.Trunc(x.f)))
	}
	s, ok := textIn(os[0])
	if !ok {
		return nil
	}
	s = strings.TrimFunc(s, isBlank)
	digits := strings.TrimLeft(s, "+-0")
	if strings.Trim(digits, "0123456789") != "" || len(s)-len(digits) > 1 && digits != "" || len(digits) > 18 {
		return nil
	}
	if d, ok := intOf(strings.TrimPrefix(s, "+")); ok {
		return d
	}
	return nil
}

func toFloat(o object, x num, isNumber bool) object {
	if isNumber {
		return ofFloat(x.float())
	}
	s, ok := textIn(o)
	if !ok || strings.Trim(strings.TrimFunc(s, isBlank), "0123456789.") != "" {
		return nil
	}
	if n, ok := value.NumberOf(strings.TrimFunc(s, isBlank)); ok {
		if y, ok := numberOf(datum{value.OfNumber(n)}); ok {
			return ofFloat(y.float())
		}
	}
	return nil
}
