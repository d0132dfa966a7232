package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: the comments of a script, or of a notebook's cells and of the files that they write.
// What a cell hands to a shell is told by who reads that.
func (Frontend) Ignores(f *source.File, _ *frontend.Documents) []ignore.Directive {
	if !frontend.MayIgnore(f) {
		return nil
	}
	if !isNotebook(f.Path) {
		t := parse(f)
		if len(t.tree.Errors) > 0 && hasCells(f.Bytes) {
			t = parseCell(f)
		}
		return t.comments().Directives()
	}
	nb := readNotebook(f)
	var out []ignore.Directive
	for _, t := range nb.texts() {
		if frontend.MayIgnore(t.file) {
			out = append(out, t.comments().Directives()...)
		}
	}
	for _, d := range nb.drafts.all {
		if ext := strings.ToLower(path.Ext(d.base)); d.content != nil && (ext == ".yaml" || ext == ".yml") && frontend.MayIgnore(d.content) {
			docs, errs := doctree.Parse(d.content)
			out = append(out, frontend.CommentsOf(d.content, docs, errs).Directives()...)
		}
	}
	return out
}

// texts returns all Python of a notebook.
func (nb *notebook) texts() []*text {
	var all []*text
	for _, texts := range [...][]*text{nb.cells, nb.aside, nb.others} {
		all = append(all, texts...)
	}
	for _, b := range nb.broken {
		all = append(all, b.text)
	}
	for _, d := range nb.drafts.all {
		all = append(all, d.texts...)
	}
	return all
}

// comments returns the comments of a text.
func (t *text) comments() ignore.Comments {
	c := ignore.Comments{File: t.file}
	for _, x := range t.tree.Comments {
		c.Spans = append(c.Spans, t.file.Span(x.Pos, x.End))
	}
	c.Joined = joinedLines(t.file)
	pyast.Inspect(t.tree, func(n pyast.Node) bool {
		var decorators []pyast.Expr
		switch n := n.(type) {
		case *pyast.FunctionDef:
			decorators = n.Decorators
		case *pyast.ClassDef:
			decorators = n.Decorators
		}
		if len(decorators) > 0 {
			c.Headers = append(c.Headers, t.file.Span(decorators[0].Pos(), n.Pos()))
		}
		return true
	})
	return c
}

// joinedLines returns the strings of several lines, and the ends of lines that go on over a backslash.
func joinedLines(f *source.File) []source.Span {
	var out []source.Span
	d := &dresser{src: f.Bytes}
	for at := 0; at < len(d.src); {
		switch c := d.src[at]; c {
		case '#':
			at = d.lineEnd(at)
		case '\'', '"':
			end := min(d.stringEnd(at), len(d.src))
			if strings.ContainsRune(string(d.src[at:end]), '\n') {
				out = append(out, f.Span(at, end))
			}
			at = max(end, at+1)
		case '\\':
			if w := newline(d.src[at+1:]); w > 0 {
				out = append(out, f.Span(at, at+1+w))
			}
			at++
		default:
			at++
		}
	}
	return out
}
