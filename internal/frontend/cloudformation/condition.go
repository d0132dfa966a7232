package cloudformation

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A condition is an entry of Conditions.
type condition struct {
	name  string
	node  *doctree.Node
	state state
	truth value.Truth
}

type state uint8

const (
	untouched state = iota
	underway        // being evaluated: to come back to it is a cycle
	done
)

// maxConditionDepth bounds how many conditions may stand on one another, and how deep their functions nest.
const maxConditionDepth = 200

// A named is a condition that is one comparison, or the negation of one.
type named struct {
	name    string
	negated bool
}

func (t *template) declareConditions(section *doctree.Node) {
	t.conditions = map[string]*condition{}
	t.atomic = map[string]named{}
	entries := t.repeated(section)
	for _, p := range entries {
		t.conditions[p.Key.Text] = &condition{name: p.Key.Text, node: p.Value}
	}
	for _, p := range entries {
		t.survey(p.Value, 0)
		// Peel off negations: "HasSubnet: !Not [!Equals [...]]" names its comparison, the other way round.
		n, negated := p.Value, false
		for {
			name, arg, ok := intrinsic(n)
			if ok && name == "Fn::Equals" {
				if text, short := t.comparison(arg); short {
					if _, taken := t.atomic[text]; !taken {
						t.atomic[text] = named{p.Key.Text, negated}
					}
				}
			}
			args := []*doctree.Node(nil)
			if ok && name == "Fn::Not" {
				args = arguments(arg, 1, 1)
			}
			if args == nil {
				break
			}
			n, negated = args[0], !negated
		}
	}
}

// survey finds the texts that parameters are compared with, before any condition is evaluated.
func (t *template) survey(n *doctree.Node, depth int) {
	name, arg, ok := intrinsic(n)
	if !ok || depth > maxConditionDepth {
		return
	}
	args := arguments(arg, 1, maxOperands)
	if name == "Fn::Equals" && len(args) == 2 {
		t.surveyComparison(args)
		return
	}
	if name == "Fn::Contains" {
		for _, n := range alternatives(arg) {
			t.surveyComparison(n.Items)
		}
		return
	}
	for _, a := range args {
		t.survey(a, depth+1)
	}
}

func (t *template) surveyComparison(sides []*doctree.Node) {
	for i, side := range sides {
		if d := t.unsetDomainOf(side); d != nil {
			if text, known := t.constant(sides[1-i]); known {
				d.compare(text)
			}
		}
	}
}

// constant returns the text of an operand that doesn't depend on what a parent passes, nor on anything else that is
// evaluated only after all conditions are known.
func (t *template) constant(n *doctree.Node) (string, bool) {
	if _, _, isCall := intrinsic(n); isCall && t.by != nil || !t.isEarly(n) {
		return "", false
	}
	return t.eval(n, scope{}).AsString()
}

// maxOperands is how many operands of Fn::And and Fn::Or are read; CloudFormation takes ten.
const maxOperands = 64

// domainOf returns the domain of the unknown parameter or pseudo-parameter that an expression is. A parameter to which sets
// of values give different ones has none: the sets tell its values apart.
func (t *template) domainOf(n *doctree.Node) *domain {
	if t.isSet(n) {
		return nil
	}
	return t.unsetDomainOf(n)
}

// isSet reports whether an expression is a parameter to which the sets of values that the tree has give different ones.
func (t *template) isSet(n *doctree.Node) bool {
	name, arg, ok := intrinsic(n)
	if !ok || name != "Ref" {
		return false
	}
	p := t.parameters[arg.Text]
	return p != nil && p.settings != nil
}

// unsetDomainOf is domainOf for the worlds in which no set of values gives the parameter one.
func (t *template) unsetDomainOf(n *doctree.Node) *domain {
	name, arg, ok := intrinsic(n)
	if !ok || name != "Ref" || arg.Kind != doctree.String || arg.Tag != "" {
		return nil
	}
	if d := t.domains[arg.Text]; d != nil {
		return d
	}
	attr, isPseudo := pseudo[arg.Text]
	if !isPseudo {
		return nil
	}
	if t.shares(attr) {
		return t.by.parent.domainOf(n) // a nested stack is deployed where its parent is
	}
	d := &domain{owner: t, name: arg.Text}
	t.domains[arg.Text] = d
	return d
}

