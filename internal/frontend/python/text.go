package python

import (
	"cmp"
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

// splitMethod evaluates split, rsplit and splitlines, with which scripts read lists of subnets from one text.
func (in *interp) splitMethod(s, name string, os []object, a *arguments) object {
	if name == "splitlines" && len(os) == 0 && len(a.keywords) == 0 {
		return in.texts(lines(s), a)
	}
	if name != "split" && name != "rsplit" || len(os) > 2 {
		return nil
	}
	var sep, most object = none(a.at), nil
	if len(os) > 0 {
		sep = os[0]
	}
	if len(os) > 1 {
		most = os[1]
	}
	for _, kw := range a.keywords {
		switch kw.name {
		case "sep":
			sep = kw.obj
		case "maxsplit":
			most = kw.obj
		default:
			return nil
		}
	}
	limit := -1
	if most != nil {
		n, ok := number(most)
		if !ok {
			return nil
		}
		limit = n
	}
	by, isText := textIn(sep)
	d, isDatum := sep.(datum)
	switch {
	case isText && by != "" && limit < 0:
		return in.texts(strings.Split(s, by), a)
	case isText && by != "" && name == "split":
		return in.texts(strings.SplitN(s, by, limit+1), a)
	case isText && by != "":
		return in.texts(splitLast(s, by, limit), a)
	case isDatum && d.Kind() == value.KindAbsent && limit < 0:
		return in.texts(strings.FieldsFunc(s, isBlank), a)
	}
	return nil
}

func splitLast(s, by string, limit int) []string {
	var out []string
	for limit > 0 {
		i := strings.LastIndex(s, by)
		if i < 0 {
			break
		}
		out = append([]string{s[i+len(by):]}, out...)
		s = s[:i]
		limit--
	}
	return append([]string{s}, out...)
}

// lines returns s.splitlines().
func lines(s string) []string {
	var out []string
	for len(s) > 0 {
		i := strings.IndexFunc(s, func(r rune) bool {
			return r >= '\n' && r <= '\r' || r >= 0x1c && r <= 0x1e || r == 0x85 || r == 0x2028 || r == 0x2029
		})
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		_, size := utf8.DecodeRuneInString(s[i:])
		if strings.HasPrefix(s[i:], "\r\n") {
			size = len("\r\n")
		}
		s = s[i+size:]
	}
	return out
}

// partialMethod evaluates a method of a text of which some parts aren't known, as far as the known ones decide it.
func (in *interp) partialMethod(d datum, name string, os []object, a *arguments) object {
	parts := d.Parts()
	switch name {
	case "lower", "upper", "casefold":
		out := make([]value.Value, len(parts))
		for i, p := range parts {
			out[i] = value.OfOpaque(p.Reason(), p.Refs()...)
			if s, ok := p.AsString(); ok {
				lowered, isDatum := plainMethod(s, name, 0).(datum)
				if !isDatum {
					return nil
				}
				out[i] = lowered.Value
			}
		}
		return datum{in.textOf(out)}
	case "startswith", "endswith":
		if len(os) == 1 {
			if t, ok := textIn(os[0]); ok {
				return partialAffix(d.Value, name, t)
			}
		}
	case "split":
		if by, ok := oneOf(os); ok && by != "" && len(a.keywords) == 0 {
			return in.partialSplit(d, by, a)
		}
	case "strip", "lstrip", "rstrip":
		return nil
	case "removeprefix":
		if t, ok := oneOf(os); ok {
			if prefix, _ := d.Prefix(); strings.HasPrefix(prefix, t) {
				out := append([]value.Value{value.OfString(prefix[len(t):])}, parts[1:]...)
				return datum{in.textOf(out)}
			}
		}
	}
	return nil
}

func oneOf(os []object) (string, bool) {
	if len(os) != 1 {
		return "", false
	}
	return textIn(os[0])
}

// partialAffix decides startswith and endswith where the known end of a text is long enough, or differs.
func partialAffix(v value.Value, name, t string) object {
	if name == "startswith" {
		known, _ := v.Prefix()
		switch n := min(len(known), len(t)); {
		case len(known) >= len(t):
			return datum{value.OfBool(strings.HasPrefix(known, t))}
		case known[:n] != t[:n]:
			return datum{value.OfBool(false)}
		}
		return nil
	}
	known, _ := v.Suffix()
	switch n := min(len(known), len(t)); {
	case len(known) >= len(t):
		return datum{value.OfBool(strings.HasSuffix(known, t))}
	case known[len(known)-n:] != t[len(t)-n:]:
		return datum{value.OfBool(false)}
	}
	return nil
}

// partialSplit splits a text of which some parts aren't known: the words before the first such part are known, and there is
// one more at least.
func (in *interp) partialSplit(d datum, by string, a *arguments) object {
	prefix, _ := d.Prefix()
	// The separator may begin in the known part and end in the unknown one.
	words := strings.Split(prefix, by)
	if len(by) > 1 {
		words = words[:1]
		if !strings.Contains(prefix, by) {
			words = words[:0]
		} else {
			words = []string{prefix[:strings.Index(prefix, by)]}
		}
	} else {
		words = words[:len(words)-1]
	}
	reason := in.reason(d)
	c := &content{open: true, reason: reason}
	for _, w := range words {
		c.entries = append(c.entries, entry{obj: datum{value.OfString(w).From(a.at)}})
	}
	c.entries = append(c.entries, entry{obj: unknown(reason).at(a.at)})
	p := &place{kind: listPlace, span: a.at, header: a.at}
	in.st.setContent(p, c)
	return p
}

// joinText evaluates sep.join(list).
func (in *interp) joinText(sep datum, a *arguments) object {
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		reason, inOrder := in.reason(os[0]), in.ordered(os[0])
		items, complete := in.elements(os[0])
		if !complete || !inOrder {
			return unknown(cmp.Or(reason, "it is joined when the script runs")).at(a.at)
		}
		in.charge(len(items))
		var parts []value.Value
		for _, item := range items {
			o := narrow(item.obj, in.st.path)
			if c, several := o.(*choice); several {
				if !certain([]entry{{obj: c}}) {
					return unknown(in.reasonOr(o, "it is joined when the script runs")).at(a.at)
				}
			}
			if len(parts) > 0 {
				parts = append(parts, sep.Value)
			}
			part := in.part(o)
			if d, isDatum := o.(datum); isDatum && d.Kind() == value.KindScalar && !isText(d) {
				return unknown("it is joined when the script runs").at(a.at) // it raises
			}
			parts = append(parts, part)
		}
		return datum{in.textOf(parts).From(a.at)}
	})
}

// octetsMethod evaluates a method of bytes.
func octetsMethod(o octets, name string, a *arguments) object {
	if name != "decode" {
		return nil
	}
	if len(a.positional) > 0 {
		if enc, ok := textIn(a.positional[0].obj); !ok || enc != "utf-8" && enc != "utf8" && enc != "ascii" {
			return nil
		}
	}
	if !utf8.ValidString(o.s) || len(a.keywords) > 0 {
		return nil
	}
	return datum{value.OfString(o.s).From(a.at)}
}
