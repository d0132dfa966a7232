package guard

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// each says for each class of its key's values whether a test holds of one that has it.
func (p *problem) each(t *test) {
	k := p.keys[t.key]
	n := len(k.classes)
	t.surely, t.perhaps = newBits(n), newBits(n)
	for i := range k.classes {
		if t.compares == asNull {
			break
		}
		switch p.test(t, &k.classes[i]) {
		case tri.True:
			t.surely.add(i)
			t.perhaps.add(i)
		case tri.Unknown:
			t.perhaps.add(i)
		}
	}
	if t.compares == asNull {
		there := t.null("false")
		if there == tri.True {
			t.surely = t.surely.not(n)
		}
		if there != tri.False {
			t.perhaps = t.perhaps.not(n)
		}
	}
	t.wait()
}

// wait notes why it may not be known of what a test holds.
func (t *test) wait() {
	for _, v := range t.values {
		t.doubt = t.doubt.or(v.doubt)
	}
	t.doubt = t.doubt.or(t.others)
}

// test says whether a test holds of one value, alone.
func (p *problem) test(t *test, c *class) tri.Bool {
	if t.Set == ForAllValues && len(c.text) == 0 {
		return tri.True // an empty text counts as none: "Multivalued context keys"
	}
	named := tri.False
	for i := range t.values {
		v := &t.values[i]
		if p.work > maxWork {
			return tri.Unknown
		}
		if !v.plain() {
			p.work += v.cost(c.text)
		}
		p.work++
		if named = named.Or(v.is(c, t).And(v.there)); named == tri.True {
			break
		}
	}
	if t.others.why != "" && !t.strange(c) {
		named = named.Or(tri.Unknown)
	}
	if t.Negated {
		return named.Not()
	}
	return named
}

// meetable says whether some request can meet a test.
func (p *problem) meetable(t *test) tri.Bool {
	k := p.keys[t.key]
	for i := range k.classes {
		if t.surely.has(i) && (k.sure == nil || k.sure.has(i)) {
			return tri.True
		}
	}
	return tri.Of(!t.perhaps.empty() || !k.complete).And(tri.Unknown)
}

// strange reports whether a value is certainly none of those that aren't known: nobody names it, and nothing but what equals
// it would match.
func (t *test) strange(c *class) bool {
	return (t.compares == asText || t.compares == asTextWithoutCase || t.compares == asBytes) && slices.Contains(c.text, Stranger)
}

// is says whether a condition's value is a request's.
func (v *comparand) is(c *class, t *test) tri.Bool {
	switch t.compares {
	case asAddress:
		return v.blocks(c)
	case asBoolean:
		if !v.certain() {
			return tri.Unknown
		}
		return tri.Of(strings.EqualFold(string(v.tokens), c.spelt))
	case asNumber:
		return v.measures(c, t, numberOf)
	case asTime:
		return v.measures(c, t, timeOf)
	}
	if v.plain() && c.plain {
		return tri.Of(slices.Equal(v.tokens, c.text))
	}
	return v.matches(c.text, c.formed)
}

// measures compares amounts.
func (v *comparand) measures(c *class, t *test, read func(string) (amount, bool)) tri.Bool {
	have, ok := read(c.spelt)
	relation := relationOf(t.Name)
	switch {
	case !v.certain() && slices.Equal(v.tokens, c.text):
		return tri.Of(relation.holds(0))
	case !ok && !slices.ContainsFunc(c.text, isAtom):
		return tri.False
	case !ok:
		return tri.Unknown
	case !v.certain():
		return relation.unlike(have)
	}
	want, ok := read(string(v.tokens))
	return tri.Of(ok && relation.holds(have.cmp(want)))
}

// blocks says whether a request's address is in a block.
func (v *comparand) blocks(c *class) tri.Bool {
	if !v.certain() {
		if slices.Equal(v.tokens, c.text) {
			return tri.True
		}
		return tri.Unknown
	}
	block, ok := blockOf(string(v.tokens))
	if slices.ContainsFunc(c.text, isAtom) {
		if ok {
			return tri.Unknown
		}
		return tri.False
	}
	if slices.Contains(c.text, Stranger) {
		// An address that nobody names is in no block but that of all of its family.
		return tri.Of(ok && block.Bits() == 0 && block.Addr().Is6() == strings.HasSuffix(c.spelt, ":"))
	}
	have, err := netip.ParseAddr(c.spelt)
	return tri.Of(ok && err == nil && block.Contains(have))
}

// blockOf reads a block of addresses, or one address.
func blockOf(text string) (netip.Prefix, bool) {
	if addr, err := netip.ParseAddr(text); err == nil && addr.Zone() == "" {
		return netip.PrefixFrom(addr, addr.BitLen()), true
	}
	block, err := netip.ParsePrefix(text)
	return block.Masked(), err == nil
}
