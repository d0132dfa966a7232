package jobconfig

import (
	"regexp"
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// policyMarks are words of which every policy holds one that names an action or a key of SageMaker's. Behind a quote or a blank:
// in ARNs the service stands between colons.
var policyMarks = []string{`"sagemaker:`, `'sagemaker:`, ` sagemaker:`, `"SageMaker:`, `'SageMaker:`, ` SageMaker:`}

// statementMember is the member of a policy that holds what it says.
const statementMember = "Statement"

// policyReader finds IAM policies that stand in files by themselves:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
func policyReader() reader {
	return reader{
		marks:   policyMarks,
		telling: []string{statementMember},
		claims:  func(n, _ *doctree.Node) bool { return isPolicy(n) },
		read:    readPolicy,
		fills:   true,
	}
}

// isPolicy reports whether a mapping has a statement that is for something.
func isPolicy(n *doctree.Node) bool {
	s := n.Get(statementMember)
	if s == nil {
		return false
	}
	return isStatement(s) || s.Kind == list && slices.ContainsFunc(s.Items, isStatement)
}

func isStatement(n *doctree.Node) bool {
	return n.Kind == object && n.Get("Effect") != nil && (n.Get("Action") != nil || n.Get("NotAction") != nil)
}

// generic are the letters of keys that say no more of what stands under them than that it is a policy.
var generic = []string{"policy", "policydocument", "document", "inlinepolicy", "content"}

// readPolicy reads a policy that names actions or keys of SageMaker's. It is called by its file and, in one of several, by the
// key that it stands under.
func readPolicy(p place) []resource.Raw {
	header := literal.Opening(p.node)
	if p.key != nil {
		header = p.key.Span
	}
	document := policyValue(p.node, header, maxPolicy)
	if !frontend.NamesSageMaker(document) {
		return nil
	}
	name := p.file.Path
	if p.key != nil && !slices.Contains(generic, letters(p.key.Text)) {
		name += ":" + p.key.Text
	}
	name = p.names.Unique(name)
	props := value.OfObject([]value.Field{{Name: frontend.PolicyDocument, Key: header, Value: document}}, false)
	return []resource.Raw{{
		Dialect: resource.API,
		Type:    frontend.BarePolicy,
		Addr:    value.Address{Unit: p.file.Path, Name: name},
		Subject: name,
		Exists:  p.exists,
		Props:   props.From(header),
		Span:    header.FirstLine(),
	}}
}

// policyVariable matches what IAM fills in when it evaluates a policy, which is text of the policy's as it is: ${aws:username},
// ${aws:PrincipalTag/team, 'none'}, ${*}. The sources of the Serverless Framework's variables look like services:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
var policyVariable = regexp.MustCompile(`\$\{(?:[*?$]|[a-z][a-z0-9.-]*:[A-Za-z][^{}:]*)\}`)

// maxPolicy is how deep a policy's parts nest: documents, statements, conditions, keys and their values, and the lists of these.
const maxPolicy = 8

// policyValue returns what a policy says, as deep as a policy goes: what literal.Value does, but for IAM's own variables.
func policyValue(n *doctree.Node, header source.Span, depth int) value.Value {
	if depth == 0 || n.Tag != "" || !n.Anchor().IsZero() {
		return literal.Value(n, header)
	}
	switch n.Kind {
	case doctree.Mapping:
		v := literal.Value(n, header)
		if v.Kind() != value.KindObject {
			return v
		}
		var fields []value.Field
		for _, f := range v.Fields() {
			if pair := n.Pair(f.Name); pair != nil {
				f.Value = policyValue(pair.Value, f.Key, depth-1)
			}
			fields = append(fields, f)
		}
		if v.Open() {
			return value.OfOpenObject(fields, v.Reason()).WithOrigin(v.Origin())
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	case doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = policyValue(item, literal.Opening(item), depth-1)
		}
		return value.OfList(elems, false).From(n.Span)
	case doctree.String:
		return policyText(n, header)
	}
	return literal.Value(n, header)
}

// policyText returns what a text says of which IAM's variables are parts like any other.
func policyText(n *doctree.Node, header source.Span) value.Value {
	places := policyVariable.FindAllStringIndex(n.Text, -1)
	if len(places) == 0 {
		return literal.Value(n, header)
	}
	var parts []value.Value
	at := 0
	for _, place := range append(places, []int{len(n.Text), len(n.Text)}) {
		if at < place[0] {
			parts = append(parts, literal.Text(n.Text[at:place[0]]))
		}
		if place[0] < place[1] {
			parts = append(parts, value.OfString(n.Text[place[0]:place[1]]))
		}
		at = place[1]
	}
	return value.OfText(parts...).From(n.Span)
}
