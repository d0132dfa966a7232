package python

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// octets are the bytes of a literal or of an encoded text.
type octets struct{ s string }

func (octets) isObject() {}

// charactersPerItem is how many characters are looked at in the time of one item.
const charactersPerItem = 64

// textIn returns the text that an object is.
func textIn(o object) (string, bool) {
	d, ok := o.(datum)
	if !ok {
		return "", false
	}
	s, _ := d.Scalar()
	t, ok := s.(string)
	return t, ok
}

// isBlank reports what str.isspace says of a character.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// combine evaluates f over each combination of the alternatives of objects, in the world of that combination.
func (in *interp) combine(os []object, f func([]object) object) object {
	several := false
	for i, o := range os {
		if _, ok := o.(*choice); !ok {
			continue
		}
		if !several {
			os = append([]object(nil), os...)
		}
		os[i] = narrow(o, in.st.path)
		_, still := os[i].(*choice)
		several = several || still
	}
	if !several {
		return f(os)
	}
	c := combination{of: os, one: make([]object, len(os)), f: f}
	c.each(0, nil)
	in.charge(itemsPerStep * len(c.options))
	if len(c.options) > maxCombinations {
		return unknown("it depends on too many conditions")
	}
	return choose(c.options)
}

// maxCombinations bounds the combinations of alternatives that are looked at.
const maxCombinations = 64

// A combination goes through the alternatives of several objects.
type combination struct {
	of, one []object
	f       func([]object) object
	options []option
}

// each goes on with the i-th object, in the world of the alternatives before it.
func (c *combination) each(i int, w value.World) {
	switch {
	case len(c.options) > maxCombinations:
	case i == len(c.of):
		c.options = append(c.options, option{w, c.f(append([]object(nil), c.one...))})
	default:
		for _, opt := range options(c.of[i]) {
			if both, ok := w.And(opt.when); ok {
				c.one[i] = opt.obj
				c.each(i+1, both)
			}
		}
	}
}

// stringMethod evaluates a method of a text, even of one that is known in part.
func (in *interp) stringMethod(n *pyast.Call, d datum, name string, a *arguments) (object, bool) {
	if !isText(d) {
		return nil, false
	}
	if name == "join" && len(a.positional) == 1 {
		return in.joinText(d, a), true
	}
	if name == "format" || name == "format_map" {
		return in.formatMethod(d, name, a), true
	}
	if a.open != "" {
		return unknown(in.reasonOr(d, in.comes(n))), true
	}
	os := make([]object, len(a.positional))
	for i, arg := range a.positional {
		os[i] = arg.obj
	}
	return in.combine(os, func(os []object) object {
		if s, ok := d.AsString(); ok {
			if o := in.textMethod(s, name, os, a); o != nil {
				return in.placed(o, a)
			}
		} else if o := in.partialMethod(d, name, os, a); o != nil {
			return in.placed(o, a)
		}
		return unknown(in.reasonOf(append(os, d), in.comes(n))).at(a.at)
	}), true
}

// placed gives a result the place of its call.
func (in *interp) placed(o object, a *arguments) object {
	if d, ok := o.(datum); ok {
		return d.at(a.at)
	}
	return o
}

// reasonOr returns why an object isn't known, or a reason of one's own.
func (in *interp) reasonOr(o object, otherwise string) string {
	if r := in.reason(o); r != "" {
		return r
	}
	return otherwise
}

// reasonOf returns why the first of some objects isn't known that isn't.
func (in *interp) reasonOf(os []object, otherwise string) string {
	for _, o := range os {
		if p, ok := o.(*place); ok && !in.st.content(p).open {
			continue
		}
		switch o.(type) {
		case *function, *class, module:
			continue
		}
		if r := in.reason(o); r != "" {
			return r
		}
	}
	return otherwise
}

// texts returns a new list of texts.
func (in *interp) texts(words []string, a *arguments) object {
	in.charge(itemsPerStep + len(words))
	if len(words) > maxFrozen {
		return unknown("it has too many elements")
	}
	c := &content{entries: make([]entry, len(words))}
	for i, w := range words {
		c.entries[i].obj = datum{value.OfString(w).From(a.at)}
	}
	p := &place{kind: listPlace, span: a.at, header: a.at}
	in.st.setContent(p, c)
	return p
}

func (in *interp) tuple(a *arguments, os ...object) object {
	c := &content{}
	for _, o := range os {
		c.entries = append(c.entries, entry{obj: in.placed(o, a)})
	}
	p := &place{kind: listPlace, form: tupleForm, span: a.at, header: a.at}
	in.st.setContent(p, c)
	return p
}

// textMethod evaluates a method of a known text; nil where it isn't modelled for such arguments.
func (in *interp) textMethod(s, name string, os []object, a *arguments) object {
	in.charge(len(s) / charactersPerItem)
	if o := plainMethod(s, name, len(os)); o != nil && len(a.keywords) == 0 {
		return o
	}
	if o := in.splitMethod(s, name, os, a); o != nil {
		return o
	}
	if len(a.keywords) > 0 || len(os) == 0 {
		if name == "encode" && len(os) == 0 {
			return octets{s}
		}
		return nil
	}
	if name == "startswith" || name == "endswith" {
		return in.affix(s, name, os)
	}
	first, ok := textIn(os[0])
	if !ok {
		return in.sized(s, name, os)
	}
	switch {
	case len(os) == 1:
		return in.oneText(s, name, first, a)
	case name == "replace":
		to, known := textIn(os[1])
		times := -1
		if len(os) == 3 {
			n, isNumber := number(os[2])
			if !isNumber {
				return nil
			}
			times = n
		}
		if known && len(os) <= 3 && (len(s)+1)*(len(to)+1) < maxText {
			return datum{value.OfString(strings.Replace(s, first, to, times))}
		}
	}
	return nil
}

