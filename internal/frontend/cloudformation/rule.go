package cloudformation

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// Rules say which values parameters may have together. A world in which one of their assertions is false is none, since
// CloudFormation makes no stack there. Assertions that aren't understood forbid nothing.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html

// A rule is an entry of Rules.
type rule struct {
	condition  *doctree.Node // nil: always
	assertions []*doctree.Node
}

// maxRules bounds the rules of a template that are read.
const maxRules = 200

func (t *template) declareRules(section *doctree.Node) {
	if section == nil {
		return
	}
	for _, p := range section.Pairs {
		r := rule{condition: p.Value.Get("RuleCondition")}
		if assertions := p.Value.Get("Assertions"); assertions != nil {
			for _, item := range assertions.Items {
				if n := item.Get("Assert"); n != nil {
					r.assertions = append(r.assertions, n)
				}
			}
		}
		if len(t.rules) < maxRules && len(r.assertions) > 0 {
			t.rules = append(t.rules, r)
		}
	}
	for _, r := range t.rules {
		for _, n := range append(slices.Clone(r.assertions), r.condition) {
			if n != nil {
				t.survey(n, 0)
			}
		}
	}
}

// permitted returns the worlds of a scope that the rules permit.
func (t *template) permitted(in scope) scope {
	for _, r := range t.rules {
		holds := t.truth(r.assertions[0], 0)
		for _, n := range r.assertions[1:] {
			holds = holds.And(t.truth(n, 0))
		}
		if r.condition != nil {
			holds = holds.Or(t.truth(r.condition, 0).Not())
		}
		if holds.Known() != tri.True {
			in = t.where(in, holds, tri.True, tri.Unknown)
		}
	}
	return in
}

// feasible returns a truth without the worlds that a scope rules out.
func (t *template) feasible(in scope, truth value.Truth) value.Truth {
	if len(t.rules) == 0 || len(in.worlds) == 0 {
		return truth
	}
	cases := t.decide(in, truth)
	if len(cases) == 0 {
		return truth
	}
	if agree(cases) && cases[0].Holds != tri.Unknown {
		return value.Always(cases[0].Holds, cases[0].Origin)
	}
	ts := make([]value.Truth, len(cases))
	for i, c := range cases {
		ts[i] = value.Always(c.Holds, c.Origin)
		if c.Holds == tri.Unknown {
			ts[i] = value.Unknowable(c.Reason, c.Origin)
		}
		ts[i] = ts[i].When(c.When)
	}
	return value.Join(ts...)
}

// alternatives returns the comparisons of which Fn::Contains is the disjunction: its second operand with each member of a
// list that is written out. It returns nil for any other list.
func alternatives(arg *doctree.Node) []*doctree.Node {
	args := arguments(arg, 2, 2)
	if args == nil || args[0].Kind != doctree.Sequence || args[0].Tag != "" || len(args[0].Items) > maxOperands {
		return nil
	}
	out := make([]*doctree.Node, len(args[0].Items))
	for i, item := range args[0].Items {
		out[i] = arg.WithItems([]*doctree.Node{args[1], item})
	}
	return out
}

// contains evaluates Fn::Contains.
func (t *template) contains(arg *doctree.Node, origin *value.Origin) value.Truth {
	comparisons := alternatives(arg)
	if comparisons == nil {
		return value.Unknowable("it is not known what Fn::Contains looks at", origin)
	}
	truth := value.Always(tri.False, origin)
	for _, n := range comparisons {
		u := t.equals(n, origin)
		if t.spend(len(truth.Cases()) * len(u.Cases())); t.spent() {
			return value.Unknowable("the template has too many conditions", origin)
		}
		truth = truth.Or(u)
	}
	return truth
}

// eachMember evaluates Fn::EachMemberIn and Fn::EachMemberEquals, where all members are known.
func (t *template) eachMember(name string, arg *doctree.Node, origin *value.Origin) value.Truth {
	unknown := value.Unknowable("it is not known what "+name+" looks at", origin)
	args := arguments(arg, 2, 2)
	if args == nil {
		return unknown
	}
	members, known := t.constants(args[0])
	var allowed []string
	if name == "Fn::EachMemberIn" {
		var all bool
		allowed, all = t.constants(args[1])
		known = known && all
	} else {
		text, isText := t.eval(args[1], scope{}).AsString()
		allowed, known = []string{text}, known && isText
	}
	if !known {
		return unknown
	}
	for _, m := range members {
		if !slices.Contains(allowed, m) {
			return value.Always(tri.False, origin)
		}
	}
	return value.Always(tri.True, origin)
}

// constants returns the texts of a list of which all are known.
func (t *template) constants(n *doctree.Node) ([]string, bool) {
	list := t.eval(n, scope{})
	if list.Kind() != value.KindList || list.Open() || list.Encoded() || list.MayBeMissing() {
		return nil, false
	}
	texts := make([]string, 0, len(list.Elems()))
	for _, e := range list.Elems() {
		text, known := e.AsString()
		if !known || e.MayBeMissing() {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}
