package guard

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A problem is some policies as they are in one world, for one action: which statements may apply to it, and what of a request
// each asks for.
type problem struct {
	*cell
	action, lower string
	// keys are what requests are told apart by; the first is the resource.
	keys  []*key
	index map[string]int
	// levels each have to allow a request; denies must not apply.
	levels []level
	denies []*rule
	// unread is why not all of some document is known.
	unread doubt
	atoms  atoms
	// given is the request that is judged; nil where one is looked for.
	given *Request
	// lacks are the keys that the request has not.
	lacks []string
	// unnamed is as in Policies.
	unnamed bool
	// assumed is what policy variables stand for; variables are those that there are.
	assumed   map[string]variable
	variables []string
	// partly says that a variable is only a part of some text.
	partly bool
	work   int
}

// A level is the documents of which a statement has to allow a request.
type level struct {
	allows []*rule
	unread doubt
}

// A rule is a statement in one world.
type rule struct {
	*Statement
	// token is the action that is the one asked for.
	token *value.Origin
	// applies says whether it does to a request that passes all tests.
	applies tri.Bool
	doubt   doubt
	tests   []*test
}

// A variable is what a policy variable stands for.
type variable struct {
	text   Pattern
	absent bool
}

// A comparand is one value of a condition.
type comparand struct {
	glob
	there tri.Bool
	doubt doubt
}

// A test is what a statement asks of one key.
type test struct {
	Operator
	key    int
	values []comparand
	// others says why there may be more values.
	others doubt
	// missing says whether it holds where the key is absent.
	missing tri.Bool
	// surely and perhaps are the classes of the key's values for which it holds, alone.
	surely, perhaps bits
	doubt           doubt
}

// The places of elements beside the conditions of a statement.
const ofActions, ofResources = -1, -2

// resourceKey is the place of the resource among the keys.
const resourceKey = 0

// read gathers the statements that may be about the action.
func (p *problem) read(policies *Policies) {
	p.lower = strings.ToLower(p.action)
	p.index, p.unnamed = map[string]int{}, policies.Unnamed
	p.keys = []*key{{always: true}}
	for i, documents := range slices.Concat([][]Document{policies.Grants}, policies.Bounds) {
		var l level
		for j := range documents {
			d := &documents[j]
			if complete, why := p.holds(d.Complete); complete != tri.True {
				l.unread = l.unread.or(doubt{why: cmp.Or(why.why, "not all of the policy is known"), at: why.at})
			}
			for k := range d.Statements {
				p.statement(&d.Statements[k], &l, path{}.to(i).to(j).to(k))
			}
		}
		p.unread = p.unread.or(l.unread)
		p.levels = append(p.levels, l)
	}
}

// statement reads one, unless it certainly isn't about the action.
func (p *problem) statement(s *Statement, l *level, id path) {
	p.looked++
	if !s.mayBeFor(p.lower) {
		return
	}
	there, why := p.holds(s.Holds)
	if there == tri.False {
		return
	}
	r := &rule{Statement: s}
	acts, token, whyActs := p.acts(s, id)
	if acts == tri.False {
		return
	}
	r.token = token
	effect := p.pick(s.Effect)
	complete, whyComplete := p.holds(s.ConditionsComplete)
	r.applies = there.And(acts).And(complete)
	r.doubt = doubtOf(there, why).or(doubtOf(acts, whyActs)).or(doubtOf(complete, whyComplete))
	r.tests = append(r.tests, p.resources(s, id))
	for i := range s.Conditions {
		p.condition(r, &s.Conditions[i], id.to(i))
	}
	switch effect.Literal() {
	case "Allow":
		l.allows = append(l.allows, r)
	case "Deny":
		p.denies = append(p.denies, r)
	default:
		if effect.Kind() == value.KindScalar || effect.Kind() == value.KindAbsent {
			return
		}
		r.applies = tri.Unknown
		r.doubt = r.doubt.or(doubt{why: cmp.Or(effect.Reason(), "its effect isn't known"), at: effect.Origin()})
		l.allows = append(l.allows, r)
		p.denies = append(p.denies, r)
	}
}

func doubtOf(b tri.Bool, d doubt) doubt {
	if b == tri.Unknown {
		return d
	}
	return doubt{}
}

// mayBeFor reports whether a statement may be for an action, in lower case, in some world.
func (s *Statement) mayBeFor(action string) bool {
	if !s.read || s.Actions.Not || !ascii(action) {
		return true
	}
	return slices.ContainsFunc(s.actions, func(of verb) bool { return alike(of.text, action) })
}

// MayBeForAny reports whether a statement may be for one of some actions, in lower case, in some world. Of most statements of a
// tree, which are for other services, that is all that is asked.
func (s *Statement) MayBeForAny(actions []string) bool {
	if s.read && !s.Actions.Not && !slices.ContainsFunc(s.actions, func(of verb) bool { return len(of.text) > maxPattern }) {
		return slices.ContainsFunc(actions, s.mayBeFor)
	}
	return slices.ContainsFunc(actions, func(action string) bool { return s.Actions.Touches(Glob(action)).Holds.Possible() })
}

