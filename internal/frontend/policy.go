package frontend

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// BarePolicy is the type, in the API's dialect, of a policy document that stands by itself, which no operation makes, and
// PolicyDocument its one member.
const BarePolicy, PolicyDocument = "PolicyDocument", "PolicyDocument"

// policyPrefix begins the actions and condition keys of SageMaker's. Both compare without case.
const policyPrefix = "sagemaker:"

// maxPolicyDepth is how deep statements, their conditions and the values of these stand in a document, with lists around them.
const maxPolicyDepth = 16

// NamesSageMaker reports whether a policy document names an action or a condition key of SageMaker's. One that doesn't is of no
// interest where nobody is seen to have it, whatever its wildcards allow.
func NamesSageMaker(document value.Value) bool { return namesSageMaker(document, maxPolicyDepth) }

func namesSageMaker(v value.Value, depth int) bool {
	within := func(part value.Value) bool { return namesSageMaker(part, depth-1) }
	switch {
	case depth == 0:
		return false
	case v.Kind() == value.KindScalar:
		return begins(v.Literal())
	case v.Kind() == value.KindText:
		return begins(v.Parts()[0].Literal())
	case v.Kind() == value.KindList:
		return slices.ContainsFunc(v.Elems(), within)
	case v.Kind() == value.KindObject:
		return slices.ContainsFunc(v.Fields(), func(f value.Field) bool { return begins(f.Name) || within(f.Value) })
	case v.Kind() == value.KindChoice:
		return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return within(a.Value) })
	}
	return false
}

func begins(text string) bool {
	return len(text) >= len(policyPrefix) && strings.EqualFold(text[:len(policyPrefix)], policyPrefix)
}

// StatementPlaces returns where the statements of a document are written.
func StatementPlaces(document value.Value) []source.Span {
	var out []source.Span
	for _, doc := range document.Arms() {
		for _, list := range doc.Value.Attr("Statement").Arms() {
			statements := list.Value.Elems()
			if list.Value.Kind() == value.KindObject {
				statements = []value.Value{list.Value}
			}
			for _, s := range statements {
				for _, f := range s.Fields() {
					if !f.Key.IsZero() {
						out = append(out, f.Key)
						break
					}
				}
			}
		}
	}
	return out
}
