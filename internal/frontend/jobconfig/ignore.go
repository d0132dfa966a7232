package jobconfig

import (
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Annotator = Frontend{}

// Ignores implements frontend.Annotator: the comments of YAML, whoever reads the rest of the file.
func (Frontend) Ignores(f *source.File, docs *frontend.Documents) []ignore.Directive {
	if !frontend.MayIgnore(f) {
		return nil
	}
	parsed, errs := docs.Parse(f)
	return commentsOf(f, parsed, errs).Directives()
}

// commentsOf returns the comments of a file. One that only a template engine makes YAML of is read without the engine's actions.
func commentsOf(f *source.File, docs []doctree.Document, errs []doctree.Error) ignore.Comments {
	if len(errs) > 0 && !strings.HasSuffix(strings.ToLower(f.Path), ".json") {
		if r := render(f); r != nil {
			docs, errs = doctree.ParseYAML(r.file)
			return frontend.CommentsOf(r.file, docs, errs)
		}
	}
	return frontend.CommentsOf(f, docs, errs)
}
