package python

import (
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

func containsText(s, sub string) bool { return strings.Contains(s, sub) }

// part returns o as a part of a text.
func (in *interp) part(o object) value.Value {
	v := in.freeze(narrow(o, in.st.path))
	switch v.Kind() {
	case value.KindScalar:
		if s, _ := v.Scalar(); s == true {
			return value.OfString("True")
		} else if s == false {
			return value.OfString("False")
		}
		return v
	case value.KindText, value.KindSymbol:
		return v
	case value.KindAbsent:
		return value.OfString("None")
	}
	return value.OfOpaque(in.reason(o), v.Refs()...)
}

// joined evaluates an f-string. Its known parts stay known, as tests for `startswith` and names of resources need.
func (in *interp) joined(e *pyast.JoinedStr) object {
	var parts []value.Value
	for _, v := range e.Values {
		switch v := v.(type) {
		case *pyast.Constant:
			parts = append(parts, in.part(in.literal(v)))
		case *pyast.FormattedValue:
			o := in.eval(v.Value)
			if v.FormatSpec != nil || v.Conversion >= 0 {
				o = unknown("its format is applied when the script runs")
			}
			parts = append(parts, in.part(o))
		}
	}
	return datum{in.textOf(parts).From(in.span(e))}
}

// maxText bounds the text that is put together.
const maxText = 64 << 10

func (in *interp) textOf(parts []value.Value) value.Value {
	size := 0
	for _, p := range parts {
		for _, q := range p.Parts() {
			size += len(q.Literal()) + 1
		}
	}
	if size > maxText {
		return value.OfOpaque("the text is too long")
	}
	return value.OfText(parts...)
}

// binary evaluates an operator over two operands.
func (in *interp) binary(e pyast.Node, op pyast.Operator, left, right object) object {
	left, right = narrow(left, in.st.path), narrow(right, in.st.path)
	if c, ok := left.(*choice); ok {
		return in.eachOf(c, func(o object) object { return in.binary(e, op, o, right) })
	}
	if c, ok := right.(*choice); ok {
		return in.eachOf(c, func(o object) object { return in.binary(e, op, left, o) })
	}
	if a, ok := left.(*place); ok {
		return in.joinPlaces(e, op, a, right)
	}
	computed := unknown("it is computed when the script runs")
	if r := in.reason(left); r != "" {
		computed = unknown(r)
	} else if r := in.reason(right); r != "" {
		computed = unknown(r)
	}
	at := in.span(e)
	x, okX := number(left)
	y, okY := number(right)
	switch {
	case okX && okY:
		return arithmetic(op, x, y, computed).at(at)
	case op == pyast.Mod && isText(left):
		return datum{in.percent(left.(datum), right).From(at)}
	case op == pyast.Add && (isText(left) || isText(right)):
		return datum{in.textOf([]value.Value{in.part(left), in.part(right)}).From(at)}
	}
	return computed.at(at)
}

// eachOf applies an operator to each alternative of an operand.
func (in *interp) eachOf(c *choice, f func(object) object) object {
	opts := make([]option, len(c.options))
	for i, opt := range c.options {
		opts[i] = option{opt.when, f(opt.obj)}
	}
	return choose(opts)
}

// isText reports whether an object is a str, even one that is known in part.
func isText(o object) bool {
	d, ok := o.(datum)
	if !ok {
		return false
	}
	if d.Kind() == value.KindText {
		return true
	}
	s, _ := d.Scalar()
	_, text := s.(string)
	return text
}

// arithmetic applies an operator to two integers that can't overflow.
func arithmetic(op pyast.Operator, x, y int, otherwise datum) datum {
	const small = 1 << 31
	if x > small || x < -small || y > small || y < -small {
		return otherwise
	}
	switch op {
	case pyast.Add:
		return datum{value.OfInt(x + y)}
	case pyast.Sub:
		return datum{value.OfInt(x - y)}
	case pyast.Mult:
		return datum{value.OfInt(x * y)}
	}
	return otherwise
}

// joinPlaces evaluates list + list and dict | dict; a list times a number may be empty.
func (in *interp) joinPlaces(e pyast.Node, op pyast.Operator, a *place, right object) object {
	p := &place{kind: a.kind, span: in.span(e), header: in.span(e)}
	switch {
	case a.kind == listPlace && op == pyast.Add:
		in.st.setContent(p, in.st.content(a))
		in.extend(p, right)
		return p
	case a.kind == dictPlace && op == pyast.BitOr:
		in.st.setContent(p, in.st.content(a))
		in.update(p, right)
		return p
	}
	return unknown("it is computed when the script runs")
}

// percent applies "..." % args where each verb is a plain %s or %d.
func (in *interp) percent(format datum, args object) value.Value {
	text, ok := format.AsString()
	if !ok {
		return value.OfOpaque(format.Reason())
	}
	operands := []object{args}
	if p, isPlace := args.(*place); isPlace {
		items, complete := in.elements(args)
		if !complete || p.kind != listPlace {
			return value.OfOpaque("its operands are known only when the script runs")
		}
		operands = operands[:0]
		for _, item := range items {
			operands = append(operands, item.obj)
		}
	}
	var parts []value.Value
	for {
		i := strings.IndexByte(text, '%')
		if i < 0 || i+1 >= len(text) {
			break
		}
		parts = append(parts, value.OfString(text[:i]))
		switch verb := text[i+1]; {
		case verb == '%':
			parts = append(parts, value.OfString("%"))
		case (verb == 's' || verb == 'd') && len(operands) > 0:
			parts = append(parts, in.part(operands[0]))
			operands = operands[1:]
		default:
			return value.OfOpaque("its format is applied when the script runs")
		}
		text = text[i+2:]
	}
	return in.textOf(append(parts, value.OfString(text)))
}

// format applies "...".format(args) where each field is plain: {}, {0} or {name}.
func (in *interp) format(text string, a *arguments) value.Value {
	var parts []value.Value
	next := 0
	for len(text) > 0 {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			break
		}
		parts = append(parts, value.OfString(text[:i]))
		if strings.HasPrefix(text[i:], "{{") || strings.HasPrefix(text[i:], "}}") {
			parts = append(parts, value.OfString(text[i:i+1]))
			text = text[i+2:]
			continue
		}
		end := strings.IndexByte(text[i:], '}')
		if text[i] == '}' || end < 0 {
			return value.OfOpaque("its format is no plain one")
		}
		field := text[i+1 : i+end]
		text = text[i+end+1:]
		var o object = unknown("the field " + strconv.Quote(field) + " of its format is known only when the script runs")
		n, err := strconv.Atoi(field)
		if field == "" {
			n, err = next, nil
			next++
		}
		if err == nil && n >= 0 && n < len(a.positional) {
			o = a.positional[n].obj
		} else if kw, ok := a.keyword(field); ok {
			o = kw.obj
		}
		parts = append(parts, in.part(o))
	}
	return in.textOf(append(parts, value.OfString(text)))
}

