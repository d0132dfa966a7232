package guard

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
)

// maxAssumed bounds what policy variables are taken for.
const (
	maxAssumed = 64
	// maxVariables bounds those that are taken for more than one thing.
	maxVariables = 6
)

// tooMuch is why a question isn't answered that takes too long.
var tooMuch = doubt{why: "its policies are too many, or too long, to be searched"}

// search looks for a request that the policies allow in a world: for certain, else as far as is known.
func (p *Policies) search(c *cell, action string, lacks []string) outcome {
	first := problem{cell: c, action: action, lacks: lacks, work: c.spent}
	defer func() { c.spent = first.work }()
	first.read(p)
	if len(c.split) > 0 {
		return outcome{} // it is asked again in each of the parts
	}
	if !first.possible() {
		return outcome{holds: tri.False}
	}
	problems, complete := first.assume(p)
	var unsure *outcome
	var limit doubt
	if !complete.known() {
		limit = complete
	}
	for _, certain := range []bool{true, false} {
		for _, q := range problems {
			s := search{problem: q, certain: certain}
			found := s.start() && s.run()
			first.work = max(first.work, q.work)
			switch {
			case found:
				of := s.outcome(p)
				if of.holds == tri.True {
					return of
				}
				if unsure == nil && !certain {
					unsure = &of
				}
			case s.short:
				limit = tooMuch
			default:
				limit = limit.or(q.limit())
			}
		}
	}
	switch {
	case unsure != nil:
		return *unsure
	case limit.why == "" || first.none():
		return outcome{holds: tri.False}
	}
	return outcome{doubt: limit}
}

// none reports whether there is no request whatever policy variables stand for, each time that they are used.
func (p *problem) none() bool {
	if len(p.variables) == 0 || !p.limit().known() {
		return false
	}
	s := search{problem: p}
	found := s.start() && s.run()
	return !found && !s.short && p.limit().known()
}

// known reports whether there is no doubt.
func (d doubt) known() bool { return d.why == "" }

// possible reports whether any statement may allow the action at all.
func (p *problem) possible() bool {
	return !slices.ContainsFunc(p.levels, func(l level) bool { return len(l.allows) == 0 && l.unread.known() })
}

// prepare finds the classes of every key, and what each test says of them.
func (p *problem) prepare() {
	for i, k := range p.keys {
		k.never = i != resourceKey && p.lacking(k)
		p.classify(k)
		if strings.EqualFold(k.name, isService) {
			k.classes = slices.DeleteFunc(k.classes, func(c class) bool { return c.spelt == "true" })
		}
		for _, t := range k.tests {
			p.each(t)
		}
	}
}

// limit is why some request may have been overlooked.
func (p *problem) limit() doubt {
	if p.work > maxWork {
		return tooMuch
	}
	for i, k := range p.keys {
		if !k.complete {
			name := k.name
			if i == resourceKey {
				name = "the resource"
			}
			return doubt{why: "the conditions on " + name + " are too many, or too different, to be searched"}
		}
	}
	return doubt{}
}

// assume returns a problem for each thing that the policy variables may stand for, and a doubt where there may be others.
func (p *problem) assume(policies *Policies) ([]*problem, doubt) {
	p.prepare()
	slices.Sort(p.variables)
	names := slices.Compact(p.variables)
	if len(names) == 0 {
		return []*problem{p}, doubt{}
	}
	var why doubt
	if p.partly || len(names) > 1 {
		why = doubt{why: "it turns on the policy variable ${" + names[0] + "}"}
	}
	assumed := []map[string]variable{{}}
	for i, name := range names {
		values := p.meanings(name)
		if i >= maxVariables {
			values = values[:1]
		}
		if len(assumed)*len(values) > maxAssumed {
			values = values[:max(1, maxAssumed/len(assumed))]
			why = doubt{why: "it turns on the policy variable ${" + name + "}"}
		}
		var next []map[string]variable
		for _, a := range assumed {
			for _, v := range values {
				b := maps.Clone(a)
				b[name] = v
				next = append(next, b)
			}
		}
		assumed = next
	}
	var out []*problem
	for _, a := range assumed {
		if p.work > maxWork {
			return out, tooMuch
		}
		q := &problem{cell: &cell{world: p.world}, action: p.action, lacks: p.lacks, assumed: a, work: p.work}
		q.read(policies)
		q.prepare()
		p.work = q.work
		out = append(out, q)
	}
	return out, why
}

// meanings returns what a policy variable may stand for: the values of its key that are told apart, by conditions on it and on
// what is compared with it, and none.
func (p *problem) meanings(name string) []variable {
	k := p.keys[p.index[name]]
	var out []variable
	if !k.always {
		out = append(out, variable{absent: true})
	}
	if k.never {
		return []variable{{absent: true}}
	}
	letter, _ := p.atoms.of("variable "+name, false)
	var globs []glob
	for i, other := range p.keys {
		names := other == k
		var own []glob
		for _, t := range other.tests {
			for _, v := range t.values {
				if slices.Contains(v.tokens, letter) {
					names = true
				} else if !v.void && t.compares <= asARN {
					own = append(own, v.glob)
				}
			}
		}
		if names && i != resourceKey {
			globs = append(globs, own...)
		}
	}
	texts, _ := regions(distinct(globs), nil, p.hints(k, globs), &p.work)
	for _, of := range k.classes {
		if !slices.ContainsFunc(texts, func(t Pattern) bool { return slices.Equal(t, of.text) }) {
			texts = append(texts, of.text)
		}
	}
	for _, text := range texts {
		switch {
		case slices.Contains(text, letter):
		case p.unnamed:
			out = append(out, variable{text: text}) // of which it is to be seen whose it is
		default:
			out = append(out, variable{text: known(name, text, globs)})
		}
	}
	return out
}

