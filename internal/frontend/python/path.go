package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// A located is a path of the machine that runs the script, relative to a directory: that of the script, or any from which it
// may be run.
type located struct {
	path string
	file bool // the script itself
	// module is the directory of the file whose __file__ it is made of; anchored tells that it is made of one.
	module   string
	anchored bool
	// pure tells that it is written in the script entirely, so that its text is known too.
	pure bool
}

func (located) isObject() {}

// text returns str(path).
func (l located) text() (string, bool) { return l.path, l.pure }

// join returns the path of a name below l; nil where that isn't known.
func (l located) join(o object) object {
	name, ok := textIn(o)
	if other, isPath := o.(located); isPath && other.pure {
		name, ok = other.path, true
	}
	if !ok {
		return nil
	}
	if path.IsAbs(name) {
		return located{path: path.Clean(name), pure: true}
	}
	l.path, l.file = path.Join(l.path, name), false
	return l
}

func (l located) parent() located {
	if l.file {
		l.path, l.file = ".", false
		return l
	}
	l.path = path.Join(l.path, "..")
	l.pure = l.pure && !strings.HasPrefix(l.path, "..")
	return l
}

// pathFunction evaluates a function of os.path, or os.getcwd(); nil where its result can't be known.
func (in *interp) pathFunction(n *pyast.Call, dotted string, a *arguments) object {
	name := last(dotted)
	if name == "getcwd" || name == "cwd" {
		return located{path: "."}
	}
	if len(a.positional) == 0 || a.open != "" {
		return nil
	}
	os := make([]object, len(a.positional))
	for i, arg := range a.positional {
		os[i] = arg.obj
	}
	return in.combine(os, func(os []object) object {
		o := ofPath(name, os)
		if o == nil {
			o = unknown(in.reasonOf(os, in.comes(n)))
		}
		return in.placed(o, a)
	})
}

// ofPath evaluates a function of os.path over paths and texts.
func ofPath(name string, os []object) object {
	s, isText := textIn(os[0])
	at, isPath := os[0].(located)
	known := func(s string) object { return datum{value.OfString(s)} }
	switch {
	case name == "join" && isPath:
		var o object = at
		for _, arg := range os[1:] {
			if o = o.(located).join(arg); o == nil {
				return nil
			}
		}
		return o
	case name == "join" && isText:
		return joinTexts(s, os[1:])
	case (name == "abspath" || name == "realpath" || name == "normpath" || name == "expanduser" || name == "fspath") && isPath:
		return at
	case name == "abspath" && isText && !path.IsAbs(s):
		return located{path: path.Clean(s)}
	case name == "dirname" && isPath:
		return at.parent()
	case name == "dirname" && isText:
		i := strings.LastIndexByte(s, '/') + 1
		head := s[:i]
		if trimmed := strings.TrimRight(head, "/"); trimmed != "" {
			head = trimmed
		}
		return known(head)
	case name == "basename" && isPath && !at.file:
		return known(path.Base(at.path))
	case name == "basename" && isText:
		return known(s[strings.LastIndexByte(s, '/')+1:])
	}
	return nil
}

// joinTexts evaluates os.path.join of texts, as it is where paths have slashes.
func joinTexts(s string, rest []object) object {
	for _, o := range rest {
		if at, ok := o.(located); ok && s == "" {
			return at
		}
		t, ok := textIn(o)
		switch {
		case !ok:
			return nil
		case strings.HasPrefix(t, "/"):
			s = t
		case s == "" || strings.HasSuffix(s, "/"):
			s += t
		default:
			s += "/" + t
		}
	}
	return datum{value.OfString(s)}
}

// pathOf evaluates pathlib.Path(...).
func (in *interp) pathOf(n *pyast.Call, a *arguments) object {
	if len(a.positional) == 0 && a.open == "" {
		return located{path: "."}
	}
	if a.open != "" {
		return in.runtime(n)
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		at, ok := os[0].(located)
		if s, isText := textIn(os[0]); isText {
			at, ok = located{path: path.Clean(s), pure: s != ""}, true
		}
		if !ok {
			return unknown(in.reasonOr(os[0], in.comes(n)))
		}
		var o object = at
		for _, arg := range a.positional[1:] {
			l, isPath := o.(located)
			if !isPath {
				return in.runtime(n)
			}
			if o = l.join(narrow(arg.obj, in.st.path)); o == nil {
				return in.runtime(n)
			}
		}
		return o
	})
}

// pathAttr returns an attribute of a path; false where it is a method, or isn't known.
func pathAttr(l located, name string) (object, bool) {
	if name == "parent" {
		return l.parent(), true
	}
	if l.file || l.path == "." || strings.HasSuffix(l.path, "..") {
		return nil, false
	}
	base := path.Base(l.path)
	ext := path.Ext(base)
	if ext == base || ext == "." {
		ext = ""
	}
	switch name {
	case "name":
		return datum{value.OfString(base)}, true
	case "stem":
		return datum{value.OfString(strings.TrimSuffix(base, ext))}, true
	case "suffix":
		return datum{value.OfString(ext)}, true
	}
	return nil, false
}

// pathMethod evaluates a method of a path; nil where its result isn't known.
func (in *interp) pathMethod(n *pyast.Call, l located, name string, a *arguments) object {
	switch name {
	case "resolve", "absolute", "expanduser":
		l.pure = false
		return l
	case "joinpath":
		var o object = l
		for _, arg := range a.positional {
			at, ok := o.(located)
			if !ok {
				return nil
			}
			if o = at.join(narrow(arg.obj, in.st.path)); o == nil {
				return nil
			}
		}
		return o
	case "with_suffix", "with_name":
		if s, ok := oneOf(objectsOf(a)); ok && !l.file {
			if name == "with_name" {
				l.path = path.Join(path.Dir(l.path), s)
			} else {
				l.path = strings.TrimSuffix(l.path, path.Ext(l.path)) + s
			}
			return l
		}
	case "as_posix", "__str__":
		if s, ok := l.text(); ok {
			return datum{value.OfString(s).From(a.at)}
		}
	case "open":
		return in.opened(n, l)
	case "read_text", "read_bytes":
		return in.readText(n, in.opened(n, l))
	}
	return nil
}

func objectsOf(a *arguments) []object {
	os := make([]object, len(a.positional))
	for i, arg := range a.positional {
		os[i] = arg.obj
	}
	return os
}
