package python

import (
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Noter = Frontend{}

// Notes implements frontend.Noter: a comment in a script, or in a notebook's cell.
func (Frontend) Notes(at source.Span, _ *frontend.Documents) []ignore.Note {
	if isNotebook(at.File.Path) != at.File.Embedded() {
		return nil // the notebook itself is JSON, and what a script holds is another language
	}
	return ignore.Comments{File: at.File, Joined: joinedLines(at.File)}.Notes(at)
}
