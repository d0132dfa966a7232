package model

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

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
	raw := r.Head().Raw
	k := e.decoder.kindOf(raw)
	if k == nil {
		return nil
	}
	var out []Member
	k.plan().gather(reflect.ValueOf(r).Elem(), "", &out)
	return out
}

// gather adds what a struct holds to out.
func (p *plan) gather(v reflect.Value, prefix string, out *[]Member) {
	for i := range p.members {
		m := &p.members[i]
		path := join(prefix, m.name)
		field := v.Field(m.field)
		switch {
		case m.slice:
			for i := range field.Len() {
				m.inner.gather(field.Index(i), path+"["+strconv.Itoa(i)+"]", out)
			}
		case m.inner != nil:
			m.inner.gather(field, path, out)
		default:
			leaf := leafOf(field)
			property := field.Interface()
			v := coerced(property, leaf.Value)
			if _, presence := property.(Presence); presence {
				if p.readsIn(m) {
					continue
				}
				v = leaf.Map(there)
			}
			if v.Kind() != value.KindAbsent {
				*out = append(*out, Member{Path: path, Value: v})
			}
		}
	}
}

// readsIn reports whether other members tell what stands in one of which only the presence is read.
func (p *plan) readsIn(presence *member) bool {
	return slices.ContainsFunc(p.members, func(m member) bool {
		return m.field != presence.field && (m.name == presence.name || strings.HasPrefix(m.name, presence.name+"."))
	})
}

// there returns an object of which nothing is told, where a member is there; what stands in it each dialect writes in its own
// way. What isn't known stays so.
func there(v value.Value) value.Value {
	switch {
	case v.Kind() == value.KindAbsent, noBlock(v):
		return value.Value{}.WithOrigin(v.Origin())
	case v.Kind() == value.KindOpaque:
		return v
	}
	return value.OfOpenObject(nil, "").WithOrigin(v.Origin())
}

// membersOf is Members of a struct that is nested in a resource, with paths from there.
func (e *Estate) membersOf(r Resource, nested any) []Member {
	raw := r.Head().Raw
	p := e.decoder.kindOf(raw).plan().find(reflect.TypeOf(nested).Elem())
	if p == nil {
		return nil
	}
	var out []Member
	p.gather(reflect.ValueOf(nested).Elem(), "", &out)
	return out
}

// find returns the plan of a struct that is nested somewhere in this one.
func (p *plan) find(t reflect.Type) *plan {
	if p.of == t {
		return p
	}
	for i := range p.members {
		if inner := p.members[i].inner; inner != nil {
			if found := inner.find(t); found != nil {
				return found
			}
		}
	}
	return nil
}

// typed returns a property, which is one of the typed leaves, as a member.
func typed(path string, property any) Member {
	leaf := reflect.ValueOf(property).Field(0).Interface().(value.Leaf)
	return Member{Path: path, Value: coerced(property, leaf.Value)}
}

// coerced gives a known scalar the type of its member, as AWS does, so that "true" and true are one value.
func coerced(property any, v value.Value) value.Value { return coerce(reflect.TypeOf(property), v) }

// KindName returns the name of a resource's struct, which is AWS's name for the type: "NotebookInstance".
func KindName(r Resource) string { return reflect.TypeOf(r).Elem().Name() }
