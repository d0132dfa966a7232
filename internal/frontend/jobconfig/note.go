package jobconfig

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Noter = Frontend{}

// Notes implements frontend.Noter: a comment in YAML. JSON has none.
func (Frontend) Notes(at source.Span, docs *frontend.Documents) []ignore.Note {
	if at.File.Embedded() || strings.EqualFold(path.Ext(at.File.Path), ".json") {
		return nil
	}
	parsed, errs := docs.Parse(at.File)
	if len(parsed) > 0 && parsed[0].JSON {
		return nil
	}
	return commentsOf(at.File, parsed, errs).Notes(at)
}