// stringMethod evaluates a method of a known string.
func (in *interp) stringMethod(d datum, name string, a *arguments) (object, bool) {
	s, ok := d.AsString()
	if !ok {
		return nil, false
	}
	first, hasFirst := "", false
	if len(a.positional) > 0 {
		if arg, isDatum := a.positional[0].obj.(datum); isDatum {
			first, hasFirst = arg.AsString()
		}
	}
	text := func(t string) (object, bool) { return datum{value.OfString(t).From(a.at)}, true }
	none := len(a.positional) == 0
	switch {
	case name == "format":
		return datum{in.format(s, a).From(a.at)}, true
	case name == "lower" && none:
		return text(strings.ToLower(s))
	case name == "upper" && none:
		return text(strings.ToUpper(s))
	case name == "strip" && none:
		return text(strings.TrimSpace(s))
	case name == "rstrip" && hasFirst:
		return text(strings.TrimRight(s, first))
	case name == "lstrip" && hasFirst:
		return text(strings.TrimLeft(s, first))
	case name == "strip" && hasFirst:
		return text(strings.Trim(s, first))
	case name == "replace" && hasFirst && len(a.positional) == 2:
		if to, isDatum := a.positional[1].obj.(datum); isDatum {
			if t, known := to.AsString(); known && len(s)*(len(t)+1) < maxText {
				return text(strings.ReplaceAll(s, first, t))
			}
		}
	case name == "startswith" && hasFirst:
		return datum{value.OfBool(strings.HasPrefix(s, first)).From(a.at)}, true
	case name == "endswith" && hasFirst:
		return datum{value.OfBool(strings.HasSuffix(s, first)).From(a.at)}, true
	case name == "split" && len(a.positional) < 2:
		return in.splitText(s, first, hasFirst, none, a), true
	case name == "join" && len(a.positional) == 1:
		return in.joinText(s, a), true
	}
	return nil, false
}

// splitText evaluates s.split(sep), with which scripts read lists of subnets from one text.
func (in *interp) splitText(s, sep string, hasSep, blanks bool, a *arguments) object {
	var words []string
	switch {
	case blanks:
		words = strings.Fields(s)
	case hasSep && sep != "":
		words = strings.Split(s, sep)
	default:
		return unknown("it is computed when the script runs").at(a.at)
	}
	c := &content{}
	for _, w := range words {
		c.entries = append(c.entries, entry{obj: datum{value.OfString(w).From(a.at)}})
	}
	p := &place{kind: listPlace, span: a.at, header: a.at}
	in.st.setContent(p, c)
	return p
}

// joinText evaluates sep.join(list).
func (in *interp) joinText(sep string, a *arguments) object {
	items, complete := in.elements(a.positional[0].obj)
	if !complete {
		return unknown(in.reason(a.positional[0].obj)).at(a.at)
	}
	var parts []value.Value
	for i, item := range items {
		if i > 0 {
			parts = append(parts, value.OfString(sep))
		}
		parts = append(parts, in.part(item.obj))
	}
	return datum{in.textOf(parts).From(a.at)}
}
