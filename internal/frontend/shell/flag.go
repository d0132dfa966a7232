package shell

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/schema"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A request is what one command sends.
type request struct {
	operation string
	members   []value.Field
	// flagged are the members that flags say, by the flag.
	flagged map[string]string
	// open is why there may be members that aren't known; empty where there are none.
	open string
	// base is the document that the flags change; its header is zero where there is none.
	base *document
	// silent says that nothing is made: help is asked for, a skeleton, or another service is.
	silent bool
}

// An arguments is the words behind a command, as the AWS CLI takes them apart.
type arguments struct {
	*interpreter
	f     *frame
	flags *flags
	req   *request
	words []field
	// worlds is how many texts a file has that the script writes, of which the command is read with the one whose turn it is.
	worlds, turn int
}

// parse takes a command's words apart.
func (a *arguments) parse() {
	for len(a.words) > 0 {
		w := a.words[0]
		a.words = a.words[1:]
		lead := w.lead()
		if !isFlag(w) {
			if w.many {
				a.opened(w.reason())
			}
			if s, _ := w.literal(); s == "help" {
				a.req.silent = true
			}
			continue
		}
		name, _, joined := strings.Cut(lead, "=")
		_, whole := w.literal()
		if !joined && !whole {
			a.opened(w.reason())
			continue
		}
		var values []field
		if joined {
			_, rest := w.cut(len(name) + 1)
			values = []field{{text: rest}}
		}
		a.flag(a.flags.resolve(name), name, w, values, joined)
	}
}

// opened says that not all members are known.
func (a *arguments) opened(reason string) {
	if a.req.open == "" {
		a.req.open = reason
	}
}

// isFlag reports whether a word is taken for an option: it begins with a dash, has no blank, and is no negative number.
func isFlag(w field) bool {
	s := w.lead()
	if len(s) < 2 || s[0] != '-' {
		return false
	}
	if strings.Trim(s[1:], "0123456789.") == "" {
		return false
	}
	return !strings.Contains(s, " ") || strings.Contains(strings.SplitN(s, " ", 2)[0], "=")
}

// following takes the words up to the next option.
func (a *arguments) following() []field {
	n := 0
	for n < len(a.words) && !isFlag(a.words[n]) {
		n++
	}
	taken := a.words[:n]
	a.words = a.words[n:]
	return taken
}

// one takes the word of an option that has one.
func (a *arguments) one(values []field, joined bool) (field, bool) {
	if joined {
		return values[0], true
	}
	if len(a.words) == 0 || isFlag(a.words[0]) {
		return field{}, false
	}
	w := a.words[0]
	a.words = a.words[1:]
	w.many = false // what has one value has one
	return w, true
}

// flag takes an option's values, and keeps what they say. Name is the word as it is written.
func (a *arguments) flag(flag, name string, w field, values []field, joined bool) {
	at := w.span()
	if joined {
		before, _ := w.cut(len(name))
		at = before.span()
	}
	if takes, global := globals[flag]; global {
		if takes {
			v, _ := a.one(values, joined)
			a.global(flag, v)
		} else if flag == "--version" {
			a.req.silent = true
		}
		return
	}
	switch flag {
	case "":
		if !joined {
			a.following()
		}
		a.opened(name + " isn't known as an option of " + kebab(a.req.operation))
		return
	case skeleton:
		a.req.silent = true
		return
	case inputJSON, inputYAML:
		if v, ok := a.one(values, joined); ok {
			a.base(flag, v, at)
		}
		return
	}
	member := a.flags.members[flag]
	if member == "" { // --no-...
		member = a.flags.members["--"+strings.TrimPrefix(flag, "--no-")]
		a.keep(member, flag, at, value.OfBool(false).From(at))
		return
	}
	form := a.flags.object.Form(member)
	_, list := form.List()
	switch {
	case form == schema.Bool:
		a.keep(member, flag, at, value.OfBool(true).From(at))
	case form == schema.Unknown:
		if !joined {
			values = a.following()
		}
		a.keep(member, flag, at, a.anyValue(member, values, at))
	case list:
		if !joined {
			values = a.following()
		}
		a.keep(member, flag, at, a.listValue(member, form, values, at))
	default:
		v, ok := a.one(values, joined)
		if !ok {
			a.keep(member, flag, at, value.OfOpaque(name+" has no value").From(at))
			return
		}
		a.keep(member, flag, at, a.value(member, form, v, at))
	}
}

// keep keeps a member; of two the later counts.
func (a *arguments) keep(member, flag string, at source.Span, v value.Value) {
	if v.Kind() == value.KindAbsent {
		v = v.From(at)
	}
	a.req.flagged[member] = flag
	for i := range a.req.members {
		if a.req.members[i].Name == member {
			a.req.members[i].Key, a.req.members[i].Value = at, v
			return
		}
	}
	a.req.members = append(a.req.members, value.Field{Name: member, Key: at, Value: v})
}

