package terraform

import (
	"slices"
	"strconv"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func concatOutcome(args []outcome) outcome { return concatAs(args, concatTyped) }

// concatAs joins lists in every world that their alternatives make.
func concatAs(args []outcome, join func([]outcome) value.Value) outcome {
	if len(args) == 0 {
		return failed("concat takes an argument")
	}
	o := distribute(spread(args), func(args []outcome) outcome {
		for _, a := range args {
			if k := a.Kind(); k != value.KindList && k != value.KindOpaque && k != value.KindChoice || a.Encoded() {
				return failed(describe(a.Value)+" is no list", args...)
			}
		}
		return ended(join(args), concatFails(args))
	})
	return ended(o.Value, o.fails)
}

// ofOneType returns lists as concat joins them: tuples as they are, lists with elements of one type.
func ofOneType(args []outcome) []outcome {
	if len(args) < 2 {
		return args
	}
	vs := make([]value.Value, len(args))
	for i, a := range args {
		vs[i] = a.Value
	}
	out := slices.Clone(args)
	for i, v := range concatenated(vs) {
		out[i].Value = v
	}
	return out
}

func concatFails(args []outcome) tri.Bool {
	fails := anyFails(args...)
	for _, a := range args {
		if a.Kind() == value.KindOpaque || a.Kind() == value.KindList && a.Unordered() {
			fails = fails.Or(tri.Unknown)
		}
	}
	return fails
}

// concat joins lists whose elements keep their types, whatever stands beside them.
func concat(args []outcome) value.Value { return concatAs(args, concatOne).Value }

func concatTyped(args []outcome) value.Value { return concatOne(ofOneType(args)) }

func spread(args []outcome) []outcome {
	worlds := 1
	for _, a := range args {
		worlds *= max(1, len(a.Arms()))
		worlds = min(worlds, maxWorlds+1)
	}
	if worlds <= maxWorlds {
		return args
	}
	out := slices.Clone(args)
	for i, a := range args {
		if a.Kind() != value.KindChoice {
			continue
		}
		var elems []value.Value
		for _, arm := range a.Arms() {
			for _, e := range arm.Value.Elems() {
				elems = append(elems, e.Maybe())
			}
		}
		out[i] = ended(value.OfOpenList(elems, crowded, a.Refs()...).AsSet(), a.fails)
	}
	return out
}

func concatOne(args []outcome) value.Value {
	var elems []value.Value
	var refs []value.Ref
	reason, open, unordered := "", 0, false
	for _, a := range args {
		for _, e := range a.Elems() {
			elems = append(elems, continued(e, a.Value))
		}
		unordered = unordered || a.Unordered() && !exact(a.Value)
		if a.Kind() == value.KindOpaque || a.Open() {
			open++
			refs = append(refs, a.Refs()...)
			if reason == "" {
				reason = a.Reason()
			}
		}
	}
	v := value.OfList(elems, false)
	switch {
	case len(elems) > maxElements:
		return value.OfOpenList(nil, "the list is too long", refs...)
	case open > 0:
		if len(args) > 1 {
			reason = partly(reason)
		}
		v = value.OfOpenList(elems, reason, refs...)
	}
	if unordered {
		v = v.AsSet()
	}
	return v
}

func flatten(o outcome) outcome {
	if o.Kind() == value.KindOpaque {
		return perhaps(value.OfOpenList(nil, o.Reason(), o.Refs()...))
	}
	if o.Kind() != value.KindList || o.Encoded() {
		return unknown(describe(o.Value)+" is no list", o)
	}
	parts := []outcome{ended(value.OfList(nil, false), o.fails)}
	for _, e := range o.Elems() {
		parts = append(parts, flattened(continued(e, o.Value)))
	}
	if o.Open() {
		parts = append(parts, perhaps(value.OfOpenList(nil, o.Reason(), o.Refs()...)))
	}
	v := concat(parts)
	if (o.Unordered() && !exact(o.Value) || o.Open()) && v.Kind() == value.KindList {
		v = v.AsSet()
	}
	return ended(v, o.fails)
}

func flattened(e value.Value) outcome {
	return lift(sure(e), func(e outcome) outcome {
		switch {
		case e.Kind() == value.KindList && !e.Encoded():
			o := flatten(ended(e.Certain(), tri.False))
			if !e.MayBeMissing() {
				return o
			}
			elems := make([]value.Value, 0, len(o.Elems()))
			for _, x := range o.Elems() {
				elems = append(elems, x.Maybe())
			}
			return sure(reshaped(o.Value.Certain(), elems))
		case e.Kind() == value.KindOpaque:
			return perhaps(value.OfOpenList(nil, e.Reason(), e.Refs()...).WithOrigin(e.Origin()))
		}
		return sure(value.OfList([]value.Value{e.Value}, false))
	})
}

func element(args []outcome) outcome {
	if len(args) != 2 {
		return failed("element takes two arguments", args...)
	}
	list, key := args[0], args[1]
	i, ok := key.AsInt()
	if !exact(list.Value) || !ok {
		o := elementAt(list, unknown("the index is not known", key))
		return ended(o.Value, tri.Unknown)
	}
	n := len(list.Elems())
	if n == 0 {
		return failed("the list is empty", args...)
	}
	return ended(continued(list.Elems()[((i%n)+n)%n], list.Value), tri.Unknown)
}

func length(o outcome) outcome {
	o.Value = textual(o.Value)
	switch {
	case exact(o.Value):
		return ended(value.OfInt(len(o.Elems())), tri.False)
	case settled(o.Value) && (len(o.Elems()) < 2 || allDiffer(o.Elems())):
		return ended(value.OfInt(len(o.Elems())), tri.False)
	case complete(o.Value):
		return ended(value.OfInt(len(o.Fields())), tri.False)
	case o.Kind() == value.KindAbsent:
		return failed("null has no length", o)
	case o.Kind() == value.KindScalar:
		if s, ok := o.AsString(); ok && ascii(s) {
			return perhaps(value.OfInt(len(s)))
		}
	}
	return unknown("how many there are is not known", o)
}

// allDiffer reports whether no two elements can be one in a set.
func allDiffer(elems []value.Value) bool {
	texts, ok := textSet(elems)
	return ok && len(texts) == len(elems)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == '\r' {
			return false
		}
	}
	return true
}

