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

// pseudo are the pseudo-parameters that are one text, which only a deployment knows.
var pseudo = map[string]string{
	"AWS::AccountId": "AccountId",
	"AWS::Partition": "Partition",
	"AWS::Region":    "Region",
	"AWS::StackId":   "StackId",
	"AWS::StackName": "StackName",
	"AWS::URLSuffix": "URLSuffix",
}

// deployment is the address of what a deployment decides for the whole template.
var deployment = value.Address{Name: "AWS"}

// deployment returns the address of a pseudo-parameter: a stack has its own name and id, and the rest is the deployment's. A
// stack set is deployed to other accounts and regions.
func (t *template) deployment(attr string) value.Address {
	if attr == "StackName" || attr == "StackId" {
		return value.Address{Unit: t.id, Name: deployment.Name}
	}
	for up := t; up.by != nil; up = up.by.parent {
		if up.by.at.typ == stackSet {
			return value.Address{Unit: up.id, Name: deployment.Name}
		}
	}
	return deployment
}

// shares reports whether a pseudo-parameter is the same in a stack as in its parent.
func (t *template) shares(attr string) bool {
	return t.by != nil && t.deployment(attr) == t.by.parent.deployment(attr)
}

// decided returns the text that the surroundings leave to a pseudo-parameter.
func (t *template) decided(name string, in scope) (string, bool) {
	for t.domains[name] == nil {
		if !t.shares(pseudo[name]) {
			return "", false
		}
		t = t.by.parent
	}
	return t.domains[name].decided(in)
}

// refTo evaluates Ref of a name, which AWS::LanguageExtensions allows to be computed.
func (t *template) refTo(arg *doctree.Node, at source.Span, in scope) value.Value {
	if arg.Tag == "" && arg.Kind == doctree.String {
		return t.ref(arg.Text, at, in)
	}
	if _, _, isCall := intrinsic(arg); !isCall {
		return misused("Ref", at)
	}
	return t.product(in, at, []value.Value{t.eval(arg, in)}, func(vs []value.Value) value.Value {
		if name, known := vs[0].AsString(); known {
			return t.ref(name, at, in)
		}
		return value.OfOpaque("what it refers to can't be known before deployment", vs[0].Refs()...).From(at)
	})
}

// ref evaluates Ref: a pseudo-parameter, a parameter or a resource.
func (t *template) ref(name string, at source.Span, in scope) value.Value {
	if attr, ok := pseudo[name]; ok {
		if text, decided := t.decided(name, in); decided {
			return value.OfString(text).From(at)
		}
		return value.WordAt(value.Ref{Addr: t.deployment(attr), Attr: attr}, at)
	}
	switch {
	case name == "AWS::NoValue":
		return value.Value{}.From(at)
	case name == "AWS::NotificationARNs":
		return value.OfOpenList(nil, name+" is known only after deployment").From(at)
	case strings.HasPrefix(name, "AWS::"):
		return value.OfOpaque(name + " is known only after deployment").From(at)
	}
	if slices.ContainsFunc(in.loops, func(l loop) bool { return l.identifier == name }) {
		return inTurn(name).From(at)
	}
	if p := t.parameters[name]; p != nil {
		return t.parameterValue(p, at, in)
	}
	ref := value.Ref{Addr: t.address(name), Attr: "Ref"}
	if d := t.resources[name]; d != nil {
		return t.attribute(d, ref, at, in)
	}
	return t.made(name, ref, at)
}

// made returns an attribute of what is no resource as the template is written.
func (t *template) made(name string, ref value.Ref, at source.Span) value.Value {
	if t.generates(name) {
		return value.OfSymbol(ref).From(at)
	}
	if d := t.copyOf(name); d != nil && (ref.Attr == "Ref" || isText(d.typ, ref.Attr)) {
		return value.OfSymbol(ref).From(at)
	}
	if ref.Attr != "Ref" {
		return value.OfOpaque(fmt.Sprintf("%s is no resource of the template", name), ref).From(at)
	}
	return value.OfOpaque(fmt.Sprintf("%s is neither a parameter nor a resource of the template", name), ref).From(at)
}

// attribute returns an attribute of a resource. A stack in which the resource is missing can't be created, so the
// resource is there in every world in which the reference counts.
func (t *template) attribute(d *declaration, ref value.Ref, at source.Span, in scope) value.Value {
	if d.condition != nil {
		exists := false
		for _, c := range t.decide(in, t.conditionOf(d.condition)) {
			exists = exists || c.Holds != tri.False
		}
		if !exists {
			reason := fmt.Sprintf("the resource %s is not created: its condition %s is false", ref.Addr.Name, d.condition.Text)
			return value.OfOpaque(reason, ref).From(at)
		}
	}
	if ref.Attr != "Ref" && makesStack(d.typ) {
		return t.outputOf(d, ref.Attr, ref, at)
	}
	if ref.Attr != "Ref" && !isText(d.typ, ref.Attr) {
		return value.OfOpaque("it is known only after deployment", ref).From(at)
	}
	if v, ok := t.echoed(d, ref.Attr, at); ok {
		return v
	}
	if isWord(d.typ, ref.Attr) {
		return value.WordAt(ref, at)
	}
	return value.SymbolAt(ref, at)
}

