package cloudformation

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: comments, and what a template's and a resource's metadata say under "vpclint".
func (Frontend) Ignores(f *source.File, docs *frontend.Documents) []ignore.Directive {
	if strings.EqualFold(path.Ext(f.Path), ".toml") {
		parsed, errs := doctree.ParseTOML(f)
		return frontend.CommentsOf(f, parsed, errs).Directives()
	}
	parsed, errs := docs.Parse(f)
	var out []ignore.Directive
	if frontend.MayIgnore(f) && (len(errs) == 0 || certain(f.Bytes)) {
		c := frontend.CommentsOf(f, parsed, errs)
		for _, d := range parsed {
			take := func(_ *doctree.Node, at source.Span) { c.Blocks = append(c.Blocks, at) }
			each(resourcesOf(d.Root), maxLoopDepth, take)
			if isTemplate(d.Root) {
				each(d.Root.Get("Parameters"), 0, take)
			}
		}
		out = c.Directives()
	}
	for _, d := range parsed {
		whole := f.Span(0, len(f.Bytes))
		out = append(out, metadata(d.Root, whole)...)
		each(resourcesOf(d.Root), maxLoopDepth, func(body *doctree.Node, at source.Span) { out = append(out, metadata(body, at)...) })
	}
	return out
}

// resourcesOf returns the resources of a template. What a template includes may be resources alone.
func resourcesOf(root *doctree.Node) *doctree.Node {
	if resources := root.Get("Resources"); resources != nil {
		return resources
	}
	return root
}

// each calls do for resources, or parameters, with where they stand: those in loops too.
func each(declared *doctree.Node, depth int, do func(body *doctree.Node, at source.Span)) {
	if declared == nil {
		return
	}
	for _, p := range declared.Pairs {
		if _, body := loopOf(p); body != nil && depth > 0 {
			each(body, depth-1, do)
		}
		if p.Value.Get("Type") != nil && p.Key.Span.File == p.Value.Span.File {
			do(p.Value, p.Key.Span.File.Span(p.Key.Span.Start, p.Value.Span.End))
		}
	}
}

// maxLoopDepth bounds how deep loops stand in loops.
const maxLoopDepth = 20

// metadata returns the directives in the metadata of a template or a resource.
func metadata(of *doctree.Node, scope source.Span) []ignore.Directive {
	ours := of.Get("Metadata").Pair("vpclint")
	if ours == nil {
		return nil
	}
	m := &remarks{scope: scope.Host()}
	for _, p := range m.members(ours.Key, ours.Value, "vpclint", []string{"ignore"}) {
		if p.Value.Kind != doctree.Sequence || p.Value.Tag != "" {
			m.fault(p.Key, "ignore must be a list of entries with rule and reason")
			continue
		}
		for _, entry := range p.Value.Items {
			m.entry(entry)
		}
	}
	return m.found
}

// A remarks gathers the directives of one piece of metadata.
type remarks struct {
	scope source.Span
	found []ignore.Directive
}

func (m *remarks) fault(at *doctree.Node, message string) {
	m.found = append(m.found, ignore.Directive{At: at.Span.FirstLine(), Scope: m.scope, Fault: message})
}

// members returns the pairs of a mapping that have the names that are known, and takes the others for faults.
func (m *remarks) members(key, n *doctree.Node, what string, known []string) []doctree.Pair {
	if n.Kind != doctree.Mapping || n.Tag != "" {
		m.fault(key, what+" must be a mapping with "+strings.Join(known, ", "))
		return nil
	}
	var out []doctree.Pair
	for _, p := range n.Pairs {
		name := p.Key.Text
		if slices.Contains(known, name) {
			out = append(out, p)
			continue
		}
		message := fmt.Sprintf("%s has no member %q", what, name)
		if near := schema.Nearest(name, known, func(string) bool { return false }); near != "" {
			message += "; did you mean " + near + "?"
		}
		m.fault(p.Key, message)
	}
	return out
}

// entry takes in one directive.
func (m *remarks) entry(n *doctree.Node) {
	before := len(m.found)
	d := ignore.Directive{At: n.Span.FirstLine(), Scope: m.scope}
	for _, p := range m.members(n, n, "an ignore", []string{"rule", "reason", "until"}) {
		switch p.Key.Text {
		case "rule":
			names := []*doctree.Node{p.Value}
			if p.Value.Kind == doctree.Sequence && p.Value.Tag == "" {
				names = p.Value.Items
			}
			for _, name := range names {
				if !isPlainText(name) {
					m.fault(p.Key, "rule must be a rule's name or a list of such")
					break
				}
				d.Rules = append(d.Rules, ignore.Slug{Name: name.Text, At: name.Span})
			}
		case "reason":
			if d.Reason = strings.TrimSpace(p.Value.Text); !isPlainText(p.Value) {
				m.fault(p.Key, "reason must be a text")
			}
		case "until":
			day, err := time.Parse(time.DateOnly, p.Value.Text)
			if d.Until = day; err != nil || !isPlainText(p.Value) {
				m.fault(p.Key, "until must be a date such as 2027-01-31")
			}
		}
	}
	if len(m.found) == before { // one that is wrong in part doesn't stand
		m.found = append(m.found, d)
	}
}

// isPlainText reports whether a node is a text as it is written.
func isPlainText(n *doctree.Node) bool { return n.Kind == doctree.String && n.Tag == "" }