func coalesceList(args []outcome) outcome {
	var pending []outcome
	for _, a := range args {
		if a.Kind() == value.KindAbsent || settled(a.Value) && len(a.Elems()) == 0 {
			continue
		}
		nonEmpty := false
		for _, e := range a.Elems() {
			nonEmpty = nonEmpty || !e.MayBeMissing()
		}
		if nonEmpty && len(pending) == 0 {
			return perhaps(a.Value)
		}
		pending = append(pending, a)
		if nonEmpty {
			break
		}
	}
	if len(pending) == 0 {
		return failed("every argument of coalescelist is empty", args...)
	}
	return unknown("it is one of several", pending...)
}

func compact(o outcome) outcome {
	if o.Kind() == value.KindOpaque {
		return perhaps(value.OfOpenList(nil, o.Reason(), o.Refs()...))
	}
	if o.Kind() != value.KindList || o.Encoded() {
		return unknown(describe(o.Value)+" is no list", o)
	}
	var elems []value.Value
	for _, e := range o.Elems() {
		switch {
		case e.Kind() == value.KindAbsent || e.Kind() == value.KindScalar && e.Literal() == "":
			continue
		case !sureToCount(e):
			e = e.Maybe()
		}
		e = scalarsOf(e, spelledOut)
		elems = append(elems, e)
	}
	return perhaps(sameShape(o.Value, elems))
}

func distinct(o outcome) outcome {
	if o.Kind() != value.KindList || o.Encoded() {
		return unknown(describe(o.Value)+" is no list", o)
	}
	o = listOf(o, false)
	var elems []value.Value
	sure := true
	for _, e := range o.Elems() {
		repeated := false
		for _, seen := range elems {
			switch equal(seen, e) {
			case tri.True:
				repeated = true
			case tri.Unknown:
				if known(e) && known(seen) {
					if s, ok := sameKnown(seen, e); ok {
						repeated = repeated || s
						continue
					}
				}
				sure = false
			}
		}
		if !repeated {
			elems = append(elems, e)
		}
		if len(elems) > maxCount {
			return unknown("the list is too long", o)
		}
	}
	v := sameShape(o.Value, elems)
	if !sure || o.Open() {
		v = v.AsSet() // an element that is not known may be the first of several that are one
	}
	return perhaps(v)
}

func sameKnown(a, b value.Value) (same, ok bool) {
	x, err := toCty(a)
	y, err2 := toCty(b)
	if err != nil || err2 != nil || !x.Type().Equals(y.Type()) {
		return false, false
	}
	return x.RawEquals(y), true
}