// conditionOf returns the truth of the condition that a node names.
func (t *template) conditionOf(n *doctree.Node) value.Truth {
	if c := t.conditions[n.Text]; c != nil && c.state == done && n.Kind == doctree.String && n.Tag == "" {
		return c.truth
	}
	origin := &value.Origin{Span: place(n)}
	if name, _, ok := intrinsic(n); ok && name != "Condition" {
		return t.truth(n, 0) // a comparison in place of a name
	}
	if n.Kind != doctree.String || n.Tag != "" && n.Tag != "!Condition" {
		return value.Unknowable("it is not the name of a condition", origin)
	}
	return t.condition(n.Text, origin, 0)
}

func (t *template) condition(name string, origin *value.Origin, depth int) value.Truth {
	c := t.conditions[name]
	switch {
	case c == nil:
		return value.Unknowable(fmt.Sprintf("the template declares no condition %s", name), origin)
	case c.state == underway:
		return value.Unknowable(fmt.Sprintf("the condition %s refers to itself", name), origin)
	case c.state == done:
		return c.truth
	case depth > maxConditionDepth:
		return value.Unknowable(fmt.Sprintf("the condition %s stands on more than %d others", name, maxConditionDepth), origin)
	}
	c.state = underway
	c.truth = t.truth(c.node, depth+1)
	// A condition that comes out the same in every world is no world of its own.
	if known := c.truth.Known(); known != tri.Unknown {
		c.truth = value.Always(known, &value.Origin{Span: place(c.node), Via: noted(c.truth.Cases()[0].Origin)})
	}
	c.truth = c.named(c.truth)
	c.state = done
	return c.truth
}

// named returns a truth that comes down to one comparison under the name of the condition, where it has none of its own: to
// its author it is that condition.
func (c *condition) named(truth value.Truth) value.Truth {
	cases := truth.Cases()
	if len(cases) != 2 {
		return truth
	}
	ts := make([]value.Truth, len(cases))
	for i, k := range cases {
		if len(k.When) != 1 || k.When[0].Var != cases[0].When[0].Var || k.Holds == tri.Unknown || !strings.HasPrefix(k.When[0].Text, unnamed) {
			return truth
		}
		f := k.When[0]
		f.Text = fmt.Sprintf("%s is %v", c.name, k.Holds == tri.True)
		ts[i] = value.Always(k.Holds, k.Origin).When(value.World{f})
	}
	return value.Join(ts...)
}

// truth evaluates a condition function.
func (t *template) truth(n *doctree.Node, depth int) value.Truth {
	origin := &value.Origin{Span: place(n)}
	if depth > maxConditionDepth {
		return value.Unknowable(fmt.Sprintf("its conditions nest deeper than %d", maxConditionDepth), origin)
	}
	name, arg, ok := intrinsic(n)
	if !ok && n.Kind == doctree.Mapping && len(n.Pairs) == 1 && n.Pairs[0].Key.Text == "Condition" {
		name, arg = "Condition", n.Pairs[0].Value
	}
	switch name {
	case "Condition": // the name of another one
		if arg.Kind == doctree.String && arg.Tag == "" {
			return t.condition(arg.Text, origin, depth)
		}
	case "Fn::Not":
		if args := arguments(arg, 1, 1); args != nil {
			return t.truth(args[0], depth+1).Not()
		}
	case "Fn::And", "Fn::Or":
		if args := arguments(arg, 1, maxOperands); args != nil {
			return t.combine(name, args, depth)
		}
	case "Fn::Equals":
		if args := arguments(arg, 2, 2); args != nil {
			return t.equals(arg, origin)
		}
	case "Fn::Contains":
		return t.contains(arg, origin)
	case "Fn::EachMemberIn", "Fn::EachMemberEquals":
		return t.eachMember(name, arg, origin)
	case "":
		return value.Unknowable("it is no condition function", origin)
	}
	return value.Unknowable(name+" decides no condition here", origin)
}

