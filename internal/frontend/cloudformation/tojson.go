package cloudformation

import (
	"bytes"
	"encoding/json"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// toJSON evaluates Fn::ToJsonString: to who reads JSON its value is what it spells, see value.AsJSON.
func (t *template) toJSON(arg *doctree.Node, at source.Span, in scope) value.Value {
	return t.product(in, at, []value.Value{t.eval(arg, in.under(at))}, func(vs []value.Value) value.Value {
		v := vs[0]
		switch {
		case v.MayBeMissing():
			return value.OfOpaque(reasonOf(vs), v.Refs()...).From(at)
		case v.Kind() == value.KindOpaque:
			// JSON has no empty text.
			return value.OfPresent(v.Reason(), v.Refs()...).From(at)
		case v.Kind() != value.KindObject && v.Kind() != value.KindList || v.Encoded():
			return misused("Fn::ToJsonString", at, v)
		}
		return untyped(v).AsJSON()
	})
}

// untyped returns a value of which each number and boolean may be the text that spells it: the JSON that
// CloudFormation makes of a template doesn't always tell them apart.
func untyped(v value.Value) value.Value {
	if !v.Converts() {
		return v
	}
	switch v.Kind() {
	case value.KindScalar:
		return v.AsUntyped()
	case value.KindChoice:
		return v.Map(untyped)
	case value.KindList:
		elems := make([]value.Value, len(v.Elems()))
		for i, e := range v.Elems() {
			elems[i] = untyped(e)
		}
		return withElems(v, elems)
	case value.KindObject:
		fields := make([]value.Field, len(v.Fields()))
		for i, f := range v.Fields() {
			f.Value = untyped(f.Value)
			fields[i] = f
		}
		return withFields(v, fields)
	}
	return v
}

// withElems returns a list with other elements, one for each that it has.
func withElems(v value.Value, elems []value.Value) value.Value {
	list := value.OfList(elems, false)
	if v.Open() {
		list = value.OfOpenList(elems, v.Reason(), v.Refs()...).LedBy(len(v.Leading()))
	}
	if v.Encoded() {
		list = list.AsJSON()
	}
	return list.WithOrigin(v.Origin()).MaybeAs(v)
}

// withFields returns an object with other fields, one for each that it has.
func withFields(v value.Value, fields []value.Field) value.Value {
	object := value.OfObject(fields, false)
	if v.Open() {
		object = value.OfOpenObject(fields, v.Reason(), v.Refs()...)
	}
	if v.Encoded() {
		object = object.AsJSON()
	}
	return object.WithOrigin(v.Origin()).MaybeAs(v)
}

// spelled returns JSON as the text that it is, and anything else as it is.
func (t *template) spelled(v value.Value) value.Value {
	if !v.Encoded() {
		return v
	}
	w := jsonWriter{}
	w.write(v.Decoded())
	if t.spend(w.size / stretch); w.refused || t.spent() {
		return value.OfPresent("the JSON text that Fn::ToJsonString makes is not known", v.Refs()...).Spelling(v).MaybeAs(v).WithOrigin(v.Origin())
	}
	return value.OfText(w.parts...).WithOrigin(v.Origin()).MaybeAs(v)
}

// A jsonWriter spells a value as CloudFormation does, with no blanks. In which order members stand isn't said, so that only
// those which are sorted in the template are taken to be where they stand there:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
type jsonWriter struct {
	parts   []value.Value
	size    int
	refused bool
}

func (w *jsonWriter) text(s string) {
	w.size += len(s)
	w.refused = w.refused || w.size > maxText || len(w.parts) > maxParts
	if !w.refused {
		w.parts = append(w.parts, value.OfString(s))
	}
}

// quoted writes a text in quotes. Which characters besides the obligatory ones are escaped isn't documented.
func (w *jsonWriter) quoted(s string) {
	for _, r := range s {
		w.refused = w.refused || r > '~' || r < ' ' && r != '\n' && r != '\t'
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if w.refused || len(s) > maxText || e.Encode(s) != nil {
		w.refused = true
		return
	}
	w.text(string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
}

func (w *jsonWriter) write(v value.Value) {
	switch {
	case w.refused:
	case v.MayBeMissing(), v.Kind() == value.KindAbsent, v.Kind() == value.KindChoice, v.Open():
		w.refused = true
	case v.Encoded():
		inner := jsonWriter{}
		inner.write(v.Decoded())
		w.size += inner.size
		whole := value.OfText(inner.parts...)
		if s, known := whole.AsString(); known && !inner.refused {
			w.quoted(s)
			return
		}
		w.refused = true
	case v.Untyped(), v.Kind() == value.KindOpaque, v.Kind() == value.KindText:
		w.parts = append(w.parts, value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin()))
	case v.Kind() == value.KindScalar:
		w.quoted(v.Literal())
	case v.Kind() == value.KindSymbol && v.Word():
		w.text(`"`)
		w.parts = append(w.parts, v)
		w.text(`"`)
	case v.Kind() == value.KindSymbol:
		w.parts = append(w.parts, value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin()))
	case v.Kind() == value.KindList:
		w.text("[")
		for i, e := range v.Elems() {
			if i > 0 {
				w.text(",")
			}
			w.write(e)
		}
		w.text("]")
	case v.Kind() == value.KindObject:
		w.object(v)
	}
}

func (w *jsonWriter) object(v value.Value) {
	w.text("{")
	last := ""
	for i, f := range v.Fields() {
		if f.Value.Kind() == value.KindAbsent { // AWS::NoValue
			continue
		}
		if i > 0 && last != "" {
			w.text(",")
		}
		w.refused = w.refused || f.Name <= last
		last = f.Name
		w.quoted(f.Name)
		w.text(":")
		w.write(f.Value)
	}
	w.text("}")
}
