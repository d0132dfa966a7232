package jobconfig

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/value"
)

// The groups of the kinds that are read, and how the names in their objects are spelt. HyperPod's own kinds
// (inference.sagemaker.aws.amazon.com, sagemaker.amazonaws.com) are not among them: what they start runs on the nodes of
// a cluster that is there already, in its VPC.
const (
	// ackGroup is AWS's controller's: https://aws-controllers-k8s.github.io/community/reference/
	ackGroup = "sagemaker.services.k8s.aws"
	// operatorGroup is that of the operator that went before it: github.com/aws/amazon-sagemaker-operator-for-k8s
	operatorGroup = "sagemaker.aws.amazon.com"
)

// kubernetesReader finds objects of Kubernetes that the two groups make SageMaker's resources of. It claims every other
// object too, which is nobody else's, and looks in it for manifests of theirs.
func kubernetesReader() reader {
	return reader{
		marks:   []string{ackGroup + "/", operatorGroup + "/", iamGroup + "/"}, // definitions and rights name them too, with no version
		telling: []string{"apiVersion"},
		claims: func(n, _ *doctree.Node) bool {
			return n.Get("apiVersion") != nil && n.Get("kind") != nil
		},
		read:    readObject,
		certain: certainObject,
	}
}

func readObject(p place) []resource.Raw {
	if isAssertion(p.file.Path) {
		return nil
	}
	var texts []*doctree.Node
	if !mentions(p.node, nil, &texts) {
		return nil
	}
	m := manifests{unit: p.file.Path, subject: p.file.Path + ":", names: p.names, ackNames: schema.API().Spelt(schema.ACK)}
	m.object(literal.Value(p.node, literal.Opening(p.node)), p.exists, "")
	for _, n := range texts {
		for _, d := range embedded(n.Embed("manifest")) {
			m.object(literal.Value(d.root, literal.Opening(d.root)), p.exists.And(d.exists), "")
		}
	}
	return m.found
}

// isAssertion reports whether a file is of a test by kuttl or chainsaw, which compares what it says, and no more, with what
// is there: https://kuttl.dev/docs/kuttl-test-harness.html
func isAssertion(name string) bool { return assertion.MatchString(path.Base(name)) }

var assertion = regexp.MustCompile(`^(\d+-|chainsaw-)?(assert|errors?)(-.*)?\.ya?ml$`)

// mentions reports whether a text at or below a node names one of the groups, and collects the texts that are manifests of
// their own: what a workflow of Argo's applies.
func mentions(n, key *doctree.Node, texts *[]*doctree.Node) bool {
	switch n.Kind {
	case doctree.String:
		if !namesGroup(n.Text) {
			return false
		}
		if key != nil && key.Text == "manifest" && len(n.Text) <= maxManifest {
			*texts = append(*texts, n)
		}
		return true
	case doctree.Mapping, doctree.Sequence:
		found := false
		for _, item := range n.Items {
			found = mentions(item, nil, texts) || found
		}
		for _, p := range n.Pairs {
			found = mentions(p.Value, p.Key, texts) || found
		}
		return found
	}
	return false
}

// namesGroup reports whether a text names one of the groups.
func namesGroup(s string) bool {
	return strings.Contains(s, ackGroup) || strings.Contains(s, operatorGroup) || strings.Contains(s, iamGroup)
}

// maxManifest is the length of the longest text that is read as a manifest. Kubernetes takes objects of 1.5 MB.
const maxManifest = 2 << 20

// A manifests collects the resources of one file or body.
type manifests struct {
	// unit and subject are what the resources belong to, and the beginning of their subjects.
	unit, subject string
	// owner is what holds the body; nil of a file.
	owner *resource.Raw
	names *frontend.Names
	// ackNames are the kinds that ACK may have, with its names.
	ackNames *schema.Table
	found    []resource.Raw
}

// holdersOfManifests are the members by which objects of other kinds hold the manifests of what they apply: lists, templates
// of OpenShift, Tekton, kro and Argo, objects of Crossplane's and Open Cluster Management's. In a member of any other name
// stands part of one, as in what a test expects.
var holdersOfManifests = []string{"items", "objects", "template", "resourcetemplates", "manifest", "manifests"}

// object reads a value that may be an object of Kubernetes, or hold some, and that stands under a member. Values are at
// most doctree.MaxDepth deep, or what their front-end allows.
func (m *manifests) object(v value.Value, exists value.Truth, member string) {
	switch v.Kind() {
	case value.KindChoice:
		for _, arm := range v.Arms() {
			m.object(arm.Value, exists.And(value.In(arm.When)), member)
		}
		return
	case value.KindList:
		for _, e := range v.Elems() {
			m.object(e, exists, member)
		}
		return
	case value.KindObject:
	default:
		return
	}
	version, _ := v.Attr("apiVersion").AsString()
	group, _, _ := strings.Cut(version, "/")
	whole := member == "" || slices.Contains(holdersOfManifests, member)
	switch {
	case group == ackGroup && whole:
		m.ack(objectOf(v), exists)
	case group == operatorGroup && whole:
		m.operator(objectOf(v), exists)
	case group == iamGroup && whole:
		m.access(objectOf(v), exists)
	case group == ackGroup || group == operatorGroup || group == iamGroup:
		return
	default:
		for _, f := range v.Fields() {
			m.object(f.Value, exists, f.Name)
		}
		return
	}
	if kind, _ := v.Attr("kind").AsString(); strings.HasSuffix(kind, "List") {
		m.object(v.Attr("items"), exists, "items") // what kubectl writes
	}
}

// add keeps a resource that is called name.
func (m *manifests) add(r resource.Raw, name string) {
	name = m.names.Unique(name)
	r.Addr = value.Address{Unit: m.unit, Name: name}
	r.Subject = m.subject + name
	if o := m.owner; o != nil {
		r.Unit, r.Via, r.Range = o.Unit, o.Via, o.Range
		if o.Addr.Name != "" {
			r.Addr.Name = o.Addr.Name + ":" + name
		}
		if r.Span.IsZero() {
			r.Span = o.Span
		}
	}
	m.found = append(m.found, r)
}

// certainObject reports whether the bytes of a broken file are those of an object of one of the groups, and no tool is to
// fill in anything that may be why it is broken.
func certainObject(content []byte) bool {
	content = content[:min(len(content), maxUnreadable)]
	return ours.Match(content) && !action.Match(content)
}

var (
	ours   = regexp.MustCompile(`(?m)^apiVersion:[ \t]*["']?sagemaker\.(services\.k8s\.aws|aws\.amazon\.com)/v`)
	action = regexp.MustCompile(`\{\{|\{%|\$\{`)
)
