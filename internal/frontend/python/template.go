package python

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

type spanOf = source.Span

// formatMethod evaluates "...".format(...) and format_map.
func (in *interp) formatMethod(d datum, name string, a *arguments) object {
	text, ok := d.AsString()
	if !ok {
		return unknown(in.reasonOr(d, unformatted)).at(a.at)
	}
	if name == "format_map" {
		if len(a.positional) != 1 {
			return unknown(unformatted).at(a.at)
		}
		spread := &arguments{at: a.at}
		m := in.mapping(a.positional[0].obj)
		for _, e := range m.entries {
			spread.keywords = append(spread.keywords, argument{name: e.name, obj: e.obj})
		}
		if m.open {
			spread.open = m.reason
		}
		a = spread
	}
	fields, ok := in.fieldsOf(text, a)
	if !ok {
		return unknown(unformatted).at(a.at)
	}
	return in.concat(fields, a.at)
}

// fieldsOf returns the pieces of a text with fields in braces, each field formatted.
func (in *interp) fieldsOf(text string, a *arguments) ([]object, bool) {
	var out []object
	next := 0
	for len(text) > 0 {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			break
		}
		out = append(out, knownText(text[:i]))
		if strings.HasPrefix(text[i:], "{{") || strings.HasPrefix(text[i:], "}}") {
			out = append(out, knownText(text[i:i+1]))
			text = text[i+2:]
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		field := text[i+1 : max(i+end, i+1)]
		if text[i] == '}' || end < 0 || strings.ContainsAny(field, "{") || len(out) > maxFields {
			return nil, false
		}
		text = text[i+end+1:]
		field, spec, _ := strings.Cut(field, ":")
		field, conversion, converts := strings.Cut(field, "!")
		first := field
		if cut := strings.IndexAny(field, ".["); cut >= 0 {
			first = field[:cut]
		}
		if first == "" {
			first = strconv.Itoa(next)
			next++
		}
		o := in.fieldPath(in.fieldArgument(first, a), field[strings.IndexAny(field+".", ".["):])
		if converts {
			if len(conversion) != 1 {
				return nil, false
			}
			o = in.converted(o, rune(conversion[0]))
		}
		out = append(out, apply(narrow(o, in.st.path), func(o object) object { return in.formatted(o, spec) }))
	}
	return append(out, knownText(text)), true
}

// maxFields bounds the fields of one format.
const maxFields = 1000

// fieldArgument returns the argument that a field names.
func (in *interp) fieldArgument(name string, a *arguments) object {
	if i, err := strconv.Atoi(name); err == nil {
		if i >= 0 && i < len(a.positional) {
			return a.positional[i].obj
		}
	} else if kw, ok := a.keyword(name); ok {
		return kw.obj
	}
	if a.open != "" {
		return unknown(a.open)
	}
	return unknown("the field " + strconv.Quote(name) + " of its format isn't given")
}

// fieldPath follows the attributes and keys of a field: {0.name[key]}.
func (in *interp) fieldPath(o object, path string) object {
	for path != "" {
		key := path[1:]
		if path[0] == '.' {
			end := strings.IndexAny(key, ".[")
			if end < 0 {
				end = len(key)
			}
			name := key[:end]
			path = key[end:]
			o = apply(narrow(o, in.st.path), func(o object) object {
				if p, ok := o.(*place); ok && p.kind == instancePlace {
					if i, found := in.st.content(p).find(name); found {
						return in.st.content(p).entries[i].obj
					}
				}
				return unknown(in.reasonOr(o, unformatted))
			})
			continue
		}
		end := strings.IndexByte(key, ']')
		if end < 0 {
			return unknown(unformatted)
		}
		name := key[:end]
		path = key[end+1:]
		o = apply(narrow(o, in.st.path), func(o object) object {
			p, ok := o.(*place)
			if !ok || p.kind == instancePlace {
				return unknown(in.reasonOr(o, unformatted))
			}
			if n, ok := intOf(name); ok {
				return in.itemAt(p, n, unformatted)
			}
			return in.itemAt(p, knownText(name), unformatted)
		})
	}
	return o
}

