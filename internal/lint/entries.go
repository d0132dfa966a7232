package lint

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// covers reports whether an entry of the configuration speaks for something: by its file, the file of its resource, or what is
// deployed, which may use modules that lie elsewhere; and by its subject.
func covers(e *ignore.Configured, x said) bool {
	if e.Subject != "" && !starred(e.Subject, x.subject) {
		return false
	}
	if e.Path == "" {
		return true
	}
	return within(e.Path, pathOf(x.at)) || within(e.Path, pathOf(x.head)) || within(e.Path, x.unit)
}

// within reports whether a glob matches a path or a directory above it, as an exclude does.
func within(glob, name string) bool {
	glob = strings.TrimSuffix(glob, "/")
	for name = path.Clean(name); name != "" && name != "." && name != "/"; name = path.Dir(name) {
		if doublestar.MatchUnvalidated(glob, name) {
			return true
		}
	}
	return glob == "."
}

// starred reports whether a text is of a form in which a star stands for anything.
func starred(form, text string) bool {
	parts := strings.Split(form, "*")
	last := len(parts) - 1
	if last == 0 {
		return form == text
	}
	if !strings.HasPrefix(text, parts[0]) || !strings.HasSuffix(text[len(parts[0]):], parts[last]) {
		return false
	}
	text = text[len(parts[0]) : len(text)-len(parts[last])]
	for _, part := range parts[1:last] {
		_, rest, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = rest
	}
	return true
}

// reaches reports whether a run judges all that an entry of the configuration may silence. A run of single files judges
// those, and says nothing of the configuration.
func (f *filter) reaches(unread []string, under func(path string) bool) func(e *ignore.Configured) bool {
	return func(e *ignore.Configured) bool {
		if !f.tells(e.At) {
			return false
		}
		for _, name := range unread {
			if e.Path == "" || within(e.Path, name) {
				return false
			}
		}
		some := false
		for name, file := range f.files {
			if e.Path != "" && !within(e.Path, name) {
				continue
			}
			if some = true; !file.Judged {
				return false
			}
		}
		return some || under(path.Dir(pathOf(e.At)))
	}
}

// tells reports whether what is wrong at a place of the configuration, or of a baseline, is to be told: unless files were
// given, and others than that.
func (f *filter) tells(at source.Span) bool { return len(f.roots) > 0 || f.files[pathOf(at)].Explicit }
