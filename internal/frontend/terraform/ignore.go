package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// Ignores implements frontend.Annotator: the comments of a configuration.
func (Frontend) Ignores(f *source.File, _ *frontend.Documents) []ignore.Directive {
	if strings.HasSuffix(f.Path, ".json") {
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(f.Bytes, f.Path, hcl.InitialPos)
	var comments []source.Span
	alone := map[int]bool{} // the beginnings of comments
	for _, t := range tokens {
		if t.Type == hclsyntax.TokenComment {
			c := f.Span(t.Range.Start.Byte, t.Range.End.Byte)
			comments = append(comments, c)
			alone[c.Start] = true
		}
	}
	isComment := func(start, end int) bool {
		line := string(f.Bytes[start:end])
		return alone[start+len(line)-len(strings.TrimLeft(line, " \t"))]
	}
	var out []ignore.Directive
	for _, c := range comments {
		if d, ok := ignore.Parse(c); ok {
			if d.Scope == c.Host() {
				d.Scope = ignore.Lines(d.At, isComment)
			}
			out = append(out, d)
		}
	}
	return out
}
