package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// eval returns the value of a node: an intrinsic function in either form, or what is written.
func (t *template) eval(n *doctree.Node, in scope) value.Value {
	if anchor := n.Anchor(); !anchor.IsZero() {
		return aliased(t.value(n, in), n.Span, anchor)
	}
	return t.value(n, in)
}

// aliased returns the value of an alias, which is used at its own place and written at its anchor.
func aliased(v value.Value, alias, anchor source.Span) value.Value {
	o := v.Origin()
	if o == nil || o.Span != alias || o.Note != "" {
		return v
	}
	written := &value.Origin{Span: anchor, Note: "it is written under " + strings.Replace(alias.Text(), "*", "&", 1), Via: o.Via}
	return v.WithOrigin(&value.Origin{Span: alias, Via: written})
}

// value is eval of what is written at its own place.
func (t *template) value(n *doctree.Node, in scope) value.Value {
	if name, arg, ok := intrinsic(n); ok {
		return t.call(name, n, arg, in)
	}
	switch n.Kind {
	case doctree.Mapping:
		return t.object(n, in)
	case doctree.Sequence:
		return t.list(n, in)
	case doctree.Invalid:
		return value.OfOpaque("it can't be read").From(n.Span)
	}
	if o := t.bound[n]; o != nil {
		return resolve(value.OfString(n.Text).WithOrigin(o), t.stored).Use(n.Span)
	}
	if in.holds(n.Text) {
		return resolve(in.held(n.Text, n.Span), t.stored)
	}
	if n.Kind == doctree.String && strings.Contains(n.Text, dynamic) {
		return resolve(value.StringAt(n.Text, n.Span), t.stored)
	}
	return scalar(n)
}

// intrinsic returns the function that a node calls, by its long name, and its argument.
func intrinsic(n *doctree.Node) (name string, arg *doctree.Node, ok bool) {
	if n.Tag != "" {
		return longName(n.Tag), n.Untagged(), true
	}
	if n.Kind != doctree.Mapping || len(n.Pairs) != 1 {
		return "", nil, false
	}
	p := n.Pairs[0]
	if p.Key.Text == "Ref" || isFunction(p.Key.Text) {
		return p.Key.Text, p.Value, true
	}
	return "", nil, false
}

// longName returns the name of a function that is called by its tag.
func longName(tag string) string {
	switch tag { // those of every day, without a new text for each
	case "!Ref":
		return "Ref"
	case "!Condition":
		return "Condition"
	case "!Sub":
		return "Fn::Sub"
	case "!GetAtt":
		return "Fn::GetAtt"
	case "!If":
		return "Fn::If"
	case "!Join":
		return "Fn::Join"
	case "!Select":
		return "Fn::Select"
	case "!Equals":
		return "Fn::Equals"
	case "!FindInMap":
		return "Fn::FindInMap"
	case "!GetAZs":
		return "Fn::GetAZs"
	case "!Cidr":
		return "Fn::Cidr"
	case "!Split":
		return "Fn::Split"
	}
	return "Fn::" + strings.TrimPrefix(tag, "!")
}

func isFunction(key string) bool { return strings.HasPrefix(key, "Fn::") }

// place returns where an expression stands, its tag included.
func place(n *doctree.Node) source.Span {
	s := n.Span
	if n.Tag != "" && n.Anchor().IsZero() { // of an alias, the tag stands elsewhere
		if tag := n.TagSpan(); tag.File == s.File && tag.Start < s.Start {
			s.Start = tag.Start
		}
	}
	return s
}

