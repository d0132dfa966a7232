package frontend

import (
	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// Comments returns the comments of a YAML file.
func (d *Documents) Comments(f *source.File) ignore.Comments {
	docs, errs := d.Parse(f)
	return CommentsOf(f, docs, errs)
}

// CommentsOf returns the comments of a YAML or TOML file of which docs could be read.
func CommentsOf(f *source.File, docs []doctree.Document, errs []doctree.Error) ignore.Comments {
	r := doctree.RemarksOf(f, docs, errs)
	return ignore.Comments{File: f, Spans: r.Comments, Blank: r.Marks, Joined: r.Texts, Leads: r.Leads}
}

// MayIgnore reports whether a text can hold a directive. Without asking it, nobody looks for comments.
func MayIgnore(f *source.File) bool { return ignore.Mentions(f.Bytes) }
