package shell

import (
	"path"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A host finds the scripts of one kind of file, and what is wrong with the file.
type host func(in *frontend.Input, f *source.File) ([]script, []finding.Finding)

// hostOf returns who reads a file, by its path; nil where that is nobody.
func hostOf(name string) host {
	switch path.Ext(name) {
	case ".sh", ".bash":
		return shellFile
	}
	return nil
}

// shellFile is a file that is one script.
func shellFile(_ *frontend.Input, f *source.File) ([]script, []finding.Finding) {
	return []script{{file: f, owner: resource.Raw{
		Addr: value.Address{Unit: f.Path}, Subject: f.Path, Exists: value.Yes(), Span: f.Whole(),
	}}}, nil
}

// scriptsOf returns the scripts of a body.
func scriptsOf(_ *frontend.Input, _ frontend.Body) []script { return nil }
