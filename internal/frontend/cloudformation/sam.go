package cloudformation

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

const serverless = "AWS::Serverless::"

// withGlobals returns the body of a resource with what the Globals section says of its type. What is written out goes
// before it; mappings are merged, lists come one after the other, and a function is no mapping:
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
func (t *template) withGlobals(body *doctree.Node, typ string) *doctree.Node {
	kind, isServerless := strings.CutPrefix(typ, serverless)
	if !isServerless {
		return body
	}
	global := t.doc.root.Get("Globals").Pair(kind)
	if global == nil || global.Value.Kind != doctree.Mapping {
		return body
	}
	shared := global.Value
	if ignored := body.Get("IgnoreGlobals"); ignored != nil {
		if ignored.Text == "*" {
			return body
		}
		shared = shared.WithPairs(slices.DeleteFunc(slices.Clone(shared.Pairs), func(p doctree.Pair) bool {
			return slices.ContainsFunc(ignored.Items, func(n *doctree.Node) bool { return n.Text == p.Key.Text })
		}))
	}
	own := body.Get("Properties")
	if own == nil || own.Kind == doctree.Null {
		own = shared
	} else {
		own = t.over(own, shared)
	}
	// The name of the section stands for the key where the resource has no properties of its own.
	pairs := []doctree.Pair{{Key: global.Key.WithText("Properties"), Value: own}}
	for _, p := range body.Pairs {
		if p.Key.Text != "Properties" {
			pairs = append(pairs, p)
		}
	}
	return body.WithPairs(pairs)
}

// over returns a value that is written out over the one that Globals has.
func (t *template) over(own, shared *doctree.Node) *doctree.Node {
	t.spend(len(own.Pairs) + len(shared.Pairs) + len(own.Items) + len(shared.Items) + 1)
	_, _, ownCalls := intrinsic(own)
	_, _, sharedCalls := intrinsic(shared)
	switch {
	case ownCalls, sharedCalls, own.Kind != shared.Kind, t.spent():
		return own
	case own.Kind == doctree.Sequence:
		return own.WithItems(slices.Concat(shared.Items, own.Items))
	case own.Kind != doctree.Mapping:
		return own
	}
	pairs := slices.Clone(own.Pairs)
	last := lastOf(own.Pairs)
	index := map[string]int{}
	for i, p := range pairs {
		if last(i) {
			index[p.Key.Text] = i
		}
	}
	for _, p := range shared.Pairs {
		if i, written := index[p.Key.Text]; written {
			pairs[i].Value = t.over(pairs[i].Value, p.Value)
		} else {
			pairs = append(pairs, p)
		}
	}
	return own.WithPairs(pairs)
}

// maxLogicalID is the length of the longest logical id: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
const maxLogicalID = 255

// generates reports whether a resource that the template declares makes one of another name: SAM names the role of a
// function or the stage of an API after it, and so is what a module holds.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
func (t *template) generates(name string) bool {
	if len(name) > maxLogicalID {
		return false
	}
	if t.generators == nil {
		t.generators = map[string]bool{}
		for _, d := range t.order {
			if strings.HasPrefix(d.typ, serverless) || strings.HasSuffix(d.typ, "::MODULE") {
				t.generators[d.name] = true
			}
			if strings.HasPrefix(d.typ, serverless) {
				for _, implicit := range []string{"ServerlessRestApi", "ServerlessHttpApi", "ServerlessWebSocketApi", "ServerlessDeploymentApplication", "CodeDeployServiceRole"} {
					t.generators[implicit] = true
				}
			}
		}
	}
	if len(t.generators) == 0 {
		return false
	}
	for n := range name {
		if t.generators[name[:n]] {
			return true
		}
	}
	return t.generators[name]
}

// substituted returns a state machine's properties with the values of DefinitionSubstitutions in its definition:
// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-sam-sfn.html
func (t *template) substituted(typ string, v value.Value, in scope) value.Value {
	if typ != "AWS::StepFunctions::StateMachine" && typ != serverless+"StateMachine" || v.Kind() != value.KindObject {
		return v
	}
	by := v.Attr("DefinitionSubstitutions")
	if by.Kind() == value.KindAbsent {
		return v
	}
	fields := slices.Clone(v.Fields())
	for i, f := range fields {
		if f.Name == "Definition" || f.Name == "DefinitionString" {
			fields[i].Value = t.substitute(f.Value, by, in)
		}
	}
	return withFields(v, fields)
}

// substitute returns a value with each "${name}" in its texts replaced. Keys stay.
func (t *template) substitute(v, by value.Value, in scope) value.Value {
	if t.spend(1); t.spent() {
		return value.OfOpaque("the definition is too large", v.Refs()...).MaybeAs(v).WithOrigin(v.Origin())
	}
	switch v.Kind() {
	case value.KindScalar, value.KindText:
		return t.filled(v, by, in)
	case value.KindChoice:
		return v.Map(func(a value.Value) value.Value { return t.substitute(a, by, in) })
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = t.substitute(e, by, in)
		}
		return withElems(v, elems)
	case value.KindObject:
		fields := slices.Clone(v.Fields())
		for i, f := range fields {
			fields[i].Value = t.substitute(f.Value, by, in)
		}
		return withFields(v, fields)
	}
	return v
}

// filled returns a text with each "${name}" in it replaced.
func (t *template) filled(v, by value.Value, in scope) value.Value {
	var parts []value.Value
	found := false
	for _, part := range v.Parts() {
		text, known := part.AsString()
		if !known {
			parts = append(parts, part)
			continue
		}
		start := 0 // of what is not among the parts yet
		for at := 0; ; {
			opens := strings.Index(text[at:], "${")
			closes := -1
			if opens >= 0 {
				closes = strings.IndexByte(text[at+opens:], '}')
			}
			if closes < 0 {
				break
			}
			opens, closes = at+opens, at+opens+closes
			at = closes + 1
			with := by.Attr(text[opens+len("${") : closes])
			if with.Kind() == value.KindAbsent {
				continue
			}
			if opens > start {
				parts = append(parts, part.Cut(start, opens))
			}
			parts, start, found = append(parts, with), at, true
		}
		if start < len(text) {
			parts = append(parts, part.Cut(start, len(text)))
		}
	}
	if !found {
		return v
	}
	at := source.Span{}
	if o := v.Origin(); o != nil {
		at = o.Span
	}
	return t.product(in, at, parts, func(parts []value.Value) value.Value { return t.concat(parts, at) }).MaybeAs(v)
}