// percent evaluates "..." % args.
func (in *interp) percent(format datum, args object) object {
	text, ok := format.AsString()
	if !ok {
		return unknown(in.reasonOr(format, unformatted))
	}
	v := &verbs{in: in, text: text, operands: []object{args}}
	if p, isPlace := args.(*place); isPlace {
		switch {
		case p.kind == dictPlace:
			v.named = p
		case p.kind == listPlace && p.form == tupleForm:
			items, complete := in.elements(args)
			if !complete || !certain(items) {
				return unknown(in.reasonOr(args, "its operands are known only when the script runs"))
			}
			v.operands = v.operands[:0]
			for _, item := range items {
				v.operands = append(v.operands, item.obj)
			}
		}
	} else if d, isDatum := args.(datum); isDatum && d.Kind() == value.KindOpaque {
		// It may be a tuple: then each verb takes a part of it.
		if strings.Count(strings.ReplaceAll(text, "%%", ""), "%") != 1 {
			return unknown(d.Reason())
		}
	}
	return v.run()
}

// Verbs are what a format with percent signs is made of.
type verbs struct {
	in       *interp
	text     string
	operands []object
	named    *place
	out      []object
}

func (v *verbs) run() object {
	for {
		i := strings.IndexByte(v.text, '%')
		if i < 0 {
			break
		}
		v.out = append(v.out, knownText(v.text[:i]))
		v.text = v.text[i+1:]
		if !v.verb() || len(v.out) > maxFields {
			return unknown(unformatted)
		}
	}
	if v.named == nil && len(v.operands) > 0 {
		return unknown(unformatted) // it raises
	}
	return v.in.concat(append(v.out, knownText(v.text)), spanOf{})
}

// verb formats one operand; false where the format isn't one of Python's, or not a plain one.
func (v *verbs) verb() bool {
	var operand object
	if rest, ok := strings.CutPrefix(v.text, "("); ok && v.named != nil {
		name, after, closed := strings.Cut(rest, ")")
		if !closed {
			return false
		}
		operand, v.text = v.in.itemAt(v.named, knownText(name), unformatted), after
	}
	f := layout{fill: " ", align: '>', prec: -1}
	for v.text != "" && strings.IndexByte("#0- +", v.text[0]) >= 0 {
		switch v.text[0] {
		case '#':
			return false
		case '0':
			if f.align != '<' {
				f.fill, f.align = "0", '='
			}
		case '-':
			f.fill, f.align = " ", '<'
		default:
			f.sign = v.text[0]
		}
		v.text = v.text[1:]
	}
	f.width = v.count()
	if rest, ok := strings.CutPrefix(v.text, "."); ok {
		v.text = rest
		f.prec = v.count()
	}
	if v.text == "" || f.width > maxWidth || f.prec > maxWidth {
		return false
	}
	verb := v.text[0]
	v.text = v.text[1:]
	if verb == '%' {
		v.out = append(v.out, knownText("%"))
		return true
	}
	if operand == nil {
		if len(v.operands) == 0 {
			return false
		}
		operand, v.operands = v.operands[0], v.operands[1:]
	}
	if strings.IndexByte("srdiuxXofFeE", verb) < 0 {
		return false
	}
	v.out = append(v.out, apply(narrow(operand, v.in.st.path), func(o object) object { return v.in.verbText(f, verb, o) }))
	return true
}

func (v *verbs) count() int {
	n := 0
	for v.text != "" && v.text[0] >= '0' && v.text[0] <= '9' && n <= maxWidth {
		n = n*10 + int(v.text[0]-'0')
		v.text = v.text[1:]
	}
	return n
}

// verbText formats one operand.
func (in *interp) verbText(f layout, verb byte, o object) object {
	missed := unknown(in.reasonOr(o, unformatted))
	if verb == 's' || verb == 'r' {
		if verb == 'r' {
			o = in.converted(o, 'r')
		}
		s := in.strOf(o)
		if f.width == 0 && f.prec < 0 {
			return datum{s}
		}
		known, ok := s.AsString()
		f.sign, f.verb, f.fill = 0, 0, " "
		if f.align == '=' {
			f.align = '>'
		}
		if t, fits := f.text(known); ok && fits {
			return datum{value.OfString(t)}
		}
		return missed
	}
	n, ok := numberOf(o)
	if !ok {
		return missed
	}
	if strings.IndexByte("diu", verb) >= 0 {
		if n.real {
			return missed
		}
		verb = 'd'
	} else if n.real && strings.IndexByte("xXo", verb) >= 0 {
		return missed // it raises
	}
	f.verb = verb
	if t, ok := f.number(n); ok {
		return datum{value.OfString(t)}
	}
	return missed
}
