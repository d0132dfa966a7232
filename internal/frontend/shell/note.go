package shell

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Noter = Frontend{}

// Notes implements frontend.Noter: a comment in a script, or in what holds one. Of a script within another file the text itself
// is asked for.
func (Frontend) Notes(at source.Span, _ *frontend.Documents) []ignore.Note {
	f := at.File
	base := path.Base(f.Path)
	_, isScript := shellEndings[path.Ext(base)]
	text := bytes.TrimLeft(f.Bytes, " \t\r\n")
	switch {
	case f.Embedded() && len(text) > 0 && text[0] != '{' && text[0] != '[', isScript, isProgram(f.Path) && bytes.HasPrefix(f.Bytes, []byte("#!")):
		variant, reads := interpreterOf(f.Bytes, shellEndings[path.Ext(f.Path)])
		if !reads {
			return nil
		}
		return commentsOf(f, variant).Notes(at)
	case f.Embedded() || isYAML(base):
	case isDockerfile(base):
		return dockerComments(f).Notes(at)
	case isMakefile(base):
		return makeComments(f).Notes(at)
	case isJenkinsfile(base):
		notes := groovyComments(f).Notes(at)
		for i, n := range notes {
			notes[i].Before = strings.TrimSuffix(n.Before, "# ") + "// "
		}
		return notes
	}
	return nil
}
