package cloudformation

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A parameter is an entry of Parameters.
type parameter struct {
	name string
	key  source.Span
	typ  string
	// value is what a default or --parameter fixes; otherwise it says what is missing.
	value value.Value
	fixed bool
	// arg is what the parent of a nested stack passes, and state whether that is evaluated yet.
	arg   *doctree.Node
	state state
	// secret reports whether it is declared NoEcho.
	secret bool
	// allowed are the texts that a parameter without a value may have, nil for any.
	allowed []*doctree.Node
	// alternatives are the values of allowed, see template.alternatives.
	alternatives []value.Arm
	// stored tells what is stored under a path.
	stored store
	// settings are what the sets of values that the tree has for the template give it, in their order; nil where they agree.
	settings []setting
}

// maxAllowed bounds the allowed values that are told apart. A list of all instance types says nothing about a network.
const maxAllowed = value.MaxArms

func (t *template) declareParameters(section *doctree.Node, set settings) {
	t.parameters = map[string]*parameter{}
	t.domains = map[string]*domain{}
	if section == nil {
		return
	}
	for _, p := range section.Pairs {
		if p.Value.Kind != doctree.Mapping || p.Key.Text == "" {
			continue
		}
		if _, isGiven := set.given[p.Key.Text]; isGiven && t.parameters[p.Key.Text] == nil {
			t.given = append(t.given, p.Key.Text)
		}
		param := newParameter(p, t.stored)
		param.give(set.given, t.sets)
		t.parameters[p.Key.Text] = param
		if t.by != nil {
			t.passed(param)
		}
	}
	for name, p := range t.parameters {
		if !p.fixed && t.domains[name] == nil {
			d := &domain{owner: t, name: name, secret: p.secret}
			for _, n := range p.allowed {
				d.allowed = append(d.allowed, scalar(n).Literal())
			}
			t.domains[name] = d
		}
	}
}

func newParameter(pair doctree.Pair, stored store) *parameter {
	body := pair.Value
	p := &parameter{name: pair.Key.Text, key: pair.Key.Span, stored: stored}
	if typ := body.Get("Type"); typ != nil {
		p.typ = typ.Text
	}
	p.secret = isSecret(body)
	def := body.Get("Default")
	written := def != nil && def.Tag == "" && (def.Kind == doctree.String || def.Kind == doctree.Number || def.Kind == doctree.Bool)
	switch {
	case p.isStored() && written:
		// What is given, by default or by hand, is the path of the value.
		p.value = value.OfPresent(fmt.Sprintf("the default of the parameter %s is the path of an SSM parameter, not its value", p.name)).From(p.key)
		if v, ok := p.storedUnder(scalar(def)); ok {
			p.value, p.fixed = v, true
		}
	case p.isStored():
		p.value = unread(p)
	case written:
		note := fmt.Sprintf("the parameter %s has a default", p.name)
		if text, known := scalar(def).AsString(); known && !p.secret {
			note = fmt.Sprintf("the default of the parameter %s is %s", p.name, strconv.Quote(text))
		}
		v := scalar(def)
		if _, foreign := misread(def); foreign && p.secret {
			v = value.OfPresent("an unquoted number in another notation is the default of the parameter " + p.name).From(def.Span)
		}
		p.fix(v.Noted(note))
	default:
		reason := fmt.Sprintf("the parameter %[1]s has no default; pass --parameter %[1]s=...", p.name)
		p.value = value.OfOpaque(reason).From(p.key)
		if p.isValidated() || isConstrained(body) {
			p.value = value.OfPresent(reason).From(p.key)
		}
		if holdsWord(p.typ) {
			p.value = p.value.AsWord()
		}
		if !p.secret {
			p.allow(body.Get("AllowedValues"))
		}
	}
	return p
}

// isList reports whether the parameter is a list, which is given as one text with commas.
func (p *parameter) isList() bool {
	return p.typ == "CommaDelimitedList" || strings.HasPrefix(p.typ, "List<")
}

// isValidated reports whether CloudFormation takes ids of existing resources only, so that an empty value is refused:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
func (p *parameter) isValidated() bool {
	return strings.HasPrefix(strings.TrimPrefix(p.typ, "List<"), "AWS::EC2::")
}

// isConstrained reports whether CloudFormation refuses an empty text for a parameter by what its author asks of it:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
func isConstrained(body *doctree.Node) bool {
	if typ := body.Get("Type"); typ == nil || typ.Text != "String" {
		return false
	}
	if n := body.Get("MinLength"); n != nil {
		if least, err := strconv.Atoi(n.Text); err == nil && least > 0 {
			return true
		}
	}
	n := body.Get("AllowedPattern")
	if n == nil || n.Kind != doctree.String || n.Tag != "" {
		return false
	}
	// The pattern has to match all of the text. Of Java's patterns, those that Go doesn't have say nothing here.
	pattern, err := regexp.Compile("^(?:" + n.Text + ")$")
	return err == nil && !pattern.MatchString("")
}

