package jobconfig

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// What a definition computes when the pipeline runs stands in objects of one member: {"Get": "Parameters.X"}, {"Std:Join": ...}.
// https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
const (
	getFunction       = "Get"
	joinFunction      = "Std:Join"
	standardFunctions = "Std:"
)

// maxJoined bounds the letters of all texts that one definition puts together: a long default that is joined a thousand times
// would fill the memory. A definition has at most a million letters itself.
const maxJoined = 1 << 20

// maxTold bounds the parameters without a default whose values are told apart, each in worlds of its own.
const maxTold = 6

// declare takes down the defaults of the parameters.
func (d *definition) declare(v value.Value) {
	d.parameters = map[string]value.Value{}
	list := v.Attr("Parameters")
	members, complete := list.Members()
	for _, m := range members {
		name := m.Value.Attr("Name").Literal()
		if m.Value.Kind() != value.KindObject || name == "" || len(m.When) > 0 {
			d.missing = "not all parameters of the pipeline are known"
			continue
		}
		d.parameters[name] = d.parameter(name, m.Value)
	}
	for _, c := range complete.Cases() {
		d.missing = cmp.Or(d.missing, c.Reason)
	}
}

// parameter returns what a parameter is: its default, which an execution may override, or else one of the values that it may
// have.
func (d *definition) parameter(name string, v value.Value) value.Value {
	def := v.Attr("DefaultValue")
	switch def.Kind() {
	case value.KindAbsent:
	case value.KindList, value.KindObject:
		return value.OfOpaque("the default of the pipeline's parameter " + name + " is a " + def.Kind().String())
	default:
		return def.Noted("the default of the pipeline's parameter " + name + isValue(name, def) + ", which an execution may override")
	}
	enum := v.Attr("EnumValues")
	var texts []string
	for _, e := range enum.Elems() {
		if s, known := e.AsString(); known {
			texts = append(texts, s)
		}
	}
	if len(texts) == 0 || len(texts) != len(enum.Elems()) || enum.Open() || d.told == maxTold {
		return value.OfOpaque("the pipeline's parameter " + name + " has no default")
	}
	d.told++
	arms := make([]value.Arm, len(texts))
	for i, e := range enum.Elems() {
		arms[i] = value.Arm{
			When: value.World{{
				Var:    "pipeline parameter " + d.owner.Addr.Unit + " " + d.owner.Addr.Name + " " + name,
				Is:     texts[i],
				Text:   "the pipeline's parameter " + name + " is " + texts[i],
				Domain: value.Values(texts),
			}},
			Value: e.Noted("a value of the pipeline's parameter " + name),
		}
	}
	return value.OfChoice(arms)
}

// longestShown is how long a value is that a trace shows.
const longestShown = 80

// isValue says what a default is, unless its name says that it is nobody's business.
func isValue(name string, v value.Value) string {
	text, known := v.AsString()
	name = strings.ToLower(strings.ReplaceAll(name, "_", ""))
	for _, word := range [...]string{"password", "passwd", "secret", "token", "credential", "apikey", "privatekey", "accesskey"} {
		known = known && !strings.Contains(name, word)
	}
	if !known || len(text) > longestShown {
		return ""
	}
	return " is " + strconv.Quote(text)
}

// resolve returns a part of a step's arguments with all that is known before the pipeline runs.
func (d *definition) resolve(v value.Value) value.Value {
	switch v.Kind() {
	case value.KindChoice:
		return v.Map(d.resolve)
	case value.KindList:
		return d.list(v)
	case value.KindObject:
		fields := v.Fields()
		if len(fields) == 1 && !v.Open() {
			if name := fields[0].Name; name == getFunction || strings.HasPrefix(name, standardFunctions) {
				return d.expression(v, fields[0])
			}
		}
		return d.object(v)
	}
	return v
}