// call evaluates an intrinsic function. What is called wrongly is opaque: CloudFormation would refuse the template.
func (t *template) call(name string, n, arg *doctree.Node, in scope) value.Value {
	at := place(n)
	switch name {
	case "Ref":
		return t.refTo(arg, at, in)
	case "Fn::GetAtt":
		return t.getAtt(arg, at, in)
	case "Fn::Sub":
		return t.sub(arg, at, in)
	case "Fn::If":
		return t.ifThenElse(arg, at, in)
	case "Fn::Join":
		return t.join(arg, at, in)
	case "Fn::Split":
		return t.split(arg, at, in)
	case "Fn::Select":
		return t.selectItem(arg, at, in)
	case "Fn::FindInMap":
		return t.findInMap(arg, at, in)
	case "Fn::Base64":
		return t.base64(arg, at, in)
	case "Fn::Cidr":
		return t.cidr(arg, at, in, func(int) bool { return true })
	case "Fn::Length":
		return t.length(arg, at, in)
	case "Fn::ImportValue":
		return t.importValue(arg, at, in)
	case "Fn::GetAZs": // Fn::Select looks into it
		return value.OfOpaque("the availability zones are known only after deployment").From(at)
	case "Fn::ToJsonString":
		return t.toJSON(arg, at, in)
	case "Fn::Transform":
		return value.OfOpaque(computed(arg, "computes it")).Maybe().From(at)
	}
	if isLoop(name) {
		return t.object(n, in)
	}
	// A function of tomorrow, or of a tool that runs before CloudFormation. It may even come to nothing.
	return value.OfOpaque(name+" is not known here", t.eval(arg, in).Refs()...).Maybe().From(at)
}

// misused is the value of a function whose arguments are not what it takes.
func misused(name string, at source.Span, from ...value.Value) value.Value {
	return value.OfOpaque(name+" doesn't take these arguments", refs(from...)...).From(at)
}

// arguments returns the arguments of a function that takes from least to most of them, or nil.
func arguments(arg *doctree.Node, least, most int) []*doctree.Node {
	if arg.Tag != "" || arg.Kind != doctree.Sequence || len(arg.Items) < least || len(arg.Items) > most {
		return nil
	}
	return arg.Items
}

// scalar returns a scalar as written: a version keeps its digits.
func scalar(n *doctree.Node) value.Value {
	if v, ok := misread(n); ok {
		return v
	}
	switch n.Kind {
	case doctree.Null:
		return value.Value{}.From(n.Span)
	case doctree.Bool:
		return value.OfBool(strings.EqualFold(n.Text, "true")).From(n.Span)
	case doctree.Number:
		if number, ok := value.NumberOf(n.Text); ok && string(number) == n.Text {
			return value.OfNumber(number).From(n.Span)
		}
	case doctree.String:
		// CloudFormation reads YAML 1.1, but for its y and n: https://ljmc.bearblog.dev/yaml-booleans-in-cloudformation-templates/
		if n.Plain {
			switch n.Text {
			case "yes", "Yes", "YES", "on", "On", "ON":
				return value.OfBool(true).From(n.Span)
			case "no", "No", "NO", "off", "Off", "OFF":
				return value.OfBool(false).From(n.Span)
			}
		}
	}
	if anchor := n.Anchor(); !anchor.IsZero() {
		return resolve(value.StringAt(n.Text, anchor).From(n.Span), nil)
	}
	return resolve(value.StringAt(n.Text, n.Span), nil)
}

// object returns a mapping. Of two keys of one name the last counts.
func (t *template) object(n *doctree.Node, in scope) value.Value {
	fields := make([]value.Field, 0, len(n.Pairs))
	last := lastOf(n.Pairs)
	macro := ""
	for i, p := range n.Pairs {
		key := p.Key.Text
		if p.Key.Kind == doctree.Mapping || p.Key.Kind == doctree.Sequence || !last(i) {
			continue
		}
		if in.holds(key) {
			macro = "Fn::ForEach gives it a member " + key
			continue
		}
		if isFunction(key) {
			more, whole := t.repeatedFields(p, in)
			fields = differing(append(fields, more...))
			if !whole {
				macro = added(p) // Fn::Transform and Fn::ForEach add members to those that are written
			}
			continue
		}
		if key == "<<" && p.Key.Plain && p.Value.Kind == doctree.Invalid {
			macro = "what can't be read" // it would have been merged
			continue
		}
		fields = append(fields, value.Field{Name: key, Key: p.Key.Span, Value: t.eval(p.Value, in.under(p.Key.Span))})
	}
	header := in.header
	if header.IsZero() { // an element of a list has no key
		header = n.Span.FirstLine()
	}
	if macro != "" {
		return value.OfOpenObject(fields, macro).From(header)
	}
	return t.origins.From(value.OfObject(fields, false), header)
}

