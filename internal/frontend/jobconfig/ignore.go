package jobconfig

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: the comments of YAML, whoever reads the rest of the file.
func (Frontend) Ignores(f *source.File, docs *frontend.Documents) []ignore.Directive {
	if !frontend.MayIgnore(f) {
		return nil
	}
	parsed, errs := docs.Parse(f)
	out := commentsOf(f, parsed, errs).Directives()
	for _, d := range parsed {
		var texts []*doctree.Node
		if d.Root.Kind == doctree.Mapping && d.Root.Get("apiVersion") != nil {
			mentions(d.Root, nil, &texts)
		}
		for _, n := range texts {
			out = append(out, textIgnores(n.Embed("manifest"))...)
		}
	}
	return out
}

// manifestIgnores returns the directives in a manifest that another resource holds.
func manifestIgnores(v value.Value) []ignore.Directive {
	var out []ignore.Directive
	for _, arm := range v.Arms() {
		if kind := arm.Value.Kind(); kind != value.KindScalar && kind != value.KindText {
			continue
		}
		if text := draftOf(arm.Value); text != nil {
			out = append(out, textIgnores(text.file)...)
		}
	}
	return out
}

// textIgnores returns the directives in a text that is written inside a file.
func textIgnores(f *source.File) []ignore.Directive {
	if !frontend.MayIgnore(f) {
		return nil
	}
	docs, errs := doctree.Parse(f)
	return commentsOf(f, docs, errs).Directives()
}

// commentsOf returns the comments of a file. One that only a template engine makes YAML of is read without the engine's actions.
func commentsOf(f *source.File, docs []doctree.Document, errs []doctree.Error) ignore.Comments {
	if len(errs) > 0 && !strings.HasSuffix(strings.ToLower(f.Path), ".json") {
		if r := render(f); r != nil {
			f = r.file
			docs, errs = doctree.ParseYAML(f)
		}
	}
	c := frontend.CommentsOf(f, docs, errs)
	for _, d := range docs {
		c.Headers = append(c.Headers, headers(d.Root)...)
	}
	return c
}

// headers returns those of an object of Kubernetes, or of those in a list of such: what they are, in two lines.
func headers(n *doctree.Node) []source.Span {
	var out []source.Span
	for i, p := range n.Pairs {
		if i == 0 {
			continue
		}
		first := n.Pairs[i-1].Key
		if a, b := first.Text, p.Key.Text; a == "apiVersion" && b == "kind" || a == "kind" && b == "apiVersion" {
			out = append(out, first.Span.File.Span(first.Span.Start, p.Value.Span.End))
		}
	}
	if items := n.Get("items"); items != nil && n.Get("kind") != nil {
		for _, item := range items.Items {
			out = append(out, headers(item)...)
		}
	}
	return out
}