func (d *definition) list(v value.Value) value.Value {
	elems := make([]value.Value, len(v.Elems()))
	for i, e := range v.Elems() {
		elems[i] = d.resolve(e).MaybeAs(e)
	}
	if v.Open() {
		return value.OfOpenList(elems, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return value.OfList(elems, false).WithOrigin(v.Origin())
}

func (d *definition) object(v value.Value) value.Value {
	fields := make([]value.Field, len(v.Fields()))
	for i, f := range v.Fields() {
		fields[i] = value.Field{Name: f.Name, Key: f.Key, Value: d.resolve(f.Value)}
	}
	if v.Open() {
		return value.OfOpenObject(fields, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// expression returns what an object of one member comes to, as used where that member says what it is.
func (d *definition) expression(v value.Value, f value.Field) value.Value {
	at := f.Key
	if o := v.Origin(); at.IsZero() && o != nil {
		at = o.Span
	}
	switch f.Name {
	case getFunction:
		if o := f.Value.Origin(); o != nil && !o.Span.IsZero() {
			at = o.Span
		}
		path, known := f.Value.AsString()
		if !known {
			return used(value.OfOpaque(cmp.Or(f.Value.Reason(), "what it gets is not known")), at)
		}
		return used(d.get(path), at)
	case joinFunction:
		return used(d.join(f.Value), at)
	}
	return used(value.OfOpaque("the pipeline computes it with "+f.Name+" when it runs"), at)
}

// used returns a value as used at a place, if there is one.
func used(v value.Value, at source.Span) value.Value {
	if at.IsZero() {
		return v
	}
	return v.Map(func(v value.Value) value.Value { return v.Use(at) }).Use(at)
}

// get returns what a reference leads to.
func (d *definition) get(path string) value.Value {
	root, rest, _ := strings.Cut(path, ".")
	switch root {
	case "Parameters":
		if v, declared := d.parameters[rest]; declared {
			return v
		}
		return value.OfOpaque(cmp.Or(d.missing, "the pipeline has no parameter "+strconv.Quote(shortened(rest))))
	case "Steps":
		name, property, _ := strings.Cut(rest, ".")
		// The names of what steps make are how other steps refer to it.
		if i, there := d.named[name]; there && strings.HasSuffix(property, "Name") && !strings.ContainsAny(property, ".[") {
			return value.OfSymbol(value.Ref{Addr: d.steps[i].addr, Attr: property})
		}
		return value.OfOpaque("the step " + shortened(name) + " tells it when the pipeline runs")
	case "Execution":
		return value.OfPresent("it is known only when the pipeline runs: " + shortened(path))
	}
	return value.OfOpaque("it is known only when the pipeline runs: " + shortened(path))
}

// shortened returns a name as a message shows it.
func shortened(s string) string {
	if r := []rune(s); len(r) > longestShown {
		s = string(r[:longestShown]) + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// join returns the text that Std:Join puts together.
func (d *definition) join(v value.Value) value.Value {
	const unknown = "the pipeline joins it when it runs"
	if v.Kind() != value.KindObject || v.Open() {
		return value.OfOpaque(cmp.Or(v.Reason(), unknown), v.Refs()...)
	}
	values := v.Attr("Values")
	if values.Kind() != value.KindList || values.Open() {
		return value.OfOpaque(cmp.Or(values.Reason(), unknown), values.Refs()...)
	}
	on := empty(v.Attr("On"))
	if on.Kind() == value.KindAbsent {
		on = value.OfString("")
	}
	var parts []value.Value
	for i, e := range values.Elems() {
		if e = empty(e); e.MayBeMissing() {
			return value.OfOpaque(cmp.Or(e.WhyMissing(), unknown), e.Refs()...)
		}
		if i > 0 {
			parts = append(parts, on)
		}
		parts = append(parts, d.resolve(e))
	}
	for _, part := range parts {
		for _, p := range part.Parts() {
			d.joined += len(p.Literal())
		}
	}
	if d.joined > maxJoined {
		return value.OfOpaque("the texts that the definition joins are too long")
	}
	// A text of an empty part and an unknown one may be empty.
	return value.OfText(slices.DeleteFunc(parts, func(p value.Value) bool {
		text, known := p.AsString()
		return known && text == ""
	})...)
}

// empty returns the empty text where one is written. In a request that is one that nobody has filled in; here it is what most
// texts are joined with.
func empty(v value.Value) value.Value {
	if o := v.Origin(); v.Kind() == value.KindOpaque && o != nil && (o.Span.Text() == `""` || o.Span.Text() == `''`) {
		return value.OfString("").WithOrigin(o)
	}
	return v
}
