package terraform

import (
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An expansion is what count or for_each makes of one block.
type expansion struct {
	items []*item
	// whole is what the block's name evaluates to; build makes it of the items' handles.
	whole func(handle func(suffix string) value.Value) outcome
	// named is what whole has built, once it has: each instance of another block may refer to all of this one.
	named   outcome
	isNamed bool
	// spare is memory for items to come.
	spare []itemMemory
}

// An itemMemory is what one instance takes, in one piece.
type itemMemory struct {
	item
	scope
	iteration
}

// grow makes room for n more items.
func (e *expansion) grow(n int) {
	e.items = slices.Grow(e.items, n)
	e.spare = make([]itemMemory, n)
}

// add adds an item that iterates over something; the address is that of its block.
func (e *expansion) add(in *instance, address string, it item, of iteration) {
	if len(e.spare) == 0 {
		e.spare = make([]itemMemory, 1)
	}
	m := &e.spare[0]
	e.spare = e.spare[1:]
	m.item, m.iteration = it, of
	m.scope = scope{in: in, outer: in.scope, iteration: &m.iteration, key: address + it.suffix}
	m.item.scope = &m.scope
	e.items = append(e.items, &m.item)
}

// all returns what the block's name evaluates to.
func (e *expansion) all(handle func(suffix string) value.Value) outcome {
	if !e.isNamed {
		e.named, e.isNamed = e.whole(handle), true
	}
	return e.named
}

// An item is one instance of a block.
type item struct {
	// suffix is its key as an address has it: "", "[0]", `["a"]`, or "[*]" for what stands for all there may be.
	suffix string
	exists value.Truth
	scope  *scope
	// many marks what stands for all there may be.
	many bool
}

// expand evaluates count or for_each of a block. The name is the block's address, for keys and messages.
func (in *instance) expand(body *hclsyntax.Body, name string) *expansion {
	if a := body.Attributes["count"]; a != nil {
		count := in.ev.eval(a.Expr, in.scope)
		return in.plannedExpansion(in.counted(count, name), name, outcome{}, false)
	}
	if a := body.Attributes["for_each"]; a != nil {
		each := in.ev.forced(in.ev.eval(a.Expr, in.scope))
		return in.plannedExpansion(in.keyed(each, name), name, each, true)
	}
	one := &struct {
		expansion
		item  item
		items [1]*item
	}{item: item{exists: value.Yes(), scope: in.scope}}
	one.items[0] = &one.item
	one.expansion.items = one.items[:]
	one.whole = func(handle func(string) value.Value) outcome { return sure(handle("")) }
	return &one.expansion
}

func (in *instance) iteration(name, suffix string, of iteration) *scope {
	return &scope{in: in, outer: in.scope, iteration: &of, key: in.qualified(name) + suffix}
}

// counted makes [0] to [n-1] of a count; each stands in the worlds in which the count is greater. A count that is not
// known makes one instance that stands for all.
func (in *instance) counted(count outcome, name string) *expansion {
	most, unsure := 0, false
	for _, a := range count.Arms() {
		n, ok := countOf(a.Value)
		most, unsure = max(most, n), unsure || !ok
	}
	e, address := &expansion{}, in.qualified(name)
	e.grow(most)
	always := value.Always(tri.True, count.Origin())
	for i := range most {
		exists := always
		if count.Kind() != value.KindScalar {
			exists = in.existsAt(i, count, name)
		}
		index := value.OfInt(i).WithOrigin(count.Origin())
		e.add(in, address, item{suffix: "[" + strconv.Itoa(i) + "]", exists: exists}, iteration{counted: true, index: index})
	}
	reason := ""
	if unsure {
		reason = starReason(value.Address{Name: address})
	}
	if unsure {
		exists := holdsIn(count.Value, func(v value.Value) (tri.Bool, string) {
			if _, ok := countOf(v); ok {
				return tri.False, ""
			}
			return tri.Unknown, reasonOf(reason, sure(v))
		})
		index := value.OfOpaque(reasonOf(reason, count), count.Refs()...)
		e.add(in, address, item{suffix: star, many: true, exists: exists}, iteration{counted: true, index: index})
	}
	e.whole = func(handle func(string) value.Value) outcome {
		return sure(count.Map(func(v value.Value) value.Value {
			n, ok := countOf(v)
			if !ok {
				return value.OfOpenList([]value.Value{handle(star).Maybe()}, reason, count.Refs()...)
			}
			elems := make([]value.Value, n)
			for i := range elems {
				elems[i] = handle("[" + strconv.Itoa(i) + "]")
			}
			return value.OfList(elems, false)
		}).WithOrigin(nil))
	}
	return e
}

// countOf returns how many instances a count makes, where it is known and not too many.
func countOf(v value.Value) (int, bool) {
	n, ok := v.AsInt()
	if b, isBool := v.Scalar(); isBool && (b == true || b == false) {
		ok = false
	}
	if !ok || n > maxInstances {
		return 0, false
	}
	return max(n, 0), true
}

// existsAt is the truth that a count which is not one known number makes an instance of an index.
func (in *instance) existsAt(i int, count outcome, name string) value.Truth {
	return holdsIn(count.Value, func(v value.Value) (tri.Bool, string) {
		n, ok := countOf(v)
		if !ok {
			return tri.Unknown, reasonOf("the number of "+name+" is not known", sure(v))
		}
		return tri.Of(n > i), ""
	})
}

// holdsIn is the truth that f gives to each alternative of v.
func holdsIn(v value.Value, f func(value.Value) (tri.Bool, string)) value.Truth {
	return v.Each(func(v value.Value) value.Truth {
		b, reason := f(v)
		if b == tri.Unknown {
			return value.Unknowable(reason, v.Origin())
		}
		return value.Always(b, v.Origin())
	})
}

// keyed makes one instance for each key of for_each.
func (in *instance) keyed(each outcome, name string) *expansion {
	arms := indexed(each)
	keys, unsure := in.keysOf(each)
	entries, sized := entriesOf(each)
	unsure = unsure && !sized
	e, address := &expansion{}, in.qualified(name)
	e.grow(min(len(keys), maxInstances))
	reason := starReason(value.Address{Name: address})
	for _, k := range keys {
		if len(e.items) >= maxInstances {
			unsure = true
			keys, entries, sized = keys[:len(e.items)], nil, false
			break
		}
		exists := existsUnder(k, arms, reason)
		val := placedMember(attrOfKey(each, arms, k))
		suffix := `["` + quoteKey(k) + `"]`
		key := value.OfString(k).WithOrigin(each.Origin())
		e.add(in, address, item{suffix: suffix, exists: exists}, iteration{key: key, value: val})
	}
	if unsure {
		opaque := value.OfOpaque(reasonOf(reason, each), each.Refs()...)
		val := opaque
		if ref, ok := starOf(each.Value); ok {
			val = value.OfSymbol(ref)
		}
		exists := holdsIn(each.Value, func(v value.Value) (tri.Bool, string) {
			if complete(v) || exact(v) && allKnown(v.Elems()) {
				return tri.False, ""
			}
			return tri.Unknown, reasonOf(reason, sure(v))
		})
		e.add(in, address, item{suffix: star, many: true, exists: exists}, iteration{key: opaque, value: val})
	}
	if sized {
		for _, x := range entries {
			in.ev.keys[address+x.suffix] = x.member
			e.add(in, address, item{suffix: x.suffix, many: x.many, exists: x.exists(each, reason)}, iteration{
				key:   x.key.Certain(),
				value: continued(x.value.Certain(), each.Value),
			})
		}
		reason = keysReason(address)
	}
	e.whole = func(handle func(string) value.Value) outcome {
		arm := -1
		o := sure(each.Map(func(v value.Value) value.Value {
			arm++
			var fields []value.Field
			for _, k := range keys {
				_, has := arms[arm].at(k)
				h := handle(`["` + quoteKey(k) + `"]`)
				switch has {
				case tri.True:
					fields = append(fields, value.Field{Name: k, Value: h})
				case tri.Unknown:
					fields = append(fields, value.Field{Name: k, Value: h.Maybe()})
				}
			}
			if complete(v) || exact(v) && allKnown(v.Elems()) {
				return value.OfObject(fields, false)
			}
			var refs []value.Ref
			for _, x := range entries {
				if sized && x.arm == arm {
					refs = append(refs, handle(x.suffix).Refs()...)
				}
			}
			if unsure {
				refs = handle(star).Refs()
			}
			return value.OfOpenObject(fields, reason, append(refs, each.Refs()...)...)
		}).WithOrigin(nil))
		if handles, ms := in.ev.entries(o.Value); sized && len(handles) == len(entries) {
			return o.withMembers(membersOfAll(o.Value, handles, ms))
		}
		return o
	}
	return e
}

// existsUnder is the truth that an instance is there under a key, which alternatives of for_each have.
func existsUnder(key string, arms []keyedArm, reason string) value.Truth {
	truths := make([]value.Truth, len(arms))
	for i, a := range arms {
		t := value.Truth{}
		if _, has := a.at(key); has != tri.Unknown {
			t = value.Always(has, a.Value.Origin())
		} else {
			t = value.Unknowable(reasonOf(reason, sure(a.Value)), a.Value.Origin())
		}
		truths[i] = t.When(a.When)
	}
	if len(truths) == 1 {
		return truths[0]
	}
	return value.Join(truths...)
}

// keysOf returns the keys that any alternative of for_each has, sorted, and whether there may be others.
func (in *instance) keysOf(each outcome) (keys []string, unsure bool) {
	seen := map[string]bool{}
	for _, a := range each.Arms() {
		v := a.Value
		switch {
		case v.Kind() == value.KindObject && !v.Encoded():
			for _, f := range v.Fields() {
				seen[f.Name] = true
			}
			unsure = unsure || v.Open()
		case v.Kind() == value.KindList && !v.Encoded():
			for _, el := range v.Elems() {
				s, ok := nameIn(el)
				if ok {
					seen[s] = true
				}
				unsure = unsure || !ok
			}
			unsure = unsure || v.Open()
		default:
			unsure = true
		}
	}
	for k := range seen {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys, unsure
}

// A keyedArm is one alternative of for_each, with an index of a set's texts.
type keyedArm struct {
	value.Arm
	index map[string]value.Value
	// closed is set where no element is unknown.
	closed bool
}

func indexed(each outcome) []keyedArm {
	var out []keyedArm
	for _, arm := range each.Arms() {
		if arm.Value.Origin() == nil {
			arm.Value = arm.Value.WithOrigin(each.Origin())
		}
		a := keyedArm{Arm: arm}
		if v := a.Value; v.Kind() == value.KindList {
			a.closed = !v.Open() && allKnown(v.Elems())
			a.index = make(map[string]value.Value, len(v.Elems()))
			for _, el := range v.Elems() {
				s, ok := nameIn(el)
				if _, repeated := a.index[s]; ok && !repeated {
					a.index[s] = el
				}
			}
		}
		out = append(out, a)
	}
	return out
}

// at returns what the alternative has under a key, and whether it has the key.
func (a keyedArm) at(key string) (value.Value, tri.Bool) {
	v := a.Value
	switch v.Kind() {
	case value.KindObject:
		f, ok := v.Field(key)
		switch {
		case ok && f.Value.MayBeMissing():
			return f.Value.Certain(), tri.Unknown
		case ok:
			return f.Value, tri.True
		case v.Open():
			return value.OfOpaque(v.Reason(), v.Refs()...), tri.Unknown
		}
		return value.Value{}, tri.False
	case value.KindList:
		el, ok := a.index[key]
		switch {
		case ok && el.MayBeMissing():
			return el.Certain(), tri.Unknown
		case ok:
			return el, tri.True
		case !a.closed:
			return value.OfString(key), tri.Unknown
		}
		return value.Value{}, tri.False
	}
	return value.OfOpaque(v.Reason(), v.Refs()...), tri.Unknown
}

// attrOfKey returns each.value under a key, in the worlds in which there is that key.
func attrOfKey(each outcome, arms []keyedArm, key string) value.Value {
	var out []value.Arm
	for _, a := range arms {
		if v, has := a.at(key); has != tri.False {
			out = append(out, value.Arm{When: a.When, Value: continued(v, each.Value)})
		}
	}
	return value.OfChoice(out)
}

// placedMember returns each.value with a note where it is written, by which a trace that leads to each.value goes on.
func placedMember(v value.Value) value.Value {
	return v.Map(func(v value.Value) value.Value {
		if o := v.Origin(); o != nil && noted(o) == nil {
			return v.Noted(memberNote)
		}
		return v
	})
}

// quoteKey spells a key within the brackets of an address.
func quoteKey(k string) string {
	q := strconv.Quote(k)
	return q[1 : len(q)-1]
}