func contains(args []outcome) outcome {
	if len(args) != 2 || args[0].Kind() != value.KindList || args[0].Encoded() {
		return unknown("the list is not known", args...)
	}
	if len(args[0].Elems()) == 0 && !args[0].Open() {
		return perhaps(value.OfBool(false))
	}
	none := !args[0].Open()
	for _, e := range args[0].Elems() {
		if e.Kind() == value.KindScalar && args[1].Kind() == value.KindScalar && e.Literal() == args[1].Literal() {
			x, _ := e.Scalar()
			y, _ := args[1].Scalar()
			if x == y && !e.Untyped() && !args[1].Untyped() && !e.MayBeMissing() && args[0].Kind() == value.KindList {
				return perhaps(value.OfBool(true))
			}
			none = false
			continue
		}
		switch equal(e, args[1].Value) {
		case tri.True:
			if !e.MayBeMissing() {
				return perhaps(value.OfBool(true))
			}
			none = false
		case tri.Unknown:
			none = false
		}
	}
	if none {
		return perhaps(value.OfBool(false))
	}
	return unknown("whether it is in the list is not known", args...)
}

func reverse(o outcome) outcome {
	if o.Kind() != value.KindList || o.Encoded() {
		return unknown("the list is not known", o)
	}
	elems := slices.Clone(o.Elems())
	slices.Reverse(elems)
	return perhaps(sameShape(o.Value, elems))
}

func slice(args []outcome) outcome {
	if len(args) != 3 {
		return failed("slice takes three arguments", args...)
	}
	from, ok := args[1].AsInt()
	to, ok2 := args[2].AsInt()
	if !ok || !ok2 || !exact(args[0].Value) {
		if same, uni := uniform(args[0].Value); uni {
			return perhaps(value.OfOpenList([]value.Value{same.Maybe()}, args[0].Reason(), args[0].Refs()...))
		}
		if ok && ok2 && from >= 0 && from <= to && to-from <= maxCount && args[0].Kind() == value.KindOpaque {
			// It fails unless there are as many, so that their number is known where they themselves are not.
			elems := make([]value.Value, to-from)
			for i := range elems {
				elems[i] = value.OfOpaque(args[0].Reason(), args[0].Refs()...)
			}
			return perhaps(value.OfList(elems, false))
		}
		return unknown("the list is not known", args...)
	}
	elems := args[0].Elems()
	if from < 0 || to > len(elems) || from > to {
		return failed("the list has "+strconv.Itoa(len(elems))+" elements", args...)
	}
	out := slices.Clone(elems[from:to])
	for i := range out {
		out[i] = continued(out[i], args[0].Value)
	}
	return perhaps(value.OfList(out, false))
}

func onlyOne(o outcome) outcome {
	switch {
	case o.Kind() == value.KindAbsent:
		return perhaps(value.Value{})
	case settled(o.Value) && len(o.Elems()) == 0:
		return ended(value.Value{}, o.fails)
	case settled(o.Value) && len(o.Elems()) == 1:
		return ended(continued(o.Elems()[0], o.Value), o.fails)
	case exact(o.Value):
		return failed("the list has "+strconv.Itoa(len(o.Elems()))+" elements", o)
	}
	return unknown("how many there are is not known", o)
}

func setUnion(args []outcome) outcome {
	for _, a := range args {
		if k := a.Kind(); k != value.KindList && k != value.KindOpaque || a.Encoded() {
			return unknown(describe(a.Value)+" is no set", args...)
		}
	}
	o := listOf(ended(concatOne(ofOneType(args)), tri.Unknown), true)
	return perhaps(o.Value)
}

func listOf(o outcome, set bool) outcome {
	switch {
	case o.Kind() == value.KindOpaque:
		v := value.OfOpenList(nil, o.Reason(), o.Refs()...)
		if set {
			v = v.AsSet()
		}
		// It may be null, which stays null.
		return unknown("", ended(value.OfOpaque(o.Reason(), v.Refs()...), tri.Unknown))
	case o.Kind() == value.KindAbsent:
		return perhaps(o.Value)
	case o.Kind() != value.KindList || o.Encoded():
		return unknown(describe(o.Value)+" is no list", o)
	}
	elems := alike(o.Value)
	v := retyped(o.Value, elems)
	switch {
	case set:
		return perhaps(toSet(v))
	case v.ListOrSet():
		v = v.AsSet()
	case o.Unordered() && exact(o.Value):
		v = value.OfList(elems, false)
	}
	return perhaps(v)
}

// alike gives the members of a list or object one type.
func alike(v value.Value) []value.Value {
	elems := v.Elems()
	for _, f := range v.Fields() {
		elems = append(elems, f.Value)
	}
	if v.Open() {
		return eachLoosened(elems)
	}
	return together(elems, 0)
}
