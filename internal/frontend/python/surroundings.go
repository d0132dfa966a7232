package python

import (
	"bytes"
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// around returns what a script that points to no configuration may read nevertheless: one that a file which starts scripts
// points to, or the nearest one above the script. That it does so can't be known, and all that it would give is unknown.
func (in *interp) around() value.Value {
	if in.aroundRead {
		return in.aroundValue
	}
	in.aroundRead = true
	for dir := path.Dir(in.path); ; dir = path.Dir(dir) {
		if v, found := in.pointedTo(dir); found {
			in.aroundValue = v
			return v
		}
		if dir == "." || dir == "/" {
			break
		}
	}
	for dir := path.Dir(in.path); ; dir = path.Dir(dir) {
		file := path.Join(dir, configurationFile)
		if n, found := in.configuration(file); found {
			in.aroundValue = perhaps(valueOf(n), file+" supplies it if "+userVariable+" points there", file+" may supply it")
			return in.aroundValue
		}
		if dir == "." || dir == "/" {
			return value.Value{}
		}
	}
}

// perhaps returns a configuration of which nothing is known but that it may be read. What it says like the SDK itself is
// left out: whether it is read makes no difference then.
func perhaps(v value.Value, reason, note string) value.Value {
	switch v.Kind() {
	case value.KindAbsent:
		return v
	case value.KindObject:
		var fields []value.Field
		for _, f := range v.Fields() {
			f.Value = perhaps(f.Value, reason, note)
			fields = append(fields, f)
		}
		return value.OfObject(fields, false).WithOrigin(v.Origin())
	case value.KindScalar:
		if b, ok := v.AsBool(); ok && !b {
			return value.Value{}
		}
	}
	if o := v.Origin(); o != nil {
		return value.OfOpaque(reason).NotedAt(o.Span, note)
	}
	return value.OfOpaque(reason)
}

// pointedTo returns the configuration that a file of a directory points scripts to, which no script is known to be started
// by.
func (in *interp) pointedTo(dir string) (value.Value, bool) {
	p := in.files.pointerIn(dir)
	if p.at.IsZero() {
		return value.Value{}, false
	}
	at := p.at.File.Path
	reason := at + " " + p.does + ", which may hold for the script"
	note := at + " " + p.does
	for _, base := range [...]string{path.Dir(at), ".", dir} {
		for _, file := range [...]string{path.Join(base, p.text), path.Join(base, p.text, configurationFile)} {
			if path.IsAbs(p.text) || len(inTree(file)) == 0 {
				continue
			}
			if n, found := in.configuration(file); found {
				return perhaps(valueOf(n), reason, note), true
			}
		}
	}
	return value.OfOpaque(reason).NotedAt(p.at, note), true
}

// A pointer is where a file that starts scripts says where the configuration lies.
type pointer struct {
	at   source.Span
	does string // sets a variable, writes a file
	text string // the path that it names
}

// maxStarter is the size of the largest file that is looked through for environment variables.
const maxStarter = 1 << 20

// pointerIn looks through the files of a directory that start scripts: container images, build and workflow descriptions,
// makefiles, shell scripts.
func (l *library) pointerIn(dir string) pointer {
	if dir == "" {
		dir = "."
	}
	l.mu.Lock()
	p, known := l.pointers[dir]
	l.mu.Unlock()
	if known {
		return p
	}
	files := l.starters(dir)
	if dir == "." {
		files = append(files, l.starters(".github/workflows")...)
	}
	for _, file := range files {
		f, err := l.tree.Open(file)
		if err != nil || len(f.Bytes) > maxStarter {
			continue
		}
		if p = pointerOf(f); p.at.IsZero() {
			p = placedBy(f)
		}
		if !p.at.IsZero() {
			break
		}
	}
	l.mu.Lock()
	l.pointers[dir] = p
	l.mu.Unlock()
	return p
}

// starters returns the files of a directory that may start scripts, sorted.
func (l *library) starters(dir string) []string {
	var names []string
	if lister, ok := l.tree.(frontend.Lister); ok {
		entries, err := lister.List(dir)
		if err != nil {
			return nil
		}
		for _, e := range entries {
			if !e.Dir {
				names = append(names, e.Name)
			}
		}
	} else {
		for _, file := range l.tree.Dir(dir) {
			names = append(names, path.Base(file))
		}
	}
	var out []string
	for _, name := range names {
		lower := strings.ToLower(name)
		switch {
		case strings.HasPrefix(lower, "dockerfile"), strings.HasSuffix(lower, ".dockerfile"), lower == "makefile", lower == ".env",
			strings.HasPrefix(lower, ".env."), strings.HasSuffix(lower, ".sh"), lower == "tox.ini",
			strings.HasPrefix(lower, "buildspec"), strings.HasPrefix(lower, "docker-compose"), strings.HasPrefix(lower, ".gitlab-ci"),
			strings.HasSuffix(dir, ".github/workflows"):
			out = append(out, path.Join(dir, name))
		}
	}
	return out
}

// pointerOf finds where a file sets one of the variables: `ENV X=y`, `export X=y`, `X: y`.
func pointerOf(f *source.File) pointer {
	from := 0
	for {
		i := bytes.Index(f.Bytes[from:], []byte(overrideMark))
		if i < 0 {
			return pointer{}
		}
		end := from + i + len(overrideMark)
		from = end
		for _, variable := range [...]string{userVariable, adminVariable} {
			start := end - len(variable)
			if start < 0 || string(f.Bytes[start:end]) != variable || start > 0 && isWord(f.Bytes[start-1]) {
				continue
			}
			line, _, _ := bytes.Cut(f.Bytes[end:], []byte("\n"))
			if text, ok := assigned(string(line)); ok {
				return pointer{f.Span(start, end), "sets " + variable, text}
			}
		}
	}
}

// defaultLocations are the places of the machine where the SDK looks by itself: the user's and the administrator's.
var defaultLocations = [...]string{".config/sagemaker/" + configurationFile, "/etc/xdg/sagemaker/" + configurationFile}

// placedBy finds where a file puts a configuration into a default location: a copy of one of the tree, or one that it writes
// itself and that has a VPC.
func placedBy(f *source.File) pointer {
	for _, location := range defaultLocations {
		i := bytes.Index(f.Bytes, []byte(location))
		if i < 0 {
			continue
		}
		at := f.Span(i, i+len(location))
		start := bytes.LastIndexByte(f.Bytes[:i], '\n') + 1
		for _, word := range strings.Fields(string(f.Bytes[start:i])) {
			if word = strings.Trim(word, `"',[]`); path.Base(word) == configurationFile {
				return pointer{at, "writes " + location, word}
			}
		}
		if bytes.Contains(f.Bytes, []byte("VpcConfig")) {
			return pointer{at, "writes " + location, "/"}
		}
	}
	return pointer{}
}

func isWord(b byte) bool {
	return b == '_' || b == '$' || b == '{' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9'
}

// assigned returns what follows the name of a variable that a line sets.
func assigned(rest string) (string, bool) {
	if s, ok := strings.CutPrefix(rest, "="); ok {
		return firstWord(s), true
	}
	if s, ok := strings.CutPrefix(strings.TrimLeft(rest, `"' `), ":"); ok {
		return firstWord(s), true
	}
	if strings.HasPrefix(rest, " ") && firstWord(rest) != "" {
		return firstWord(rest), true // Dockerfile's ENV name value
	}
	return "", false
}

func firstWord(s string) string {
	s = strings.Trim(strings.TrimSpace(s), `"'`)
	s, _, _ = strings.Cut(s, " ")
	return strings.Trim(s, `"',;`)
}
