package cloudformation

import (
	"bytes"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// isSecret reports whether a parameter is declared NoEcho. Whatever doesn't say no says yes, in YAML's "yes" too: what is
// shown by mistake can't be taken back.
func isSecret(body *doctree.Node) bool {
	n := body.Get("NoEcho")
	if n == nil {
		return false
	}
	b, known := scalar(n).AsBool()
	return b || !known
}

// confidential returns the paths of files of which a line that a finding stands on may hold what a NoEcho parameter is.
func (u *unit) confidential() []string {
	var paths []string
	if u.doc != nil && u.doc.confidential() {
		paths = append(paths, u.doc.file.Path)
	}
	for _, f := range u.findings {
		// Of a template that can't be read it isn't known which of its texts that would be.
		if bytes.Contains(f.At.File.Bytes, []byte("NoEcho")) {
			paths = append(paths, f.At.File.Path)
		}
	}
	return paths
}

// confidential reports whether a resource stands on a line with the default of a NoEcho parameter, as it does where all is
// on one: of such a line nothing is to be shown but what a finding is about.
func (d *document) confidential() bool {
	secrets := map[int]bool{} // their lines
	if parameters := d.root.Get("Parameters"); parameters != nil {
		for _, p := range parameters.Pairs {
			if def := p.Value.Get("Default"); def != nil && isSecret(p.Value) {
				for line := range d.lines(def.Span, def.Span) {
					secrets[line] = true
				}
			}
		}
	}
	if resources := d.root.Get("Resources"); resources != nil && len(secrets) > 0 {
		for _, r := range resources.Pairs {
			for line := range d.lines(r.Key.Span, r.Value.Span) {
				if secrets[line] {
					return true
				}
			}
		}
	}
	return false
}

// lines yields the lines from one place of the template's file through another; none of what stands in an included file.
func (d *document) lines(from, to source.Span) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if from.File != d.file || to.File != d.file {
			return
		}
		last := d.file.Position(to.End).Line
		for line := d.file.Position(from.Start).Line; line <= last; line++ {
			if !yield(line) {
				return
			}
		}
	}
}
