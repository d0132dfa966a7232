package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// An opened is a file of the tree that a script reads.
type opened struct{ file *source.File }

func (opened) isObject() {}

// maxData is the size of the largest data file that is read on behalf of a script.
const maxData = 1 << 20

// dataFile returns the file that a script opens by a path; nil where the tree has none. A path that is made of __file__ is
// where it says; any other is relative to where the script is run, which may be its own directory or one above it: the nearest
// that has the file.
func (in *interp) dataFile(l located) *source.File {
	if l.file || path.IsAbs(l.path) || strings.Contains(l.path, "://") {
		return nil
	}
	dir := in.scope.module.dir
	if l.anchored {
		return in.readable(path.Join(l.module, l.path))
	}
	for {
		if f := in.readable(path.Join(dir, l.path)); f != nil {
			return f
		}
		if dir == "" {
			return nil
		}
		if dir = path.Dir(dir); dir == "." {
			dir = ""
		}
	}
}

// readable returns a file of the tree by its path.
func (in *interp) readable(p string) *source.File {
	if strings.HasPrefix(p, "..") || !in.hasFile(p) && !isSettings(p) {
		return nil
	}
	f, err := in.open(p)
	if err != nil || len(f.Bytes) > maxData {
		return nil
	}
	return f
}

// isSettings reports whether a file is of a kind that scripts keep settings in and that nobody else reads, so that the tree
// doesn't list it.
func isSettings(p string) bool {
	switch path.Ext(p) {
	case ".ini", ".cfg", ".conf", ".toml", ".env", ".txt", ".properties":
		return true
	}
	return false
}

// opened evaluates open(path).
func (in *interp) opened(n *pyast.Call, o object) object {
	return in.combine([]object{o}, func(os []object) object {
		l, ok := os[0].(located)
		if s, isText := textIn(os[0]); isText {
			l, ok = located{path: path.Clean(s), pure: true}, true
		}
		if !ok {
			return unknown(in.reasonOr(os[0], in.comes(n)))
		}
		if f := in.dataFile(l); f != nil {
			return opened{f}
		}
		if !l.file && !strings.HasPrefix(l.path, "..") {
			return unknown(comesFrom + l.path + ", which is not in the tree")
		}
		return in.runtime(n)
	})
}

// openCall evaluates open(path, mode): what is opened for writing is changed when the script runs.
func (in *interp) openCall(n *pyast.Call, a *arguments) object {
	mode := argument{}
	if len(a.positional) > 1 {
		mode = a.positional[1]
	} else if kw, ok := a.keyword("mode"); ok {
		mode = kw
	}
	if m, ok := textIn(mode.obj); mode.obj != nil && (!ok || strings.ContainsAny(m, "wax+")) || len(a.positional) == 0 {
		if len(a.positional) > 0 {
			in.writes(a.positional[0].obj)
		}
		return in.runtime(n)
	}
	return in.opened(n, a.positional[0].obj)
}

// readText evaluates file.read().
func (in *interp) readText(n *pyast.Call, o object) object {
	return apply(o, func(o object) object {
		f, ok := o.(opened)
		if !ok {
			return unknown(in.reasonOr(o, in.comes(n)))
		}
		if len(f.file.Bytes) > maxText {
			return unknown(comesFrom + f.file.Path)
		}
		in.charge(len(f.file.Bytes) / itemsPerStep)
		all := f.file.Span(0, len(f.file.Bytes)) // so that what is in it has its place
		return datum{value.OfString(string(f.file.Bytes)).From(all).Noted("it is read from " + f.file.Path)}
	})
}

// fileMethod evaluates a method of an open file.
func (in *interp) fileMethod(n *pyast.Call, f opened, name string, a *arguments) object {
	switch name {
	case "read":
		if len(a.positional) == 0 {
			return in.readText(n, f)
		}
	case "readlines":
		return unknown(comesFrom + f.file.Path)
	case "close":
		return none(a.at)
	}
	return in.runtime(n)
}

// A grammar is a language of data files.
type grammar uint8

const (
	jsonData grammar = iota
	yamlData
	tomlData
)

// parsedData evaluates json.load, yaml.safe_load and tomllib.load, of a file of the tree or of a text.
func (in *interp) parsedData(n *pyast.Call, g grammar, a *arguments) object {
	if len(a.positional) == 0 {
		return in.runtime(n)
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		switch o := os[0].(type) {
		case opened:
			return in.documentOf(n, g, o.file, nil)
		case located:
			if f := in.dataFile(o); f != nil {
				return in.documentOf(n, g, f, nil)
			}
		case octets:
			return in.documentOf(n, g, source.NewFile("text", []byte(o.s)), &value.Origin{})
		case datum:
			if text, ok := textIn(o); ok {
				via := o.Origin()
				for via != nil && via.Note == "" {
					via = via.Via
				}
				if via == nil {
					via = &value.Origin{}
				}
				return in.documentOf(n, g, source.NewFile("text", []byte(text)), via)
			}
		}
		return unknown(in.reasonOf(os, in.comes(n)))
	})
}

