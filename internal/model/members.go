package model

import (
	"reflect"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// A Member is one property of a resource: its canonical path, and its value. Elements of nested lists carry their index
// in the path.
type Member struct {
	Path  string
	Value value.Value
}

// Members returns every property of a resource that the model reads and that isn't absent, in the order of its struct.
func (e *Estate) Members(r Resource) []Member {
	k := e.decoder.kindOf(r)
	if k == nil {
		return nil
	}
	var out []Member
	k.members(reflect.ValueOf(r).Elem(), "", &out)
	return out
}

func (d *decoder) kindOf(r Resource) *kind {
	raw := r.Head().Raw
	return d.kinds[raw.Dialect][raw.Type]
}

func (k *kind) members(v reflect.Value, prefix string, out *[]Member) {
	for _, m := range k.plans[v.Type()] {
		path := m.paths[resource.API]
		if path == "" {
			path = m.paths[resource.Terraform]
		}
		path = join(prefix, path)
		field := v.Field(m.field)
		switch {
		case m.slice:
			for i := range field.Len() {
				k.members(field.Index(i), path+"["+value.OfInt(i).Literal()+"]", out)
			}
		case m.nested:
			k.members(field, path, out)
		default:
			leaf := field.Field(0).Addr().Interface().(*value.Leaf)
			if _, presence := field.Interface().(Presence); presence || leaf.Kind() == value.KindAbsent {
				continue
			}
			*out = append(*out, Member{Path: path, Value: coerced(field, leaf.Value)})
		}
	}
}

// coerced gives a known scalar the type of its member, as AWS does, so that "true" and true are one value.
func coerced(field reflect.Value, v value.Value) value.Value {
	return v.Map(func(v value.Value) value.Value {
		switch field.Interface().(type) {
		case value.Bool:
			if b, ok := v.AsBool(); ok {
				return value.OfBool(b)
			}
		case value.Int:
			if n, ok := v.AsInt(); ok {
				return value.OfInt(n)
			}
		case value.String:
			if s, ok := v.AsString(); ok {
				return value.OfString(s)
			}
		case value.Strings:
			if s, ok := v.AsString(); ok {
				return value.OfList([]value.Value{value.OfString(s)}, false)
			}
		}
		return v
	})
}

// KindName returns the name of a resource's struct, which is AWS's name for the type: "NotebookInstance".
func KindName(r Resource) string { return reflect.TypeOf(r).Elem().Name() }