// plainMethod evaluates a method that takes nothing. Of letters outside of ASCII the case is Unicode's own matter.
func plainMethod(s, name string, args int) object {
	if args > 0 {
		return nil
	}
	text := func(t string) object { return datum{value.OfString(t)} }
	switch name {
	case "strip":
		return text(strings.TrimFunc(s, isBlank))
	case "lstrip":
		return text(strings.TrimLeftFunc(s, isBlank))
	case "rstrip":
		return text(strings.TrimRightFunc(s, isBlank))
	}
	if !isASCII(s) {
		return nil
	}
	switch name {
	case "lower", "casefold":
		return text(strings.ToLower(s))
	case "upper":
		return text(strings.ToUpper(s))
	case "title":
		return text(titled(s))
	case "capitalize":
		if s == "" {
			return text(s)
		}
		return text(strings.ToUpper(s[:1]) + strings.ToLower(s[1:]))
	case "swapcase":
		return text(strings.Map(func(r rune) rune {
			if unicode.IsUpper(r) {
				return unicode.ToLower(r)
			}
			return unicode.ToUpper(r)
		}, s))
	case "isdigit", "isdecimal", "isnumeric":
		return datum{value.OfBool(s != "" && strings.Trim(s, "0123456789") == "")}
	case "isalpha":
		return datum{value.OfBool(s != "" && strings.TrimFunc(s, unicode.IsLetter) == "")}
	case "isalnum":
		return datum{value.OfBool(s != "" && strings.TrimFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) == "")}
	case "isspace":
		return datum{value.OfBool(s != "" && strings.TrimFunc(s, isBlank) == "")}
	case "isupper":
		return datum{value.OfBool(s == strings.ToUpper(s) && s != strings.ToLower(s))}
	case "islower":
		return datum{value.OfBool(s == strings.ToLower(s) && s != strings.ToUpper(s))}
	}
	return nil
}

// titled returns s.title() of ASCII: each run of letters begins with a capital.
func titled(s string) string {
	letter := false
	return strings.Map(func(r rune) rune {
		within := letter
		letter = unicode.IsLetter(r)
		if within {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// oneText evaluates a method that takes one text.
func (in *interp) oneText(s, name, arg string, a *arguments) object {
	text := func(t string) object { return datum{value.OfString(t)} }
	switch name {
	case "strip":
		return text(strings.Trim(s, arg))
	case "lstrip":
		return text(strings.TrimLeft(s, arg))
	case "rstrip":
		return text(strings.TrimRight(s, arg))
	case "removeprefix":
		return text(strings.TrimPrefix(s, arg))
	case "removesuffix":
		return text(strings.TrimSuffix(s, arg))
	case "partition", "rpartition":
		if arg == "" {
			return nil
		}
		i := strings.Index(s, arg)
		if name == "rpartition" {
			i = strings.LastIndex(s, arg)
		}
		switch {
		case i >= 0:
			return in.tuple(a, text(s[:i]), text(arg), text(s[i+len(arg):]))
		case name == "partition":
			return in.tuple(a, text(s), text(""), text(""))
		}
		return in.tuple(a, text(""), text(""), text(s))
	case "count":
		if arg != "" {
			return ofInt(int64(strings.Count(s, arg)))
		}
	case "find", "rfind", "index", "rindex":
		i := strings.Index(s, arg)
		if name[0] == 'r' {
			i = strings.LastIndex(s, arg)
		}
		if i < 0 && strings.HasSuffix(name, "index") {
			return nil // it raises
		}
		if i > 0 {
			i = utf8.RuneCountInString(s[:i])
		}
		return ofInt(int64(i))
	case "encode":
		if arg == "utf-8" || arg == "utf8" || arg == "ascii" && isASCII(s) {
			return octets{s}
		}
	}
	return nil
}

// sized evaluates a method that takes a width.
func (in *interp) sized(s, name string, os []object) object {
	width, ok := number(os[0])
	if !ok || width > maxText || len(os) > 2 {
		return nil
	}
	fill := " "
	if len(os) == 2 {
		f, isText := textIn(os[1])
		if !isText || utf8.RuneCountInString(f) != 1 {
			return nil
		}
		fill = f
	}
	room := max(width-utf8.RuneCountInString(s), 0)
	switch {
	case name == "zfill" && len(os) == 1:
		sign := ""
		if s != "" && (s[0] == '-' || s[0] == '+') {
			sign, s = s[:1], s[1:]
		}
		return datum{value.OfString(sign + strings.Repeat("0", room) + s)}
	case name == "ljust":
		return datum{value.OfString(s + strings.Repeat(fill, room))}
	case name == "rjust":
		return datum{value.OfString(strings.Repeat(fill, room) + s)}
	case name == "center":
		// CPython puts the odd blank on the left where the width is odd.
		left := room/2 + room&width&1
		return datum{value.OfString(strings.Repeat(fill, left) + s + strings.Repeat(fill, room-left))}
	}
	return nil
}

// affix evaluates startswith and endswith of one text, or of a tuple of them.
func (in *interp) affix(s, name string, os []object) object {
	if len(os) != 1 {
		return nil
	}
	has := strings.HasPrefix
	if name == "endswith" {
		has = strings.HasSuffix
	}
	if t, ok := textIn(os[0]); ok {
		return datum{value.OfBool(has(s, t))}
	}
	items, complete := in.elements(os[0])
	if p, ok := os[0].(*place); !ok || p.form != tupleForm || !complete {
		return nil
	}
	any := false
	for _, item := range items {
		t, ok := textIn(item.obj)
		if !ok {
			return nil
		}
		any = any || has(s, t)
	}
	return datum{value.OfBool(any)}
}
