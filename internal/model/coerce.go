package model

import (
	"reflect"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// reading returns what makes of a written value what the service reads in it; nil where that is the same.
//
// CloudFormation takes true for "true" and "true" for true, numbers for texts and texts for numbers, and a text for a list
// of one: a template's parameters are texts, and YAML has its own idea of what is a number. Whatever the type that a value
// is written in, it gets its member's here, so that nobody after this tells them apart. A document may be written out or be
// the text that spells it, in every dialect.
func reading(t reflect.Type, dialect resource.Dialect) func(value.Value) value.Value {
	if t == reflect.TypeFor[value.Map]() {
		return func(v value.Value) value.Value {
			if v = v.Map(named); dialect == resource.CloudFormation {
				v = v.ToTextMap()
			}
			return v
		}
	}
	if dialect == resource.CloudFormation || t == reflect.TypeFor[value.Policy]() || t == reflect.TypeFor[value.JSON]() {
		return coercion(t)
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[textual]()) {
		return value.Value.FromJSON
	}
	return nil
}

// named returns the object that stands for texts under names: what Terraform's JSON syntax can't tell from a block is a list of one
// object, and Kubernetes has lists of names and values. AWS: the operators' EnvironmentVariable and KeyValuePair.
func named(v value.Value) value.Value {
	elems := v.Elems()
	if len(elems) == 0 || v.Open() {
		return v
	}
	fields := make([]value.Field, 0, len(elems))
	for _, e := range elems {
		name, isText := e.Attr("name").AsString()
		text, has := e.Field("value")
		if !isText || !has || len(e.Fields()) != 2 {
			if len(elems) == 1 && e.Kind() == value.KindObject {
				return e
			}
			return v
		}
		fields = append(fields, value.Field{Name: name, Key: text.Key, Value: text.Value})
	}
	return value.OfObject(fields, false).WithOrigin(v.Origin())
}

// A textual struct is a document of which members are read, and that may be written as the JSON text that spells it.
type textual interface{ textual() }

// coerce gives a value the type of its member, where it spells one.
func coerce(t reflect.Type, v value.Value) value.Value {
	if f := coercion(t); f != nil {
		return f(v)
	}
	return v
}

// coercion returns what a typed leaf makes of a value; nil for what is no typed leaf.
func coercion(t reflect.Type) func(value.Value) value.Value {
	switch t {
	case reflect.TypeFor[value.String]():
		return value.Value.ToText
	case reflect.TypeFor[value.Bool]():
		return value.Value.ToBool
	case reflect.TypeFor[value.Int]():
		return value.Value.ToInt
	case reflect.TypeFor[value.Strings]():
		return value.Value.ToTexts
	case reflect.TypeFor[value.Map]():
		return value.Value.ToTextMap
	case reflect.TypeFor[value.Policy](), reflect.TypeFor[value.JSON]():
		return value.Value.FromJSON
	}
	return nil
}
