package python

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// strOf returns str(o) as a part of a text.
func (in *interp) strOf(o object) value.Value {
	switch o := o.(type) {
	case datum:
		switch o.Kind() {
		case value.KindScalar:
			switch s, _ := o.Scalar(); s {
			case true:
				return value.OfString("True")
			case false:
				return value.OfString("False")
			}
			return value.OfString(o.Literal()).WithOrigin(o.Origin())
		case value.KindText, value.KindSymbol, value.KindOpaque:
			return o.Value
		case value.KindAbsent:
			return value.OfString("None")
		}
	case *place:
		if o.kind == instancePlace {
			if text, ok := in.instanceText(o); ok {
				return text
			}
			return value.OfOpaque(in.reasonOr(o, "it is the text of an object"))
		}
		if s, ok := in.reprOf(o, 0); ok {
			return value.OfString(s)
		}
	case *choice:
		return value.OfOpaque(in.reasonOr(o, "it depends on a condition"))
	}
	return value.OfOpaque(in.reasonOr(o, "it is the text of an object"))
}

// part returns o as a part of a text. Alternatives are told apart by whoever puts the text together.
func (in *interp) part(o object) value.Value { return in.strOf(narrow(o, in.st.path)) }

// reprOf returns repr(o) of what is known entirely.
func (in *interp) reprOf(o object, depth int) (string, bool) {
	if depth > maxFreeze {
		return "", false
	}
	switch o := narrow(o, in.st.path).(type) {
	case datum:
		switch s, _ := o.Scalar(); s := s.(type) {
		case string:
			return quote(s)
		case bool, value.Number:
			return in.strOf(o).Literal(), true
		}
		return "None", o.Kind() == value.KindAbsent
	case *place:
		return in.reprPlace(o, depth)
	}
	return "", false
}

func (in *interp) reprPlace(p *place, depth int) (string, bool) {
	c := in.st.content(p)
	if c.open || c.shuffled || p.kind == instancePlace || p.form == setForm || p.form == iteratorForm {
		return "", false
	}
	in.charge(itemsPerStep + len(c.entries))
	items := make([]string, len(c.entries))
	size := 0
	for i, e := range c.entries {
		s, ok := in.reprOf(e.obj, depth+1)
		if !ok {
			return "", false
		}
		if p.kind == dictPlace {
			key, ok := in.reprOf(keyObject(e.name, e.key), depth+1)
			if !ok {
				return "", false
			}
			s = key + ": " + s
		}
		items[i] = s
		if size += len(s); size > maxText {
			return "", false
		}
	}
	all := strings.Join(items, ", ")
	switch {
	case p.kind == dictPlace:
		return "{" + all + "}", true
	case p.form == tupleForm && len(items) == 1:
		return "(" + all + ",)", true
	case p.form == tupleForm:
		return "(" + all + ")", true
	}
	return "[" + all + "]", true
}

