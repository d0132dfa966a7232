package python

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

const configParser = "configparser.ConfigParser"

// defaultSection is the section whose options all others have too.
const defaultSection = "DEFAULT"

// configMethod evaluates a method of a ConfigParser, whose content is its sections; nil where it isn't modelled.
func (in *interp) configMethod(n *pyast.Call, p *place, name string, a *arguments) object {
	switch name {
	case "read":
		if len(a.positional) > 0 {
			in.inEach(a.positional[0].obj, func(o object) object {
				in.readConfig(n, p, in.opened(n, o))
				return o
			})
		}
		return in.runtime(n)
	case "read_file", "readfp":
		if len(a.positional) > 0 {
			in.readConfig(n, p, narrow(a.positional[0].obj, in.st.path))
		}
		return none(a.at)
	case "read_string", "read_dict", "add_section", "set", "remove_option", "remove_section", "clear":
		in.forget(p, in.written(n.Func)+"() changes it")
		return none(a.at)
	case "get", "getint", "getfloat", "getboolean":
		return in.configOption(n, p, name, a)
	case "has_section", "has_option", "sections", "options", "items":
		return in.runtime(n)
	}
	return nil
}

// readConfig reads a file into a parser. A file that isn't in the tree is passed over by Python if it isn't there, and may
// hold anything if it is.
func (in *interp) readConfig(n *pyast.Call, p *place, o object) {
	f, ok := o.(opened)
	if !ok {
		in.forget(p, in.reasonOr(o, in.comes(n)))
		return
	}
	in.charge(len(f.file.Bytes))
	sections, ok := in.parsedINI(n, f.file)
	if !ok {
		in.forget(p, comesFrom+f.file.Path+", which can't be read")
		return
	}
	c := in.st.content(p)
	if len(c.entries) > 0 {
		in.forget(p, "it is read from several files")
		return
	}
	in.st.setContent(p, sections)
}

// configOption evaluates parser.get(section, option, fallback=) and its kin.
func (in *interp) configOption(n *pyast.Call, p *place, method string, a *arguments) object {
	if len(a.positional) < 2 || a.open != "" {
		return in.runtime(n)
	}
	section := narrow(in.itemAt(p, narrow(a.positional[0].obj, in.st.path), in.quoted(n)), in.st.path)
	q, ok := section.(*place)
	fallback, hasFallback := a.keyword("fallback")
	option, known := textIn(narrow(a.positional[1].obj, in.st.path))
	if !ok || !known {
		return unknown(in.reasonOf([]object{section, p}, in.comes(n)))
	}
	o := in.st.content(q).at(strings.ToLower(option))
	if isGone(o) {
		if hasFallback {
			return fallback.obj
		}
		return in.runtime(n)
	}
	return in.typedOption(n, method, o)
}

// typedOption converts an option's text as getint and its kin do.
func (in *interp) typedOption(n *pyast.Call, method string, o object) object {
	if method == "get" {
		return o
	}
	d, _ := o.(datum)
	s, ok := textIn(o)
	if !ok {
		return unknown(in.reasonOr(o, in.comes(n)))
	}
	switch method {
	case "getint":
		if i := toInt([]object{o}, num{}, false); i != nil {
			return datum{i.(datum).WithOrigin(d.Origin())}
		}
	case "getfloat":
		if f := toFloat(o, num{}, false); f != nil {
			return datum{f.(datum).WithOrigin(d.Origin())}
		}
	case "getboolean":
		switch strings.ToLower(s) {
		case "1", "yes", "true", "on":
			return datum{value.OfBool(true).WithOrigin(d.Origin())}
		case "0", "no", "false", "off":
			return datum{value.OfBool(false).WithOrigin(d.Origin())}
		}
	}
	return in.runtime(n)
}

// parsedINI returns the sections of a file as configparser reads it; false where it can't.
func (in *interp) parsedINI(n *pyast.Call, f *source.File) (*content, bool) {
	r := &iniReader{in: in, call: n, file: f, sections: &content{}, common: &content{}}
	text := string(f.Bytes)
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:]+"\n", '\n')
		if !r.line(text[at:min(end, len(text))], at) {
			return nil, false
		}
		at = end + 1
	}
	r.close()
	for i, e := range r.sections.entries {
		c := in.st.content(e.obj.(*place))
		for _, d := range r.common.entries {
			if _, own := c.find(d.name); !own {
				c = c.with(d)
			}
		}
		in.st.setContent(r.sections.entries[i].obj.(*place), c)
	}
	return r.sections, true
}

// An iniReader reads an INI file line by line.
type iniReader struct {
	in       *interp
	call     *pyast.Call
	file     *source.File
	sections *content
	common   *content
	section  string
	open     bool // a section has begun
	options  *content
	// indented tells that the last option goes on in indented lines, which aren't joined here.
	last string
}