// global looks at an option that every command has.
func (a *arguments) global(flag string, v field) {
	if flag != "--endpoint-url" {
		return
	}
	s := v.lead()
	for _, local := range [...]string{"localhost", "127.0.0.1", "0.0.0.0", "localstack", "host.docker.internal", "[::1]"} {
		if strings.Contains(s, "//"+local) {
			a.req.silent = true
		}
	}
}

// value returns what an option's one word says.
func (a *arguments) value(member string, form schema.Form, w field, at source.Span) value.Value {
	object := a.flags.object.Member(member)
	_, free := form.Map()
	if doc, isFile := a.fileValue(w, a.noFile(member)); isFile {
		return a.documentValue(doc, form, object, at)
	}
	if object == nil && !free {
		return scalar(w.text, form)
	}
	return a.complexValue(w, form, object, at)
}

// newName matches what begins shorthand.
var newName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*=`)

// anyValue is what words say of a member that is newer than the service's model: by their looks an object, a list or a text.
func (a *arguments) anyValue(member string, words []field, at source.Span) value.Value {
	if len(words) != 1 {
		return a.listValue(member, "[]", words, at)
	}
	lead := strings.TrimLeft(words[0].lead(), " \t\r\n")
	doc, isFile := a.fileValue(words[0], false)
	switch {
	case isFile:
		return a.documentValue(doc, "{}", nil, at)
	case strings.HasPrefix(lead, "{"), strings.HasPrefix(lead, "["), newName.MatchString(lead):
		return a.complexValue(words[0], schema.Unknown, nil, at)
	}
	return scalar(words[0].text, schema.Unknown)
}

// noFile reports whether a member's value is no path, whatever it begins with: the AWS CLI excepts a few
// (https://github.com/aws/aws-cli/blob/develop/awscli/paramfile.py).
func (a *arguments) noFile(member string) bool {
	return member == "DefaultCodeRepository" || member == "AdditionalCodeRepositories"
}

// documentValue is what a file says that stands in a value's place.
func (a *arguments) documentValue(doc *document, form schema.Form, object *schema.Object, at source.Span) value.Value {
	_, list := form.List()
	_, free := form.Map()
	switch {
	case doc.unread != "":
		return value.OfOpaque(doc.unread).From(doc.at)
	case list || free || object != nil:
		return doc.value(doc.header(at))
	}
	return doc.plain()
}

// complexValue is an object or a map, in JSON or in shorthand.
func (a *arguments) complexValue(w field, form schema.Form, object *schema.Object, at source.Span) value.Value {
	lead := strings.TrimLeft(w.lead(), " \t\r\n")
	switch {
	case strings.HasPrefix(lead, "{"), strings.HasPrefix(lead, "["):
		return a.json(w.text).value(at)
	case lead == "" && w.reason() != "":
		return value.OfOpaque(w.reason()).WithOrigin(&value.Origin{Span: w.span(), Via: w.via()})
	}
	return a.shorthand(w.text, form, object, at)
}

// listValue is what the words of a list say.
func (a *arguments) listValue(member string, form schema.Form, words []field, at source.Span) value.Value {
	object := a.flags.object.Member(member)
	element, _ := form.List()
	if len(words) == 1 {
		if doc, isFile := a.fileValue(words[0], a.noFile(member)); isFile {
			return a.documentValue(doc, form, object, at)
		}
		if strings.HasPrefix(strings.TrimLeft(words[0].lead(), " \t\r\n"), "[") {
			return a.json(words[0].text).value(at)
		}
	}
	_, free := element.Map()
	var elems []value.Value
	open := ""
	for _, w := range words {
		switch {
		case w.many:
			open = w.reason()
			elem := value.OfOpaque(open).WithOrigin(&value.Origin{Span: w.span(), Via: w.via()})
			if !slices.ContainsFunc(w.text, part.isKnown) {
				elem = elem.Maybe()
			}
			elems = append(elems, elem)
		case object != nil || free:
			elems = append(elems, a.complexValue(w, element, object, w.span()))
		default:
			v := scalar(w.text, element)
			if v.Kind() == value.KindOpaque && len(words) == 1 && len(w.text) == 1 {
				open = v.Reason() // it may be JSON
			}
			elems = append(elems, v)
		}
	}
	if open != "" {
		return value.OfOpenList(elems, open).From(at)
	}
	return value.OfList(elems, false).From(at)
}

// scalar is what a text says in a form that has no parts.
func scalar(t text, form schema.Form) value.Value {
	v := t.value()
	s, known := v.AsString()
	if !known {
		return v
	}
	switch form {
	case schema.Bool:
		switch strings.ToLower(s) {
		case "true":
			return value.OfBool(true).WithOrigin(v.Origin())
		case "false":
			return value.OfBool(false).WithOrigin(v.Origin())
		}
	case schema.Number:
		if n, ok := value.NumberOf(strings.TrimSpace(s)); ok {
			return value.OfNumber(n).WithOrigin(v.Origin())
		}
	}
	return v
}
