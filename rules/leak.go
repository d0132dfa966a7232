package rules

import (
	"fmt"
	"strings"

	"github.com/vpclint/vpclint/analyzers/guard"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/network"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// The cases in which a grant may be wrong, of which at most one is so for who has it.

// forgetful is an Allow that rests on ForAllValues, of which a request without the key is true.
func (g *grant) forgetful(t *tenure) value.Truth { return t.some.And(g.rests.Holds) }

// partial is an Allow of creations that a guard beside it leaves out.
func (g *grant) partial(t *tenure) value.Truth {
	return t.some.And(g.rests.Holds.Not()).And(t.guarded)
}

// bare is an Allow beside which there is no guard.
func (g *grant) bare(t *tenure) value.Truth {
	return t.some.And(g.rests.Holds.Not()).And(t.guarded.Not())
}

// A leak is what the finding on a grant tells: who may create what.
type leak struct {
	actions []string
	// whose are those of whom it is so, of all who have the grant.
	whose []*tenure
	first *opening
}

// leak gathers what is wrong of those who have the grant.
func (g *grant) leak(of func(t *tenure) value.Truth) leak {
	var l leak
	open := map[string]bool{}
	for i := range g.tenures {
		t := &g.tenures[i]
		if !of(t).Somewhere() || !t.holds.Possible() {
			continue
		}
		l.whose = append(l.whose, t)
		for j := range t.open {
			o := &t.open[j]
			if !o.Holds.Somewhere() {
				continue
			}
			open[o.action] = true
			if l.first == nil {
				l.first = o
			}
		}
	}
	for _, action := range creations {
		if open[action] {
			l.actions = append(l.actions, action)
		}
	}
	return l
}

// suspect returns the suspect that the finding on a grant would be. The format's one verb takes the actions.
func (g *grant) suspect(wrong value.Truth, of func(t *tenure) value.Truth, format string) Suspect {
	s := Suspect{Wrong: wrong, At: g.at, From: g.action}
	if !wrong.Somewhere() {
		return s
	}
	l := g.leak(of)
	s.Message, s.Help = fmt.Sprintf(format, actionNames(l.actions)), l.help()
	if l.first != nil {
		if l.first.At != nil && g.statement != nil {
			s.From = placed(g.statement, l.first.At)
		}
		s.Because = append(s.Because, g.witness(l.first)...)
	}
	if who := l.subject(); who != "" && len(l.whose) < len(g.tenures) {
		s.Message += ", for " + who
	}
	s.Because = append(s.Because, l.held()...)
	return s
}

// placed returns where a part of a statement is written, of which o tells how it came to where the policy is used. A document that
// is written apart from its use, as a data source of Terraform's is, is used as a whole: what is wrong stands in it.
func placed(st *guard.Statement, o *value.Origin) *value.Origin {
	if o == nil || st.Origin == nil || o.Span != st.Origin.Span || st.Actions.Key.IsZero() {
		return o
	}
	key := st.Actions.Key
	at := key
	for via := o.Via; via != nil; via = via.Via {
		within := via.Span.File == key.File && via.Span.Start > key.Start
		if within && (at == key || via.Span.Start < at.Start || at.Contains(via.Span)) {
			at = via.Span
		}
	}
	return value.Field{Key: at}.Origin(value.Value{}.WithOrigin(o))
}

// headOf returns where a statement begins.
func headOf(st *guard.Statement) source.Span {
	at := st.Origin.Span
	for o := st.Origin.Via; o != nil; o = o.Via {
		if o.Note == value.WrittenNote && o.Span.File == st.Actions.Key.File {
			at = o.Span
		}
	}
	return at
}

// witness shows a request that the grant allows.
func (g *grant) witness(o *opening) []finding.Step {
	if o.Witness == nil || g.statement == nil || g.statement.Origin == nil {
		return nil
	}
	by := "this statement"
	if sid, known := g.statement.Sid.AsString(); known && sid != "" {
		by = "statement " + sid
	}
	return []finding.Step{{Span: headOf(g.statement), Message: o.Witness.String() + " is allowed by " + by}}
}

// help says what to do where the rule's own help would refuse more than it should: what has a model needs no VPC of its own.
func (l *leak) help() string {
	if len(l.actions) != 1 || l.actions[0] != endpointConfig {
		return ""
	}
	return `deny it where the request has neither a VPC nor a model: "Null": {"sagemaker:VpcSubnets": "true", "sagemaker:ModelArn": "true"}`
}

// subject names the first of those of whom it is so.
func (l *leak) subject() string {
	if len(l.whose) == 0 || l.whose[0].who == nil {
		return ""
	}
	return principalName(l.whose[0].who)
}

// held shows how the first of those of whom it is so has the policy, where that is written apart.
func (l *leak) held() []finding.Step {
	who := l.subject()
	if who == "" || l.whose[0].via == nil {
		return nil
	}
	if n := len(l.whose) - 1; n > 0 {
		return []finding.Step{{Span: l.whose[0].via.Span, Message: fmt.Sprintf("%s has it, as have %s", who, others(n, "other"))}}
	}
	return []finding.Step{{Span: l.whose[0].via.Span, Message: who + " has it"}}
}

// principalName names who has a policy; "" where that isn't known.
func principalName(p *network.Principal) string {
	if p.Resource != nil {
		return p.Resource.Head().Subject()
	}
	if text, known := p.Name.AsString(); known {
		return p.Kind.String() + " " + text
	}
	if ref, ok := p.Name.Symbol(); ok {
		return ref.Addr.Name
	}
	return ""
}

// maxNamedActions bounds the actions that a finding names, unless there is but one more.
const maxNamedActions = 2

// actionNames says actions to people: the first ones, and how many more there are.
func actionNames(actions []string) string {
	n := len(actions)
	if n <= maxNamedActions+1 {
		if n < 2 {
			return strings.Join(actions, "")
		}
		return strings.Join(actions[:n-1], ", ") + " and " + actions[n-1]
	}
	return strings.Join(actions[:maxNamedActions], ", ") + " and " + others(n-maxNamedActions, "other action")
}