// documentOf returns the object that a document is to Python. Via is where a text was written that isn't a file of the tree:
// its values stand at the call then.
func (in *interp) documentOf(n *pyast.Call, g grammar, f *source.File, via *value.Origin) object {
	var docs []doctree.Document
	var errs []doctree.Error
	switch {
	case g == tomlData:
		docs, errs = doctree.ParseTOML(f)
	case via == nil:
		// One file may be read time and again.
		docs, errs = in.input.Documents.Parse(f)
	default:
		in.charge(len(f.Bytes))
		docs, errs = doctree.Parse(f)
	}
	missed := unknown(in.comes(n))
	if via == nil {
		missed = unknown(comesFrom + f.Path + ", which can't be read")
	}
	if len(docs) != 1 || len(errs) > 0 || g == jsonData && !docs[0].JSON {
		return missed
	}
	r := &reader{in: in, call: n, grammar: g, via: via, left: maxFrozen}
	o := r.object(docs[0].Root, "")
	in.charge((maxFrozen - r.left) * 4) // each is an object with a trace of its own
	return o
}

// A reader makes objects of the nodes of a document.
type reader struct {
	in      *interp
	call    *pyast.Call
	grammar grammar
	via     *value.Origin
	left    int
}

// object returns the object that a node is to Python. What a file of the tree says comes with a trace that leads there.
func (r *reader) object(n *doctree.Node, key string) object {
	r.left--
	if r.left < 0 {
		return unknown("the document is too large")
	}
	at := r.in.span(r.call)
	origin := &value.Origin{Span: at, Via: r.via}
	if r.via == nil {
		note := "it is read from " + n.Span.File.Path
		if key != "" {
			note = key + " is read from " + n.Span.File.Path
		}
		origin = &value.Origin{Span: at, Via: &value.Origin{Span: n.Span.FirstLine(), Note: note}}
	} else if r.via.Note == "" {
		origin.Via = nil
	}
	switch n.Kind {
	case doctree.Mapping:
		return r.mapping(n, origin)
	case doctree.Sequence:
		p := &place{kind: listPlace, span: at, header: at, via: origin.Via}
		c := &content{}
		for _, item := range n.Items {
			c.entries = append(c.entries, entry{obj: r.object(item, key)})
		}
		r.in.st.setContent(p, c)
		return p
	}
	return datum{r.scalar(n).WithOrigin(origin)}
}

func (r *reader) mapping(n *doctree.Node, origin *value.Origin) object {
	p := &place{kind: dictPlace, span: origin.Span, header: origin.Span, via: origin.Via}
	c := &content{}
	index := map[string]int{}
	for _, m := range n.Pairs {
		name := m.Key.Text
		if r.grammar == yamlData && (m.Key.Kind != doctree.String || m.Key.Plain) {
			k, ok := keyOf(datum{r.scalar(m.Key)})
			if !ok {
				return unknown("it has a key that is no text")
			}
			name = k
		} else if isSpelt(name) {
			return unknown("it has a key that is no plain text")
		}
		e := entry{name: name, key: origin.Span, obj: r.object(m.Value, keyText(name))}
		if i, twice := index[name]; twice {
			c.entries[i] = e
			continue
		}
		index[name] = len(c.entries)
		c.entries = append(c.entries, e)
	}
	r.in.st.setContent(p, c)
	return p
}

// plainYAML returns what PyYAML makes of an unquoted text: it reads YAML 1.1, which has more booleans, and numbers and dates in
// more notations.
func plainYAML(s string) value.Value {
	switch s {
	case "yes", "Yes", "YES", "on", "On", "ON":
		return value.OfBool(true)
	case "no", "No", "NO", "off", "Off", "OFF":
		return value.OfBool(false)
	}
	if looksLikeNumber(strings.TrimLeft(s, "+-")) {
		return value.OfOpaque("how a number is read depends on the loader")
	}
	return value.OfString(s)
}

// looksLikeNumber reports whether YAML 1.1 may read a text as a number or a date.
func looksLikeNumber(s string) bool {
	const digits = "0123456789"
	switch {
	case s == "":
		return false
	case strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0b") || strings.HasPrefix(s, "0o"):
		return true
	case strings.Trim(s, digits+"_:") == "":
		return true
	case strings.Count(s, ".") == 1 && strings.Trim(s, digits+"_:.eE+-") == "":
		return true
	case strings.EqualFold(s, ".inf") || strings.EqualFold(s, ".nan"):
		return true
	}
	return len(s) >= len("2001-1-1") && s[4] == '-' && strings.Trim(s[:4], digits) == ""
}

// scalar returns the value of a scalar. What YAML's versions, or its loaders, read differently isn't known.
func (r *reader) scalar(n *doctree.Node) value.Value {
	if n.Tag != "" {
		return value.OfOpaque(comesFrom + "a value with the tag " + n.Tag)
	}
	switch n.Kind {
	case doctree.String:
		if n.Plain && r.grammar == yamlData {
			return plainYAML(n.Text)
		}
		return value.OfString(n.Text)
	case doctree.Bool:
		switch strings.ToLower(n.Text) {
		case "true", "yes", "on":
			return value.OfBool(true)
		}
		return value.OfBool(false)
	case doctree.Null:
		return value.Value{}
	}
	text := n.Text
	if strings.ContainsAny(text, ".eE") && !strings.ContainsAny(text, "_:xX") {
		if strings.ContainsAny(text, "eE") && r.grammar == yamlData {
			return value.OfOpaque("how a number is read depends on the loader")
		}
		if c, ok := value.NumberOf(text); ok {
			if f, ok := numberOf(datum{value.OfNumber(c)}); ok {
				return ofFloat(f.float()).Value
			}
		}
	} else if digits := strings.TrimPrefix(text, "-"); strings.Trim(digits, "0123456789") == "" && (digits == "0" || !strings.HasPrefix(digits, "0")) {
		if c, ok := value.NumberOf(text); ok {
			return value.OfNumber(c)
		}
	}
	return value.OfOpaque("how a number is read depends on the loader")
}