func (r *iniReader) line(line string, at int) bool {
	trimmed := strings.TrimSpace(line)
	switch {
	case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
		return true
	case line[0] == ' ' || line[0] == '\t':
		if r.last == "" {
			return false
		}
		r.options = r.options.with(entry{name: r.last, obj: unknown("it goes on over several lines of " + r.file.Path)})
		return true
	case trimmed[0] == '[':
		r.close()
		name, _, ok := strings.Cut(trimmed[1:], "]")
		_, twice := r.sections.find(name)
		r.section, r.open, r.options, r.last = name, true, &content{}, ""
		return ok && !twice
	}
	i := strings.IndexAny(line, "=:")
	if !r.open || i <= 0 {
		return false
	}
	key := strings.ToLower(strings.TrimSpace(line[:i]))
	text := strings.TrimSpace(line[i+1:])
	if _, twice := r.options.find(key); twice {
		return false
	}
	start := at + i + 1 + len(line[i+1:]) - len(strings.TrimLeft(line[i+1:], " \t"))
	span := r.file.Span(start, start+len(text))
	v := value.OfString(text)
	if strings.Contains(text, "%") || strings.Contains(text, "${") {
		v = value.OfOpaque(comesFrom + r.file.Path + ", which refers to other options")
	}
	v = v.WithOrigin(&value.Origin{Span: r.in.span(r.call), Via: &value.Origin{Span: span, Note: key + " is read from " + r.file.Path}})
	r.options = r.options.with(entry{name: key, key: r.in.span(r.call), obj: datum{v}})
	r.last = key
	return true
}

// close ends a section.
func (r *iniReader) close() {
	switch {
	case !r.open:
	case r.section == defaultSection:
		r.common = r.options
	default:
		at := r.in.span(r.call)
		p := &place{kind: dictPlace, span: at, header: at}
		r.in.st.setContent(p, r.options)
		r.sections = r.sections.with(entry{name: r.section, key: at, obj: p})
	}
}

// callDotenv evaluates load_dotenv and dotenv_values, which read a .env file: that of the path, or the nearest above the script.
func (in *interp) callDotenv(n *pyast.Call, name string, a *arguments) object {
	given, ok := a.keyword("dotenv_path")
	if !ok && len(a.positional) > 0 {
		given, ok = a.positional[0], true
	}
	var o object = located{path: ".env"}
	if ok {
		o = given.obj
	}
	if d, isDatum := o.(datum); isDatum && d.Kind() == value.KindAbsent {
		o = located{path: ".env"}
	}
	c := &content{open: true, reason: "it comes from a .env file"}
	if f, isFile := in.opened(n, o).(opened); isFile {
		c = in.parsedDotenv(n, f.file)
	}
	if name == "dotenv_values" {
		p := &place{kind: dictPlace, span: a.at, header: a.at}
		in.st.setContent(p, c)
		return p
	}
	over := tri.False
	if kw, has := a.keyword("override"); has {
		over = in.truths(kw.obj)
	}
	for _, e := range c.entries {
		if _, set := in.st.content(in.environ).find(e.name); !set || over == tri.True {
			in.setEnvironment(e.name, e.obj)
		}
	}
	return in.runtime(n)
}

// parsedDotenv returns the variables that a .env file sets.
func (in *interp) parsedDotenv(n *pyast.Call, f *source.File) *content {
	in.charge(len(f.Bytes))
	c := &content{}
	text := string(f.Bytes)
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:]+"\n", '\n')
		line := text[at:min(end, len(text))]
		name, v, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "export "), "=")
		name = strings.TrimSpace(name)
		if ok && name != "" && name[0] != '#' {
			span := f.Span(at, at+len(line))
			read := dotenvValue(strings.TrimSpace(v), path.Base(f.Path)).WithOrigin(&value.Origin{
				Span: in.span(n), Via: &value.Origin{Span: span, Note: name + " is read from " + f.Path},
			})
			c = c.with(entry{name: name, key: in.span(n), obj: datum{read}})
		}
		at = end + 1
	}
	return c
}

// dotenvValue returns what stands behind the equals sign, without its quotes or comment.
func dotenvValue(s, file string) value.Value {
	quoted := len(s) > 1 && (s[0] == '"' || s[0] == '\'')
	if quoted {
		i := strings.IndexByte(s[1:], s[0])
		if i < 0 || strings.Contains(s, `\`) {
			return value.OfOpaque(comesFrom + file)
		}
		s = s[1 : i+1]
	} else if i := strings.Index(s, " #"); i >= 0 {
		s = strings.TrimSpace(s[:i])
	}
	if strings.Contains(s, "$") || strings.HasPrefix(s, "#") {
		return value.OfOpaque(comesFrom + file)
	}
	return value.OfString(s)
}