// known returns a text that people know in the place of a stranger's, where no glob tells them apart.
func known(name string, text Pattern, globs []glob) Pattern {
	if !slices.Contains(text, Stranger) || slices.ContainsFunc(globs, func(g glob) bool { return !g.certain() }) {
		return text
	}
	for _, word := range familiar(name, string(text)) {
		other := Pattern(word)
		if !slices.ContainsFunc(globs, func(g glob) bool { return g.surely(text) != g.surely(other) }) {
			return other
		}
	}
	return text
}

// outcome makes the request that a search has found, and says what is known of it.
func (s *search) outcome(p *Policies) outcome {
	r := s.request()
	holds, why := p.allows(s.cell, r)
	if holds == tri.False {
		// Each part may be so, and all of them together not.
		holds, why = tri.Unknown, s.unread.or(doubt{why: "not all of the policies is known"})
	}
	if k := s.keys[resourceKey]; holds == tri.True && k.sure != nil && !k.sure.has(k.choose(s.states[resourceKey].within)) {
		holds, why = tri.Unknown, s.unsure()
	}
	return outcome{holds: holds, doubt: why, witness: r, by: s.by}
}

// unsure is why it isn't known whether the request's resource is one of the action's.
func (s *search) unsure() doubt {
	var why doubt
	if s.by != nil {
		for _, v := range s.by.tests[0].values {
			why = why.or(v.doubt)
		}
	}
	return why.or(doubt{why: "it isn't known which resources the policies name"})
}

// request returns a request of those that a search has left.
func (s *search) request() *Request {
	r := &Request{Action: s.action, Lacks: s.lacks}
	for i, k := range s.keys {
		of := &s.states[i]
		if i == resourceKey {
			r.Resource = s.write(k, k.choose(of.within))
			r.Anywhere = s.possibly(k).within(of.within)
			continue
		}
		if of.absent {
			if _, assumed := s.assumed[strings.ToLower(k.name)]; !assumed && !k.never && !of.there() {
				r.Avoids = append(r.Avoids, k.name)
			}
			continue
		}
		e := Entry{Key: k.name}
		var chosen []int
		for _, mask := range of.some {
			if !slices.ContainsFunc(chosen, mask.has) {
				chosen = append(chosen, k.choose(mask.and(of.within)))
			}
		}
		if len(chosen) == 0 {
			chosen = append(chosen, k.choose(of.within))
		}
		slices.Sort(chosen)
		for _, c := range slices.Compact(chosen) {
			e.Values = append(e.Values, s.write(k, c))
		}
		e.Any = k.always && len(of.some) == 0 && of.within.not(len(k.classes)).empty()
		r.Context = append(r.Context, e)
	}
	slices.SortFunc(r.Context, func(a, b Entry) int { return cmp.Compare(strings.ToLower(a.Key), strings.ToLower(b.Key)) })
	slices.Sort(r.Avoids)
	return r
}

// choose returns a class of some: one that is known, where there is one.
func (k *key) choose(from bits) int {
	for i, c := range k.classes {
		if from.has(i) && c.plain {
			return i
		}
	}
	return from.first()
}

// possibly are the classes that a request may have of a key to begin with.
func (s *search) possibly(k *key) bits {
	if k.sure != nil {
		return k.sure
	}
	n := len(k.classes)
	return newBits(n).not(n)
}

// write spells a class for people, with a value that they know where one is of it.
func (s *search) write(k *key, i int) string {
	of := k.classes[i]
	if _, assumed := s.assumed[strings.ToLower(k.name)]; !assumed && slices.Contains(of.text, Stranger) {
		if of.spelt == aboveAll || of.spelt == belowAll {
			return of.spelt
		}
		for _, text := range familiar(k.name, of.spelt) {
			if c := classOf(Pattern(text)); s.alike(k, &c, i) {
				return s.atoms.write(c.text)
			}
		}
	}
	return s.atoms.write(of.text)
}

// alike reports whether every test says of a value what it says of a class.
func (s *search) alike(k *key, c *class, i int) bool {
	for _, t := range k.tests {
		if t.compares == asNull {
			continue
		}
		want := tri.False
		switch {
		case t.surely.has(i):
			want = tri.True
		case t.perhaps.has(i):
			want = tri.Unknown
		}
		if s.test(t, c) != want {
			return false
		}
	}
	return true
}

// exampleOwners are where and whose the resources of requests are: the first, unless policies tell it from others.
var exampleOwners = []struct{ region, account string }{
	{"us-east-1", "111122223333"}, {"us-east-1", "444455556666"}, {"eu-west-1", "444455556666"}, {"ap-southeast-2", "777788889999"},
}

// familiar returns what to write for a stranger's value.
func familiar(key, text string) []string {
	var out []string
	switch strings.ToLower(key) {
	case "aws:requestedregion":
		out = []string{"us-east-1", "eu-west-1", "ap-southeast-2"}
	case "aws:principalaccount", "aws:resourceaccount", "aws:sourceaccount":
		out = []string{"111122223333", "444455556666", "123456789012"}
	}
	if parts := strings.SplitN(text, ":", arnParts); len(parts) == arnParts {
		for _, of := range exampleOwners {
			region := strings.ReplaceAll(parts[3], own, of.region)
			account := strings.ReplaceAll(parts[4], own, of.account)
			out = append(out, strings.ReplaceAll(strings.Join([]string{parts[0], parts[1], parts[2], region, account, parts[5]}, ":"), own, "x"))
		}
	}
	for _, word := range []string{"x", "other", "x1", "zz", "Q", "7"} {
		out = append(out, strings.ReplaceAll(text, own, word))
	}
	return out
}
