package guard

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Policies are those that apply to one principal together. AWS: IAM user guide, "Policy evaluation logic".
type Policies struct {
	// Grants are its identity policies: a statement of one of them has to allow a request, and a Deny in any forbids it.
	Grants []Document
	// Bounds each have to allow it as well: the documents of a permissions boundary, or of one level's service control
	// policies. A Deny in any of them forbids it.
	Bounds [][]Document
	// Unnamed says that whoever asks is nobody whom a Deny excepts by who he is, and asks by himself: what leaves out some role,
	// tag or service is still for him. Who is meant by an Allow he may be. His account is that whose resources they name.
	Unnamed bool
	// Budget is what this question shares with others; nil where it stands alone.
	Budget *Budget
}

// A Request is one that somebody could make, as far as policies tell requests apart.
type Request struct {
	// Action is what is asked for: "sagemaker:CreateTrainingJob".
	Action string
	// Resource is the ARN that it is asked for.
	Resource string
	// Anywhere says that any other resource of the action's would do as well.
	Anywhere bool
	// Context are its condition keys with their values, in the order of the names. A key that isn't among them is absent.
	Context []Entry
	// Lacks are the keys that were asked about, which it has not.
	Lacks []string
	// Avoids are other keys that it must not have either.
	Avoids []string
}

// An Entry is one condition key of a request.
type Entry struct {
	Key    string
	Values []string
	// Any says that any other value would do as well.
	Any bool
}

// An Answer says whether there is a request, and which.
type Answer struct {
	// Holds says in which worlds there is one.
	Holds value.Truth
	// Witness is a request that the policies allow; nil where none is known.
	Witness *Request
	// By is the statement that allows it, and At its action.
	By *Statement
	At *value.Origin
}

// String says a request in one clause: "CreateTrainingJob without VpcSubnets, with aws:RequestedRegion eu-west-1".
func (r Request) String() string {
	var b strings.Builder
	b.WriteString(strings.TrimPrefix(r.Action, service))
	if !r.Anywhere && r.Resource != "" {
		b.WriteString(" on " + shown(r.Resource))
	}
	without := slices.Concat(r.Lacks, r.Avoids)
	for i, key := range without {
		without[i] = strings.TrimPrefix(key, service)
	}
	if last := len(without) - 1; last > 0 {
		b.WriteString(" without " + strings.Join(without[:last], ", ") + " or " + without[last])
	} else if last == 0 {
		b.WriteString(" without " + without[0])
	}
	separator := ", with "
	for _, e := range r.Context {
		if !e.Any {
			b.WriteString(separator + strings.TrimPrefix(e.Key, service))
			for i, v := range e.Values {
				if i > 0 {
					b.WriteString(" and")
				}
				b.WriteString(" " + shown(v))
			}
			separator = " and "
		}
	}
	return b.String()
}

// service begins the names of SageMaker's actions and keys.
const service = "sagemaker:"

// Without says in which worlds a request for an action is allowed in which none of some keys is there. All else about it
// whoever makes it may choose.
func (p *Policies) Without(action string, keys ...string) Answer {
	holds, shown := inWorlds(p.Budget, func(c *cell) outcome { return p.search(c, action, keys) })
	answer := Answer{Holds: holds}
	if shown.holds != tri.False && shown.by != nil {
		answer.By, answer.At = shown.by.Statement, shown.by.token
	}
	if shown.holds == tri.True {
		answer.Witness = shown.witness
	}
	return answer
}

// Allows says in which worlds a request is allowed. Of a key that the request has without a value, it is absent.
func (p *Policies) Allows(r Request) value.Truth {
	holds, _ := inWorlds(nil, func(c *cell) outcome {
		b, why := p.allows(c, &r)
		return outcome{holds: b, doubt: why}
	})
	return holds
}

// Guards says in which worlds a statement is a guard of an action on a condition key: a Deny that turns on the key, and that a
// request without it can meet. The budget may be nil.
func (s *Statement) Guards(b *Budget, action, key string) value.Truth {
	alone := Policies{Grants: []Document{{Statements: []Statement{*s}, Complete: value.Yes()}}}
	holds, _ := inWorlds(b, func(c *cell) outcome {
		p := problem{cell: c, action: action, work: c.spent}
		defer func() { c.spent = p.work }()
		p.read(&alone)
		if len(p.denies) == 0 {
			return outcome{holds: tri.False}
		}
		r := p.denies[0]
		about, met := tri.Of(slices.ContainsFunc(r.tests, func(t *test) bool { return t.key != resourceKey && strings.EqualFold(p.keys[t.key].name, key) })), r.applies
		why := r.doubt
		for _, t := range r.tests {
			t.wait()
			switch {
			case t.key == resourceKey && about == tri.True:
				p.classify(p.keys[t.key])
				p.each(t)
				met = met.And(p.meetable(t))
			case t.key == resourceKey:
			case strings.EqualFold(p.keys[t.key].name, key):
				met = met.And(t.missing)
			default:
				continue
			}
			why = why.or(t.doubt)
		}
		return outcome{holds: about.And(met), doubt: why.or(doubt{why: "it can't be known what it denies", at: s.Origin})}
	})
	return holds
}

// RestsOnForAllValues says in which worlds a statement compares one of some keys with ForAllValues, which also holds of a
// request without the key, and shows where.
func (s *Statement) RestsOnForAllValues(keys ...string) Fact {
	fact := Fact{Holds: value.No()}
	for i := range s.Conditions {
		c := &s.Conditions[i]
		if c.Operator.Set != ForAllValues || !slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, c.Key) }) {
			continue
		}
		if fact.At == nil {
			fact.At = c.Values.Origin()
		}
		fact.Holds = fact.Holds.Or(c.Holds)
	}
	return fact
}