// smallMapping is the number of keys up to which looking at all of them is quicker than an index.
const smallMapping = 16

// lastOf tells of each pair whether it is the last one of its key.
func lastOf(pairs []doctree.Pair) func(i int) bool {
	if len(pairs) <= smallMapping {
		return func(i int) bool {
			for _, p := range pairs[i+1:] {
				if p.Key.Text == pairs[i].Key.Text {
					return false
				}
			}
			return true
		}
	}
	last := make(map[string]int, len(pairs))
	for i, p := range pairs {
		last[p.Key.Text] = i
	}
	return func(i int) bool { return last[pairs[i].Key.Text] == i }
}

// list returns a sequence, without the elements that AWS::NoValue takes away.
func (t *template) list(n *doctree.Node, in scope) value.Value {
	elems := make([]value.Value, 0, len(n.Items))
	for _, item := range n.Items {
		if v := t.eval(item, in.under(source.Span{})); v.Kind() != value.KindAbsent {
			elems = append(elems, v)
		}
	}
	return t.origins.From(value.OfList(elems, false), n.Span)
}

// ifThenElse evaluates Fn::If.
func (t *template) ifThenElse(arg *doctree.Node, at source.Span, in scope) value.Value {
	args := arguments(arg, 3, 3)
	if args == nil {
		return misused("Fn::If", at, t.eval(arg, in)).Maybe()
	}
	truth := t.conditionOf(args[0])
	cases := slices.Clone(t.decide(in, truth))
	slices.SortStableFunc(cases, func(a, b value.Case) int { return int(b.Holds) - int(a.Holds) }) // the first arm first
	// Each branch is evaluated once at most: conditions nest, and their cost must not multiply.
	var branches [2]value.Value
	for i, not := range []tri.Bool{tri.False, tri.True} {
		if slices.ContainsFunc(cases, func(c value.Case) bool { return c.Holds != not }) {
			branches[i] = t.eval(args[i+1], t.where(in, truth, not.Not(), tri.Unknown))
		}
	}
	arms := make([]value.Arm, 0, len(cases))
	for _, c := range cases {
		arm := value.Arm{When: c.When}
		switch c.Holds {
		case tri.True:
			arm.Value = branches[0]
		case tri.False:
			arm.Value = branches[1]
		default:
			arm.Value = value.OfOpaque(c.Reason, refs(branches[:]...)...).Maybe().From(at)
		}
		arms = append(arms, arm)
	}
	if len(arms) > 0 && agree(cases) {
		return because(arms[0].Value, args[0], cases[0])
	}
	return choice(arms, at)
}

// because adds to the trace of a branch what decides for it, where the branch has no trace of its own.
func because(v value.Value, condition *doctree.Node, c value.Case) value.Value {
	via, origin := noted(c.Origin), v.Origin()
	if via == nil || origin == nil || noted(origin) != nil || condition.Kind != doctree.String || c.Holds == tri.Unknown {
		return v
	}
	note := fmt.Sprintf("the condition %s is %v", condition.Text, c.Holds == tri.True)
	return v.WithOrigin(&value.Origin{Span: origin.Span, Via: &value.Origin{Span: place(condition), Note: note, Via: via}})
}

// noted returns the first origin of a chain that says something.
func noted(o *value.Origin) *value.Origin {
	for o != nil && o.Note == "" {
		o = o.Via
	}
	return o
}

// agree reports whether the condition is the same in all cases.
func agree(cases []value.Case) bool {
	for _, c := range cases {
		if c.Holds != cases[0].Holds {
			return false
		}
	}
	return true
}