// fix gives the parameter its default.
func (p *parameter) fix(v value.Value) {
	_, known := v.AsString()
	if p.fixed, p.value = known, v; p.isList() {
		p.value = asList(v, func(string) (value.Value, bool) { return value.Value{}, false })
	}
}

// allow takes the allowed values of a parameter that is one text; of a list they say what its members may be, not how
// many there are.
func (p *parameter) allow(n *doctree.Node) {
	if n == nil || n.Kind != doctree.Sequence || len(n.Items) == 0 || len(n.Items) > maxAllowed || p.isList() {
		return
	}
	for _, item := range n.Items {
		if item.Tag != "" || item.Kind != doctree.String && item.Kind != doctree.Number && item.Kind != doctree.Bool {
			p.allowed = nil
			return
		}
		text, known := scalar(item).AsString()
		if !known {
			p.allowed = nil
			return
		}
		if !slices.ContainsFunc(p.allowed, func(n *doctree.Node) bool { return scalar(n).Literal() == text }) {
			p.allowed = append(p.allowed, item)
		}
	}
}

// parameterValue returns a parameter's value where it is read.
func (t *template) parameterValue(p *parameter, at source.Span, in scope) value.Value {
	if p.settings != nil {
		return t.settingValue(p, at, in)
	}
	return t.ownValue(p, at, in)
}

// ownValue returns the value that a parameter has where no set of values gives it one.
func (t *template) ownValue(p *parameter, at source.Span, in scope) value.Value {
	if p.arg != nil {
		t.pass(p)
	}
	if p.fixed {
		return t.use(p.shown(p.value), at)
	}
	if p.allowed == nil {
		// In an arm of !If [HasSubnet, ...] it may be known all the same.
		if text, ok := t.domains[p.name].decided(in); ok {
			return p.shown(value.OfString(text)).From(at)
		}
		v := p.value
		if v.NonEmpty().Known() == tri.Unknown && v.Kind() == value.KindOpaque && t.isNotEmpty(p, in) {
			// In an arm of !If [HasSubnet, ...] it is there, whatever it is.
			v = value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin())
		}
		if p.arg != nil {
			return t.use(p.shown(v), at)
		}
		return v.From(at)
	}
	arms := make([]value.Arm, 0, len(p.allowed))
	for _, arm := range t.alternatives(p) {
		if in.allows(arm.When) {
			arms = append(arms, value.Arm{When: arm.When, Value: t.origins.Use(arm.Value, at)})
		}
	}
	return choice(arms, at)
}

// alternatives returns the allowed values of a parameter, each in its world. They are made once for all who read it.
func (t *template) alternatives(p *parameter) []value.Arm {
	if p.alternatives == nil {
		for _, n := range p.allowed {
			v := scalar(n)
			note := fmt.Sprintf("the parameter %s may be %s", p.name, strconv.Quote(v.Literal()))
			when := value.World{t.domains[p.name].is(v.Literal())}
			p.alternatives = append(p.alternatives, value.Arm{When: when, Value: v.Noted(note)})
		}
	}
	return p.alternatives
}

// elementCost is how many combinations of worlds a copied element costs as much as.
const elementCost = 8

// use returns v as read at a place, each member of a list and each arm of a choice too.
func (t *template) use(v value.Value, at source.Span) value.Value {
	return t.each(v, func(v value.Value) value.Value { return v.Use(at) })
}

// noted returns v as something happens to it at a place, each member of a list and each arm of a choice too.
func (t *template) noted(v value.Value, at source.Span, note string) value.Value {
	return t.each(v, func(v value.Value) value.Value { return v.NotedAt(at, note) })
}

// each applies f to a value, the members of a list and the arms of a choice.
func (t *template) each(v value.Value, f func(value.Value) value.Value) value.Value {
	if v.Kind() == value.KindChoice {
		return f(v.Map(func(a value.Value) value.Value {
			if a.Origin() == nil {
				a = a.WithOrigin(v.Origin())
			}
			return t.each(a, f)
		}))
	}
	if elems := v.Elems(); len(elems) > 0 {
		if t.spend(len(elems) * elementCost); t.spent() {
			return f(value.OfOpaque("the list is too long").WithOrigin(v.Origin()))
		}
		used := make([]value.Value, len(elems))
		for i, e := range elems {
			used[i] = t.each(e, f)
		}
		list := value.OfList(used, false)
		if v.Open() {
			list = value.OfOpenList(used, v.Reason(), v.Refs()...).LedBy(len(v.Leading()))
		}
		return f(list.MaybeAs(v).WithOrigin(v.Origin()))
	}
	return f(v)
}
