package terraform

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: the comments of a configuration, and what stands for them in JSON.
func (Frontend) Ignores(f *source.File, docs *frontend.Documents) []ignore.Directive {
	switch {
	case !isModuleFile(f.Path) && !isVarFile(f.Path):
		return nil // a plan or a state
	case isJSON(f.Path):
		return remarks(f)
	}
	return comments(f).Directives()
}

// comments returns the comments of the native syntax. In a heredoc there is none. A file that must not be parsed has no blocks.
func comments(f *source.File) ignore.Comments {
	c := ignore.Comments{File: f}
	if guardBytes(f) != nil {
		return c
	}
	tokens, _ := hclsyntax.LexConfig(f.Bytes, f.Path, hcl.InitialPos)
	var open []int // where heredocs begin that aren't closed yet: one may stand in an interpolation of another
	for _, t := range tokens {
		start, end := t.Range.Start.Byte, t.Range.End.Byte
		switch t.Type {
		case hclsyntax.TokenComment:
			c.Spans = append(c.Spans, f.Span(start, end))
		case hclsyntax.TokenOHeredoc:
			open = append(open, start)
		case hclsyntax.TokenCHeredoc:
			if n := len(open); n > 0 {
				c.Joined = append(c.Joined, f.Span(open[n-1], end))
				open = open[:n-1]
			}
		}
	}
	if guard(f) != nil {
		return c
	}
	if parsed, _ := hclsyntax.ParseConfig(f.Bytes, f.Path, hcl.InitialPos); parsed != nil {
		if body, ok := parsed.Body.(*hclsyntax.Body); ok {
			for _, b := range body.Blocks {
				if len(b.Labels) > 0 { // what has a name; locals and the like hold much that has little in common
					c.Blocks = append(c.Blocks, f.Span(b.TypeRange.Start.Byte, b.CloseBraceRange.End.Byte))
				}
			}
		}
	}
	return c
}

// remarks returns the directives of a file in JSON: under the key "//" of a block, a text or a list of texts.
// https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
func remarks(f *source.File) []ignore.Directive {
	if len(f.Bytes) > maxJSONBytes || !bytes.Contains(f.Bytes, []byte(commentKey)) {
		return nil
	}
	docs, _ := doctree.ParseJSON(f)
	var out []ignore.Directive
	var walk func(n *doctree.Node, scope source.Span)
	walk = func(n *doctree.Node, scope source.Span) {
		for _, item := range n.Items {
			// A block that may be repeated is a list, mostly of one.
			if len(n.Items) > 1 {
				scope = item.Span
			}
			walk(item, scope)
		}
		for _, p := range n.Pairs {
			if p.Key.Text == commentKey {
				for _, text := range append([]*doctree.Node{p.Value}, p.Value.Items...) {
					out = append(out, remark(text, scope)...)
				}
				continue
			}
			walk(p.Value, f.Span(p.Key.Span.Start, p.Value.Span.End))
		}
	}
	for _, d := range docs {
		walk(d.Root, d.Root.Span)
	}
	return out
}

// remark returns the directives in the lines of a text, which speak for its block.
func remark(text *doctree.Node, scope source.Span) []ignore.Directive {
	if text.Kind != doctree.String {
		return nil
	}
	inner := text.Embed("")
	out := ignore.All(inner.Span(0, len(inner.Bytes)))
	for i := range out {
		if !out[i].File {
			out[i].Scope = scope.Host()
		}
	}
	return out
}