// alike reports whether a text with wildcards matches another.
func alike(pattern, text string) bool {
	i, star, from := 0, -1, 0
	for at := 0; at < len(text); {
		switch {
		case i < len(pattern) && pattern[i] == '*':
			star, from = i, at
			i++
		case i < len(pattern) && (pattern[i] == '?' || pattern[i] == text[at]):
			i, at = i+1, at+1
		case star >= 0:
			from++
			i, at = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[i:], "*") == ""
}

// acts says whether a statement is for the action, and which of its texts says so.
func (p *problem) acts(s *Statement, id path) (tri.Bool, *value.Origin, doubt) {
	if s.read && ascii(p.action) {
		i := slices.IndexFunc(s.actions, func(of verb) bool { return alike(of.text, p.lower) })
		switch {
		case s.Actions.Not:
			return tri.Of(i < 0), s.Actions.Origin(), doubt{}
		case i < 0:
			return tri.False, nil, doubt{}
		}
		return tri.True, s.actions[i].at, doubt{}
	}
	values, others := p.values(s.Actions, asPattern, nil, "", id.to(ofActions))
	named, why := tri.False, doubt{}
	at := s.Actions.Origin()
	for _, v := range values {
		v.folds = true
		is := v.matches(Pattern(p.action), false).And(v.there)
		if is != tri.False && named != tri.True {
			if is == tri.True || named == tri.False {
				at = v.doubt.at
			}
			why = v.doubt
		}
		named = named.Or(is)
	}
	if others.why != "" {
		named = named.Or(tri.Unknown)
		why = why.or(others)
	}
	if s.Actions.Not {
		return named.Not(), s.Actions.Origin(), why
	}
	return named, at, why
}

// resources is a statement's resources as a test.
func (p *problem) resources(s *Statement, id path) *test {
	t := &test{Operator: Operator{Name: "Resource", compares: asPattern, Negated: s.Resources.Not}, key: resourceKey}
	t.values, t.others = p.values(s.Resources, asPattern, &s.variables, "", id.to(ofResources))
	for i := range t.values {
		t.values[i].completed()
	}
	t.missing = tri.False
	p.keys[resourceKey].tests = append(p.keys[resourceKey].tests, t)
	return t
}

// condition reads one condition as a test.
func (p *problem) condition(r *rule, c *Condition, id path) {
	there, why := p.holds(c.Holds)
	if there == tri.False {
		return
	}
	t := &test{Operator: c.Operator, key: p.keyOf(c.Key)}
	variables := &r.variables
	if c.Operator.compares > asARN {
		variables = nil // AWS: "Policy variables", where they can be used
	}
	t.values, t.others = p.values(Element{Value: c.Values, Naming: c.naming}, c.Operator.compares, variables, c.Key, id)
	t.missing = t.whenAbsent()
	t.doubt = doubt{at: c.Values.Origin()}
	if there == tri.Unknown {
		r.applies = r.applies.And(tri.Unknown)
		r.doubt = r.doubt.or(why)
		return
	}
	k := p.keys[t.key]
	k.tests = append(k.tests, t)
	k.plural = k.plural || t.Set != OneValue
	r.tests = append(r.tests, t)
}

// keyOf returns the place of a key. Names compare without case.
func (p *problem) keyOf(name string) int {
	lower := strings.ToLower(name)
	i, ok := p.index[lower]
	if !ok {
		i = len(p.keys)
		p.index[lower] = i
		p.keys = append(p.keys, newKey(name))
	}
	return i
}

// lacking reports whether no request that is asked about has a key.
func (p *problem) lacking(k *key) bool {
	return slices.ContainsFunc(p.lacks, func(name string) bool { return strings.EqualFold(name, k.name) }) || !k.supported(p.action)
}

// whenAbsent says whether a condition holds of a key that isn't there. AWS: IAM user guide, "IAM JSON policy elements:
// Condition operators" and "Condition operators that check multivalued keys". Whether IfExists counts behind ForAnyValue isn't
// documented.
func (t *test) whenAbsent() tri.Bool {
	switch {
	case t.compares == asNull:
		return t.null("true")
	case t.Set == ForAllValues:
		return tri.True
	case t.Set == ForAnyValue && t.IfExists:
		return tri.Unknown
	case t.Set == ForAnyValue:
		return tri.False
	}
	return tri.Of(t.IfExists || t.Negated)
}

// null says whether one of the values of a Null condition is some text.
func (t *test) null(want string) tri.Bool {
	named := tri.False
	for _, v := range t.values {
		is := tri.Unknown
		if v.certain() {
			is = tri.Of(strings.EqualFold(string(v.tokens), want))
		}
		named = named.Or(is.And(v.there))
	}
	if t.others.why != "" {
		named = named.Or(tri.Unknown)
	}
	return named
}

// values reads the texts that an element names, and why there may be others.
func (p *problem) values(e Element, compares comparison, variables *value.Truth, self string, id path) ([]comparand, doubt) {
	members, complete := e.Members()
	var others doubt
	if all, why := p.holds(complete); all != tri.True {
		others = doubt{why: cmp.Or(why.why, "not all of it is known"), at: why.at}
	}
	out := make([]comparand, 0, len(members))
	p.work += len(members)
	for i, m := range members {
		if !p.world.Meets(m.When) {
			continue
		}
		v := continued(m.Value, e.Value)
		is, why := tri.True, doubt{}
		if len(m.When) > 0 || v.MayBeMissing() {
			if is, why = p.holds(there(v, m.When)); is == tri.False {
				continue
			}
		}
		c := comparand{there: is, doubt: why}
		c.doubt.at = v.Origin()
		c.glob = p.globOf(v, e.Naming, compares, variables, self, id.to(i))
		if c.doubt.why == "" && !c.certain() {
			why := doubt{why: v.Reason()}
			if variables != nil {
				_, of := p.holds(*variables)
				why = why.or(of)
			}
			c.doubt.why = cmp.Or(why.why, "it isn't known what it matches")
		}
		out = append(out, c)
	}
	return out, others
}
