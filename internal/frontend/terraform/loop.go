package terraform

import (
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A round is one iteration of a for expression.
type round struct {
	key, value value.Value
	// maybe marks a round that may not take place; what it hangs on is in why, where that is known.
	maybe bool
	why   string
	// many marks a round that stands for several.
	many bool
}

// roundOf returns the round of a member of a collection.
func roundOf(key, member, coll value.Value) round {
	return round{key: key, value: continued(member.Certain(), coll), maybe: member.MayBeMissing(), why: member.WhyMissing()}
}

// doubtful returns what a round makes as a member that is there only if the round takes place.
func (r round) doubtful(v value.Value, cond outcome) value.Value {
	return v.MaybeSince(reasonOf(r.why, cond))
}

func (ev *evaluator) forExpr(e *hclsyntax.ForExpr, sc *scope) outcome {
	coll := ev.eval(e.CollExpr, sc)
	o := lift(coll, func(coll outcome) outcome {
		l := &loop{ev: ev, e: e, sc: sc, coll: ev.forced(coll)}
		if e.KeyExpr != nil {
			return l.object()
		}
		return l.tuple()
	})
	o.Value = ev.derived(o.Value, ev.span(e.SrcRange), coll)
	return o
}

// A loop is a for expression over one collection.
type loop struct {
	ev   *evaluator
	e    *hclsyntax.ForExpr
	sc   *scope
	coll outcome
	// disordered is set where the order of the rounds is not known; many where one of them stands for several.
	disordered, many bool
}

// rounds returns the iterations that are known, and whether there may be others.
func (l *loop) rounds() (rounds []round, open bool, fails tri.Bool) {
	coll := l.coll
	fails = coll.fails
	if l.e != nil && l.e.CondExpr != nil {
		fails = fails.Or(tri.Unknown) // the clause is checked even where there is no round
	}
	switch {
	case coll.Encoded():
		return nil, true, tri.True
	case coll.Kind() == value.KindList:
		set, placed := coll.Unordered(), exact(coll.Value)
		rounds = make([]round, 0, len(coll.Elems()))
		for i, el := range coll.Elems() {
			var key value.Value
			switch {
			case set && placed && !coll.ListOrSet():
				key = el
			case set:
				key = value.OfOpaque(reasonOf("the position is not known", coll), el.Refs()...)
			case placed:
				key = value.OfInt(i)
			default:
				key = value.OfOpaque(reasonOf("the position is not known", coll))
			}
			rounds = append(rounds, roundOf(key, el, coll.Value))
		}
		return rounds, coll.Open(), fails
	case coll.Kind() == value.KindObject:
		for _, f := range byName(coll.Value) {
			key := value.OfString(f.Name)
			if !f.Key.IsZero() {
				key = key.From(f.Key)
			}
			rounds = append(rounds, roundOf(key, f.Value, coll.Value))
		}
		if handles, ms := l.ev.entries(coll.Value); len(handles) > 0 {
			for i, h := range handles {
				rounds = append(rounds, round{key: ms[i].key, value: h.Certain(), maybe: h.MayBeMissing(), many: ms[i].many})
				l.many = l.many || ms[i].many
			}
			l.disordered = len(rounds) > 1
			return rounds, false, fails
		}
		return rounds, coll.Open(), fails
	case coll.Kind() == value.KindAbsent || coll.Kind() == value.KindScalar:
		return nil, true, tri.True
	}
	return nil, true, tri.Unknown
}

// unseen is the iteration that stands for all that are not known, so that what the loop makes of each is seen.
func (l *loop) unseen() round {
	reason := reasonOf("not all of its elements are known", l.coll)
	r := round{
		key:   value.OfOpaque(reason, l.coll.Refs()...),
		value: value.OfOpaque(reason, l.coll.Refs()...),
		maybe: true,
		why:   reason,
	}
	if ref, ok := starOf(l.coll.Value); ok {
		r.value = value.OfSymbol(ref)
	} else if e, ok := uniform(l.coll.Value); ok {
		r.value = e
	}
	return r
}

func (l *loop) enter(r round, i int) *scope {
	key := "for " + l.e.SrcRange.Filename + " " + strconv.Itoa(l.e.SrcRange.Start.Byte) + " " + strconv.Itoa(i) + " " + l.sc.key
	val := binding{l.e.ValVar, r.value}
	if l.e.KeyVar == "" {
		return l.sc.bind(key, val)
	}
	return l.sc.bind(key, binding{l.e.KeyVar, r.key}, val)
}

// included decides the if clause: whether the round counts, and whether that is certain.
func (l *loop) included(sc *scope) (in, certain bool, cond outcome) {
	if l.e.CondExpr == nil {
		return true, true, outcome{fails: tri.False}
	}
	cond = l.ev.eval(l.e.CondExpr, sc)
	yes, no := false, false
	for _, a := range cond.Arms() {
		b, ok := boolean(a.Value)
		switch {
		case !ok:
			yes, no = true, true
		case b:
			yes = true
		default:
			no = true
		}
	}
	return yes, yes != no, cond
}

// inRound is the failure of a loop by that of one of its rounds, which may not take place.
func inRound(fails tri.Bool, takesPlace bool) tri.Bool {
	if fails == tri.True && !takesPlace {
		return tri.Unknown
	}
	return fails
}

func (l *loop) tuple() outcome {
	rounds, open, fails := l.rounds()
	var elems []value.Value
	for i, r := range rounds {
		if l.ev.exhausted() {
			return unknown(tooLong)
		}
		sc := l.enter(r, i)
		in, certain, cond := l.included(sc)
		fails = fails.Or(inRound(cond.fails, !r.maybe))
		if !in {
			continue
		}
		o := l.ev.eval(l.e.ValExpr, sc)
		fails = fails.Or(inRound(o.fails, !r.maybe && certain))
		v := o.Value.Certain()
		if r.maybe || !certain {
			v = r.doubtful(v, cond)
		}
		elems = append(elems, v)
	}
	if open || l.many {
		if open && !starRound(rounds) {
			r := l.unseen()
			elems = append(elems, l.ev.eval(l.e.ValExpr, l.enter(r, len(rounds))).Value.Maybe())
		}
		return ended(l.openList(elems), fails.Or(tri.Unknown))
	}
	v := value.OfList(elems, false)
	if l.disordered || l.coll.Unordered() && !exact(l.coll.Value) {
		v = v.AsSet()
	}
	return ended(v, fails)
}

// openList returns the elements of a loop over what is not all known. Over the instances of a resource of unknown count
// it says so, by which the list is known to be uniform.
func (l *loop) openList(elems []value.Value) value.Value {
	reason := reasonOf("not all of its elements are known", l.coll)
	if l.many {
		reason = manyReason(l.coll.Value)
	}
	v := value.OfOpenList(elems, reason, l.coll.Refs()...)
	if l.coll.Unordered() || l.disordered {
		v = v.AsSet()
	}
	return v
}

// starRound reports whether one of the rounds stands for all instances of a resource already.
func starRound(rounds []round) bool {
	for _, r := range rounds {
		if r.maybe {
			if ref, ok := r.value.Symbol(); ok && ref.Attr == "" {
				return true
			}
		}
	}
	return false
}

func (l *loop) object() outcome {
	rounds, open, fails := l.rounds()
	b := builder{fails: fails}
	groups := map[string][]value.Value{}
	var ms []member
	step := func(r round, i int) {
		sc := l.enter(r, i)
		in, certain, cond := l.included(sc)
		b.fails = b.fails.Or(inRound(cond.fails, !r.maybe))
		if !in {
			return
		}
		key := l.ev.eval(l.e.KeyExpr, sc)
		o := l.ev.eval(l.e.ValExpr, sc)
		b.fails = b.fails.Or(inRound(key.fails.Or(o.fails), !r.maybe && certain))
		ms = append(ms, member{key.Value, o.Value.Certain(), r.maybe || !certain, r.many})
		name, known := nameIn(key.Value)
		if !known {
			b.open = true
			b.reason = partly(reasonOf("the name of a member is not known", key))
			b.refs = append(append(b.refs, key.Refs()...), o.Refs()...)
			return
		}
		v := o.Value.Certain()
		if r.maybe || !certain {
			v = r.doubtful(v, cond)
		}
		if !l.e.Group {
			if old, ok := b.at(name); ok {
				b.fails = b.fails.Or(tri.Unknown)
				before := b.fields[old].Value
				both := value.OfOpaque("two rounds of the loop make one member", append(v.Refs(), before.Refs()...)...)
				if v.MayBeMissing() && before.MayBeMissing() {
					both = both.Maybe()
				}
				v = both
			}
			b.set(value.Field{Name: name, Value: v})
			return
		}
		groups[name] = append(groups[name], v)
		b.set(value.Field{Name: name, Value: l.group(groups[name])})
	}
	for i, r := range rounds {
		if l.ev.exhausted() {
			return unknown(tooLong)
		}
		step(r, i)
	}
	if open {
		step(l.unseen(), len(rounds))
		b.open = true
		// What can be said of the collection is nearer the cause than what can't be said of a round's key.
		b.reason = partly(reasonOf("not all of its members are known", l.coll))
		b.refs = append(b.refs, l.coll.Refs()...)
	}
	if b.open {
		b.fails = b.fails.Or(tri.Unknown)
	}
	switch ref, ok := alikeMembers(ms, l.coll.Value); {
	case l.e.Group && (b.open || l.many):
		if b.reason == "" {
			b.reason = manyReason(l.coll.Value)
		}
		b.openGroups()
	case b.open && ok && len(b.fields) == 0:
		b.reason, b.refs = starReason(ref.Addr), []value.Ref{ref}
	}
	o := ended(b.object(), b.fails)
	if b.open && !open && !l.e.Group {
		return o.withMembers(ms) // no two are under one key, which would be an error
	}
	return o
}

// alikeMembers returns the attribute that every member of a loop over the instances of a resource of unknown number is:
// the subnets by their zones.
func alikeMembers(ms []member, coll value.Value) (value.Ref, bool) {
	var first value.Ref
	for i, m := range ms {
		ref, ok := m.value.Symbol()
		if !ok || ref.Attr == "" || i > 0 && ref != first || starReason(ref.Addr) != coll.Reason() {
			return value.Ref{}, false
		}
		first = ref
	}
	return first, len(ms) > 0
}

// group returns the list of one name; it may not be there where each of its elements may not.
func (l *loop) group(elems []value.Value) value.Value {
	v := value.OfList(append([]value.Value(nil), elems...), false)
	if l.disordered || l.coll.Unordered() && !exact(l.coll.Value) {
		v = v.AsSet()
	}
	for _, e := range elems {
		if !e.MayBeMissing() {
			return v
		}
	}
	return v.Maybe()
}

// openGroups notes that rounds which are not known may add to every group.
func (b *builder) openGroups() {
	for i, f := range b.fields {
		v := value.OfOpenList(f.Value.Elems(), b.reason, b.refs...).WithOrigin(f.Value.Origin())
		if f.Value.Unordered() {
			v = v.AsSet()
		}
		if f.Value.MayBeMissing() {
			v = v.Maybe()
		}
		b.fields[i].Value = v
	}
}
