package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// maxUnrolled bounds the elements over which a comprehension or a loop is unrolled.
const maxUnrolled = 64

// A comp is a comprehension under way.
type comp struct {
	in   *interp
	gens []*pyast.Comprehension
	// elt gives one element, as an entry whose object is missing where a condition leaves it out; false where what it gives
	// can't be told from others.
	elt func() (entry, bool)
	out *content
	// left is how many elements may still be made.
	left int
	// plain tells that alternatives of the first iterable may be told apart, keyed that the entries are a dict's.
	plain, keyed bool
	// rounds number the elements, of which the first is looked at aloud.
	rounds int
}

// comprehension evaluates a comprehension: over lists that are known it is unrolled, so that [x + "!" for x in subnets] stays
// known; over anything else it is evaluated once, for what it makes.
func (in *interp) comprehension(e pyast.Expr, f form, gens []*pyast.Comprehension, elt pyast.Expr) object {
	c := in.comprehend(gens, false, func() (entry, bool) { return entry{obj: in.eval(elt)}, true })
	return in.sequence(f, in.span(e), c)
}

// dictComprehension evaluates {k: v for ...}.
func (in *interp) dictComprehension(e *pyast.DictComp) object {
	p := &place{kind: dictPlace, span: in.span(e), header: in.span(e)}
	p.header.End = min(p.header.Start+1, p.header.End)
	c := in.comprehend(e.Generators, true, func() (entry, bool) {
		key, ok := keyOf(narrow(in.eval(e.Key), in.st.path))
		return entry{name: key, key: in.span(e.Key), at: in.span(e.Value), obj: in.eval(e.Value)}, ok
	})
	out := &content{open: c.open, reason: c.reason, shuffled: c.shuffled}
	for _, item := range c.entries {
		item.obj = over(item.obj, out.at(item.name))
		in.charge(len(out.entries) / 4)
		out = out.with(item)
	}
	in.st.setContent(p, out)
	return p
}

func (in *interp) comprehend(gens []*pyast.Comprehension, keyed bool, elt func() (entry, bool)) *content {
	outer := in.scope
	first := in.eval(gens[0].Iter) // Python evaluates it outside
	in.scope = &scope{up: outer, global: outer.global, module: outer.module, fn: outer.fn, inner: true}
	defer func() { in.scope = outer }()
	c := &comp{in: in, gens: gens, elt: elt, out: &content{}, left: maxUnrolled, plain: true, keyed: keyed}
	c.loop(0, first)
	return c.out
}

// loop evaluates the for clauses from the i-th on.
func (c *comp) loop(i int, iter object) {
	in, g := c.in, c.gens[i]
	if several, ok := narrow(iter, in.st.path).(*choice); ok && i == 0 && c.plain {
		c.loopEach(several)
		return
	}
	shuffled := !in.ordered(iter)
	items, complete := in.elements(iter)
	outer := in.rounds
	defer func() { in.rounds = outer }()
	if !complete || len(items) > c.left || g.IsAsync || !in.within(len(items)) {
		c.once(i, in.reasonOr(iter, "its elements are known only when the script runs"))
		return
	}
	c.out.shuffled = c.out.shuffled || shuffled && len(items) > 1
	for k, item := range items {
		in.onTurn(k, func() {
			in.eachThere(item.obj, func(o object) object {
				in.assign(g.Target, o)
				return o
			})
			// Where the element isn't there, neither is what is made of it.
			c.guarded(isThereFact(item.obj), func() { c.test(i, g.Ifs) })
		})
	}
}

// loopEach evaluates a comprehension over each of several iterables, and merges what they give.
func (c *comp) loopEach(iter *choice) {
	in := c.in
	var outs []*content
	var paths []value.World
	in.inEach(iter, func(o object) object {
		of := &comp{in: in, gens: c.gens, elt: c.elt, out: &content{}, left: c.left}
		of.loop(0, o)
		outs, paths = append(outs, of.out), append(paths, in.st.path)
		return o
	})
	kind := listPlace
	if c.keyed {
		kind = dictPlace
	}
	c.out = merge(kind, paths, outs)
}

// once evaluates the rest for an element that nothing is known of.
func (c *comp) once(i int, reason string) {
	in := c.in
	for _, g := range c.gens[i:] {
		if g != c.gens[i] {
			in.eval(g.Iter)
		}
		in.assign(g.Target, unknown(reason))
		for _, cond := range g.Ifs {
			in.eval(cond)
		}
	}
	c.elt()
	c.forget(reason)
}

func (c *comp) forget(reason string) {
	c.out.shuffled = true
	if !c.out.open {
		c.out.open, c.out.reason = true, reason
	}
}

// test goes on where the conditions of a for clause hold.
func (c *comp) test(i int, conds []pyast.Expr) {
	in := c.in
	if len(conds) == 0 {
		c.made(i)
		return
	}
	known, fact := in.decide(conds[0])
	switch known {
	case tri.True:
		c.test(i, conds[1:])
		return
	case tri.False:
		return
	}
	before := len(c.out.entries)
	in.branch(fact, func() { c.test(i, conds[1:]) }, func() {})
	for k := before; k < len(c.out.entries); k++ {
		c.out.entries[k].obj = in.either(fact, c.out.entries[k].obj, missing{})
	}
}

// made adds an element, or goes on with the next for clause.
func (c *comp) made(i int) {
	in := c.in
	if i+1 < len(c.gens) {
		c.loop(i+1, in.eval(c.gens[i+1].Iter))
		return
	}
	c.left--
	c.rounds++
	in.charge(itemsPerStep)
	var e entry
	ok := true
	make := func() { e, ok = c.elt() }
	if c.rounds > 1 {
		in.silently(make)
	} else {
		make()
	}
	if !ok {
		c.out.entries = nil
		c.forget("a key is known only when the script runs")
		return
	}
	c.out.entries = append(c.out.entries, e)
}

// guarded adds what f makes under the alternatives in which an element is there.
func (c *comp) guarded(of object, f func()) {
	before := len(c.out.entries)
	f()
	if of == nil {
		return
	}
	for k := before; k < len(c.out.entries); k++ {
		made := c.out.entries[k].obj
		c.out.entries[k].obj = apply(of, func(o object) object {
			if isGone(o) {
				return o
			}
			return made
		})
	}
}

// isThereFact returns an element that may not be there; nil for one that is.
func isThereFact(o object) object {
	if isThere(o) {
		return nil
	}
	return o
}
