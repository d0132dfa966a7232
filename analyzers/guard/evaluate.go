package guard

import (
	"cmp"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// allows says whether a request is allowed in a world.
func (p *Policies) allows(c *cell, r *Request) (tri.Bool, doubt) {
	q := problem{cell: c, action: r.Action, given: r}
	q.read(p)
	if len(c.split) > 0 {
		return tri.Unknown, doubt{}
	}
	q.give(r)
	allowed, why := tri.True, doubt{}
	for _, l := range q.levels {
		some, unsure := tri.False, l.unread
		if !l.unread.known() {
			some = tri.Unknown
		}
		for _, rule := range l.allows {
			is, because := q.applying(rule)
			some = some.Or(is)
			unsure = because.or(unsure)
		}
		allowed = allowed.And(some)
		if some == tri.Unknown {
			why = why.or(unsure)
		}
	}
	denied := tri.False
	for _, rule := range q.denies {
		is, because := q.applying(rule)
		denied = denied.Or(is)
		why = why.or(because)
	}
	if !q.unread.known() {
		denied = denied.Or(tri.Unknown)
		why = why.or(q.unread)
	}
	holds := allowed.And(denied.Not())
	if holds != tri.Unknown {
		why = doubt{}
	}
	return holds, why
}

// give makes the values of a request the only classes of each key.
func (p *problem) give(r *Request) {
	k := p.keys[resourceKey]
	resource := classOf(p.atoms.parse(r.Resource))
	resource.formed = len(resource.text.split(arnParts)) == arnParts
	k.classes = []class{resource}
	for _, k := range p.keys[resourceKey+1:] {
		for _, e := range r.Context {
			if !strings.EqualFold(e.Key, k.name) {
				continue
			}
			for _, v := range e.Values {
				k.classes = append(k.classes, classOf(p.atoms.parse(v)))
			}
		}
	}
	for _, k := range p.keys {
		for _, t := range k.tests {
			p.each(t)
		}
	}
}

// applying says whether a statement applies to the request that is given.
func (p *problem) applying(r *rule) (tri.Bool, doubt) {
	all, why := r.applies, doubtOf(r.applies, r.doubt)
	for _, t := range r.tests {
		is := p.passes(t)
		all = all.And(is)
		if is == tri.Unknown {
			why = why.or(doubt{why: cmp.Or(t.doubt.why, "it can't be known what "+p.keys[t.key].name+" is compared with"), at: t.doubt.at})
		}
	}
	return all, doubtOf(all, why)
}

// passes says whether a test holds of the request that is given.
func (p *problem) passes(t *test) tri.Bool {
	n := len(p.keys[t.key].classes)
	if n == 0 {
		return t.missing
	}
	all, none := t.surely.not(n).empty(), t.perhaps.empty()
	some, every := !t.surely.empty(), t.perhaps.not(n).empty()
	switch {
	case all && (t.Set != ForAnyValue || some):
		return tri.True
	case none:
		return tri.False
	case t.Set == ForAnyValue && some:
		return tri.True
	case t.Set == ForAllValues && !every:
		return tri.False
	}
	return tri.Unknown
}
