package jobconfig

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
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
	document := literal.Value(p.node, header)
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