// quote returns repr of a text.
func quote(s string) (string, bool) {
	mark := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		mark = '"'
	}
	var b strings.Builder
	b.WriteByte(mark)
	for _, r := range s {
		switch {
		case r == rune(mark) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r == 0x7f:
			b.WriteString(`\x` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		case r >= utf8.RuneSelf && !unicode.IsLetter(r) || r == utf8.RuneError:
			return "", false // whether it is printable depends on the version of Unicode
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(mark)
	return b.String(), true
}

// joined evaluates an f-string. Its known parts stay known, as tests for `startswith` and names of resources need.
func (in *interp) joined(e *pyast.JoinedStr) object {
	os := make([]object, len(e.Values))
	for i, v := range e.Values {
		switch v := v.(type) {
		case *pyast.Constant:
			os[i] = in.literal(v)
		case *pyast.FormattedValue:
			o := in.eval(v.Value)
			if v.Conversion > 0 {
				o = in.converted(o, rune(v.Conversion))
			}
			if v.FormatSpec != nil {
				spec := in.eval(v.FormatSpec)
				o = in.combine([]object{o, spec}, func(os []object) object {
					s, ok := textIn(os[1])
					if !ok {
						return unknown(in.reasonOr(os[1], unformatted))
					}
					return in.formatted(os[0], s)
				})
			}
			os[i] = o
		default:
			os[i] = in.eval(v)
		}
	}
	return in.concat(os, in.span(e))
}

const unformatted = "its format is applied when the script runs"

// converted applies !r, !s or !a.
func (in *interp) converted(o object, conversion rune) object {
	return apply(narrow(o, in.st.path), func(o object) object {
		if conversion == 's' {
			return datum{in.strOf(o)}
		}
		if s, ok := in.reprOf(o, 0); ok && (conversion == 'r' || isASCII(s)) {
			return datum{value.OfString(s)}
		}
		return unknown(in.reasonOr(o, unformatted))
	})
}

// formatted returns format(o, spec).
func (in *interp) formatted(o object, spec string) object {
	if spec == "" {
		return datum{in.strOf(o)}
	}
	d, isDatum := o.(datum)
	f, ok := parseFormat(spec)
	if !isDatum || !ok {
		return unknown(in.reasonOr(o, unformatted))
	}
	if s, isText := textIn(d); isText {
		if t, ok := f.text(s); ok {
			return datum{value.OfString(t)}
		}
	} else if n, isNumber := numberOf(d); isNumber {
		if t, ok := f.number(n); ok {
			return datum{value.OfString(t)}
		}
	}
	return unknown(in.reasonOr(o, unformatted))
}

// concat returns the text that objects are side by side, in each combination of their alternatives.
func (in *interp) concat(os []object, at spanOf) object {
	return in.combine(os, func(os []object) object {
		parts := make([]value.Value, len(os))
		for i, o := range os {
			parts[i] = in.strOf(o)
		}
		return datum{in.textOf(parts).From(at)}
	})
}

// A layout is a format specification of Python's own types:
// https://docs.python.org/3/library/string.html#format-specification-mini-language
type layout struct {
	fill  string
	align byte // 0 where none is given
	sign  byte
	alt   bool
	width int
	group byte
	prec  int // -1 where none is given
	verb  byte
}

func parseFormat(spec string) (layout, bool) {
	f := layout{fill: " ", prec: -1}
	if r, size := utf8.DecodeRuneInString(spec); size < len(spec) && strings.IndexByte("<>=^", spec[size]) >= 0 {
		f.fill, f.align, spec = string(r), spec[size], spec[size+1:]
	} else if spec != "" && strings.IndexByte("<>=^", spec[0]) >= 0 {
		f.align, spec = spec[0], spec[1:]
	}
	take := func(set string) byte {
		if spec != "" && strings.IndexByte(set, spec[0]) >= 0 {
			c := spec[0]
			spec = spec[1:]
			return c
		}
		return 0
	}
	count := func() (int, bool) {
		i := 0
		for i < len(spec) && spec[i] >= '0' && spec[i] <= '9' {
			i++
		}
		n, err := strconv.Atoi(spec[:i])
		spec = spec[i:]
		return n, err == nil && n <= maxWidth
	}
	f.sign = take("+- ")
	f.alt = take("#") != 0
	if take("0") != 0 && f.align == 0 {
		f.fill, f.align = "0", '='
	}
	if spec != "" && spec[0] >= '0' && spec[0] <= '9' {
		n, ok := count()
		if !ok {
			return f, false
		}
		f.width = n
	}
	f.group = take(",_")
	if take(".") != 0 {
		n, ok := count()
		if !ok {
			return f, false
		}
		f.prec = n
	}
	f.verb = take("bcdeEfFgGnosxX%")
	return f, spec == ""
}

// maxWidth bounds the width and the precision of a format.
const maxWidth = 1000

// pad fills a text up to the width.
func (f layout) pad(s string, align byte) string {
	room := max(f.width-utf8.RuneCountInString(s), 0)
	switch align {
	case '<':
		return s + strings.Repeat(f.fill, room)
	case '^':
		return strings.Repeat(f.fill, room/2) + s + strings.Repeat(f.fill, room-room/2)
	}
	return strings.Repeat(f.fill, room) + s
}

// text formats a str.
func (f layout) text(s string) (string, bool) {
	if f.verb != 0 && f.verb != 's' || f.sign != 0 || f.alt || f.group != 0 || f.align == '=' && f.fill != "0" {
		return "", false
	}
	if f.prec >= 0 {
		if r := []rune(s); len(r) > f.prec {
			s = string(r[:f.prec])
		}
	}
	align := f.align
	if align == 0 || align == '=' {
		align = '<'
	}
	if f.align == '=' {
		// "=" isn't allowed for texts; that a leading 0 fills them is new in Python 3.10.
		return "", false
	}
	return f.pad(s, align), true
}

// number formats an int or a float.
func (f layout) number(n num) (string, bool) {
	digits, negative, ok := f.digits(n)
	if !ok {
		return "", false
	}
	sign := ""
	switch {
	case negative:
		sign = "-"
	case f.sign == '+' || f.sign == ' ':
		sign = string(f.sign)
	}
	if f.group != 0 {
		if f.align == '=' && f.fill == "0" && f.width > 0 {
			return "", false // the zeros are grouped too
		}
		digits = grouped(digits, string(f.group))
	}
	if f.align == '=' {
		f.width -= len(sign)
		return sign + f.pad(digits, '>'), true
	}
	align := f.align
	if align == 0 {
		align = '>'
	}
	return f.pad(sign+digits, align), true
}

func (f layout) digits(n num) (s string, negative, ok bool) {
	if !n.real && strings.IndexByte("\x00dn", f.verb) >= 0 && f.prec < 0 && !f.alt {
		s = strconv.FormatInt(n.i, 10)
		return strings.TrimPrefix(s, "-"), n.i < 0, true
	}
	if base := map[byte]int{'b': 2, 'o': 8, 'x': 16, 'X': 16}[f.verb]; base != 0 && !n.real && f.prec < 0 {
		s = strings.TrimPrefix(strconv.FormatInt(n.i, base), "-")
		if f.alt || f.group != 0 {
			return "", false, false
		}
		if f.verb == 'X' {
			s = strings.ToUpper(s)
		}
		return s, n.i < 0, true
	}
	if f.alt {
		return "", false, false
	}
	prec := f.prec
	if prec < 0 {
		prec = 6
	}
	v := n.float()
	if !n.real && n.i != int64(v) {
		return "", false, false
	}
	switch f.verb {
	case 'f', 'F', 'e', 'E':
		s = strconv.FormatFloat(v, f.verb|0x20, prec, 64)
		if f.verb == 'E' {
			s = strings.ToUpper(s)
		}
	case '%':
		s = strconv.FormatFloat(v*100, 'f', prec, 64) + "%"
	case 0:
		if f.prec >= 0 || !n.real {
			return "", false, false
		}
		s = floatText(v)
	default:
		return "", false, false
	}
	return strings.TrimPrefix(s, "-"), strings.HasPrefix(s, "-"), true
}

// grouped puts a separator between each three digits of a number's whole part.
func grouped(digits, by string) string {
	whole, rest := digits, ""
	if i := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		whole, rest = digits[:i], digits[i:]
	}
	var out []string
	for len(whole) > 3 {
		out = append([]string{whole[len(whole)-3:]}, out...)
		whole = whole[:len(whole)-3]
	}
	return strings.Join(append([]string{whole}, out...), by) + rest
}