// isText reports whether an attribute is certainly a text, and not empty. What custom resources, nested stacks and types
// of third parties return may be anything.
func isText(typ, attr string) bool {
	if !strings.HasPrefix(typ, "AWS::") || strings.HasPrefix(typ, "AWS::CloudFormation::") {
		return false
	}
	// Lists have plural names: Ipv6CidrBlocks, DnsEntries, SecurityGroupIds. An Address and a Status are one.
	name := attr[strings.LastIndexByte(attr, '.')+1:]
	plural := strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") && !strings.HasSuffix(name, "us")
	return !plural && name != "VPCZoneIdentifier"
}

// getAtt evaluates Fn::GetAtt: "Resource.Attribute" or [Resource, Attribute].
func (t *template) getAtt(arg *doctree.Node, at source.Span, in scope) value.Value {
	if arg.Tag == "" && arg.Kind == doctree.String {
		if name, attr, ok := strings.Cut(arg.Text, "."); ok && name != "" && attr != "" {
			return t.attributeOf(name, attr, at, in)
		}
		return misused("Fn::GetAtt", at)
	}
	vs := []value.Value{}
	if args := arguments(arg, 2, 2); args != nil {
		if isName(args[0]) && isName(args[1]) {
			return t.attributeOf(args[0].Text, args[1].Text, at, in)
		}
		vs = append(vs, t.eval(args[0], in), t.eval(args[1], in))
	} else if _, _, isCall := intrinsic(arg); isCall {
		vs = append(vs, t.eval(arg, in))
	}
	return t.product(in, at, vs, func(vs []value.Value) value.Value {
		texts := make([]string, len(vs))
		for i, v := range vs {
			text, known := v.AsString()
			switch {
			case known && text != "":
				texts[i] = text
			case i > 0 && v.Reason() != "":
				return value.OfOpaque("which attribute it is can't be known before deployment", value.Ref{Addr: t.address(texts[0])}).From(at)
			case v.Reason() != "":
				return value.OfOpaque("of which resource it is can't be known before deployment", refs(vs...)...).From(at)
			default:
				return misused("Fn::GetAtt", at, vs...)
			}
		}
		if name, attr, ok := strings.Cut(strings.Join(texts, "."), "."); ok && attr != "" {
			return t.attributeOf(name, attr, at, in)
		}
		return misused("Fn::GetAtt", at)
	})
}

// isName reports whether a node is a text that is written out.
func isName(n *doctree.Node) bool { return n.Kind == doctree.String && n.Tag == "" && n.Text != "" }

func (t *template) attributeOf(name, attr string, at source.Span, in scope) value.Value {
	ref := value.Ref{Addr: t.address(name), Attr: attr}
	if d := t.resources[name]; d != nil {
		return t.attribute(d, ref, at, in)
	}
	return t.made(name, ref, at)
}

// sub evaluates Fn::Sub: a text with ${Name}, ${Resource.Attribute} and ${!Literal}, and maybe a map of names.
func (t *template) sub(arg *doctree.Node, at source.Span, in scope) value.Value {
	text, locals := arg, (*doctree.Node)(nil)
	if args := arguments(arg, 2, 2); args != nil {
		// The map comes before parameters and resources of the same name.
		text, locals = args[0], args[1]
		if locals.Kind != doctree.Mapping {
			return misused("Fn::Sub", at)
		}
	}
	if text.Tag != "" || text.Kind == doctree.Mapping || text.Kind == doctree.Sequence || text.Kind == doctree.Invalid {
		return misused("Fn::Sub", at, t.eval(arg, in))
	}
	var parts []value.Value
	known := map[string]value.Value{}
	written := text.Span // which tells where each part of a document is
	if anchor := text.Anchor(); !anchor.IsZero() {
		written = anchor
	}
	for rest := text.Text; rest != ""; {
		before, after, found := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			parts = append(parts, in.held(rest, written).Parts()...)
			break
		}
		if before != "" {
			parts = append(parts, in.held(before, written).Parts()...)
		}
		rest = tail
		name = strings.TrimSpace(name)
		// ${!aws:username} is IAM's variable, not ours.
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			parts = append(parts, value.StringAt("${"+literal+"}", written))
			continue
		}
		v, seen := known[name]
		if !seen {
			v = t.variable(name, locals, at, in)
			known[name] = v
		}
		parts = append(parts, v)
	}
	return t.product(in, at, parts, func(parts []value.Value) value.Value { return t.concat(parts, at) })
}

// variable returns what a name in Fn::Sub stands for.
func (t *template) variable(name string, locals *doctree.Node, at source.Span, in scope) value.Value {
	if n := t.member(locals, name); n != nil {
		return t.eval(n, in)
	}
	if logicalID, attr, ok := strings.Cut(name, "."); ok {
		return t.attributeOf(logicalID, attr, at, in)
	}
	return t.ref(name, at, in)
}