// combine evaluates Fn::And and Fn::Or.
func (t *template) combine(name string, args []*doctree.Node, depth int) value.Truth {
	r := t.truth(args[0], depth+1)
	for _, n := range args[1:] {
		u := t.truth(n, depth+1)
		if t.spend(r.Size()*len(u.Cases()) + u.Size()*len(r.Cases())); t.spent() {
			return value.Unknowable("the template has too many conditions", &value.Origin{Span: place(n)})
		}
		if name == "Fn::And" {
			r = r.And(u)
		} else {
			r = r.Or(u)
		}
	}
	return r
}

// equals compares two values. Where that can't be decided, whether they are equal is a fact: the same comparison, however
// often and in whatever form it is written, comes out the same.
func (t *template) equals(arg *doctree.Node, origin *value.Origin) value.Truth {
	args := arg.Items
	sides := [2]value.Value{t.eval(args[0], scope{}), t.eval(args[1], scope{})}
	text, short := t.comparison(arg)
	if short && sameExpression(args[0], args[1]) {
		return value.Always(tri.True, origin)
	}
	for i := range args {
		d := t.domainOf(args[i])
		if d == nil {
			continue
		}
		other, known := sides[1-i].AsString()
		if !known || other == "" && strings.HasPrefix(d.name, "AWS::") {
			continue // below: a pseudo-parameter is never empty
		}
		if d.owner == t && d.isNamed(text) {
			break
		}
		if truth, ok := d.equals(other, origin); ok {
			return truth
		}
	}
	// What parts of the sides are known may decide it in some worlds, and leave the fact to the others.
	var ts []value.Truth
	undecided := t.either(text, origin)
	for i := range args {
		d := t.unsetDomainOf(args[i])
		other, known := sides[1-i].AsString()
		if !known || !t.isSet(args[i]) || d == nil || d.isNamed(text) {
			continue
		}
		if truth, ok := d.equals(other, origin); ok {
			undecided = truth
		}
	}
	t.spend(len(sides[0].Arms()) * len(sides[1].Arms()))
	for _, a := range sides[0].Arms() {
		for _, b := range sides[1].Arms() {
			w, possible := a.When.And(b.When)
			if !possible {
				continue
			}
			truth := undecided
			if same := equal(a.Value, b.Value); same != tri.Unknown {
				truth = value.Always(same, &value.Origin{Span: origin.Span, Via: cmp.Or(noted(a.Value.Origin()), noted(b.Value.Origin()))})
			}
			ts = append(ts, truth.When(w))
		}
	}
	if len(ts) == 0 || t.spent() {
		return value.Unknowable("the template has too many conditions", origin)
	}
	return value.Join(ts...)
}

// either returns the truth of a comparison that is a fact: true in one world, false in the other.
func (t *template) either(comparison string, origin *value.Origin) value.Truth {
	return value.Join(
		value.Always(tri.True, origin).When(value.World{t.fact(comparison, true)}),
		value.Always(tri.False, origin).When(value.World{t.fact(comparison, false)}))
}

// equal compares two values that are no choices. CloudFormation compares texts, case and all; true is "true".
func equal(a, b value.Value) tri.Bool {
	if _, known := a.AsString(); known {
		a, b = b, a
	}
	if text, known := b.AsString(); known {
		switch {
		case a.Kind() == value.KindScalar:
			return tri.Of(a.Literal() == text)
		case a.Kind() == value.KindSymbol && text == "":
			return tri.False
		case a.Kind() == value.KindText && a.Is(text).Known() == tri.False:
			return tri.False
		}
		return tri.Unknown
	}
	x, ok := a.Symbol()
	y, okay := b.Symbol()
	if ok && okay && x == y {
		return tri.True
	}
	return tri.Unknown
}

// fact returns the fact that a comparison holds, or that it doesn't. It speaks of the condition that is that comparison,
// where there is one, since that is the name its author knows.
func (t *template) fact(comparison string, holds bool) value.Fact {
	name, _, _ := strings.Cut(comparison, digestMark)
	if c, ok := t.atomic[comparison]; ok {
		name = c.name
		holds = holds != c.negated
	}
	is := strconv.FormatBool(holds)
	return value.Fact{Var: t.id + "|condition|" + comparison, Is: is, Text: name + " is " + is}
}
