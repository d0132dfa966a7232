package model

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// Decode gives meaning to what the front-ends found: each resource of a known type becomes one typed struct of the
// estate, in the order of raws. Resources of other types are left out.
//
// It is one reflective walk over struct tags. On Meta, `aws`, `api` and `tf` name the resource's types in
// CloudFormation, the API and Terraform's aws provider, several separated by commas, and `ack` the kind in Kubernetes; the
// Cloud Control provider's names follow from CloudFormation's. On a field, `aws` is the member's path in the API's own spelling, which CloudFormation
// shares; `api`, `cfn` and `tf` are its paths there where they are others than that and its snake_case; those in Kubernetes
// follow from the API's. A path of "-" says
// that the member doesn't exist there, and "." that it is the enclosing object itself. A nested struct takes the members
// that stand in its path, an embedded one those that stand beside it. `default` is the service's documented default, which
// stands in for absence wherever the enclosing Block isn't certainly absent itself, but in no part of a resource.
func Decode(raws []resource.Raw) *Estate {
	estate := &Estate{raws: raws, declared: make(map[value.Address]*resource.Raw, len(raws)), all: make([]Resource, 0, len(raws))}
	d := newDecoder()
	estate.decoder = d
	dst := reflect.ValueOf(estate).Elem()
	for i := range raws {
		raw := &raws[i]
		estate.declared[raw.Addr] = raw
		kind := d.kindOf(raw)
		if kind == nil || raw.Data {
			continue
		}
		ptr := reflect.New(kind.elem)
		w := walker{raw: raw}
		ptr.Elem().Field(0).Addr().Interface().(*Meta).Raw = raw
		w.object(kind.plan(), raw.Props, "", !raw.Partial, ptr.Elem())
		if c, ok := ptr.Interface().(concealing); ok {
			c.conceal()
		}
		slice := dst.Field(kind.field)
		slice.Set(reflect.Append(slice, ptr))
		estate.all = append(estate.all, ptr.Interface().(Resource))
	}
	return estate
}

// A walker fills the struct of one resource.
type walker struct {
	raw *resource.Raw
	// loose tells that the enclosing Block may not be there, which its own rules say, and not each of its members.
	loose bool
}

// object fills dst, a struct, from the object v. Missing is the path of the outermost member on the way to v that is absent
// in some world, and empty where none is.
func (w walker) object(p *plan, v value.Value, missing string, defaults bool, dst reflect.Value) {
	w.loose = w.loose || p.block && mayBeNoBlock(v)
	for i := range p.members {
		m := &p.members[i]
		field := dst.Field(m.field)
		if m.foreign || w.unsettable(m) {
			if defaults {
				leafOf(field).Value = m.def.WithOrigin(v.Origin())
			}
			continue
		}
		inner, gap := walk(v, m.steps)
		if missing != "" {
			gap = missing
		}
		switch {
		case m.slice:
			w.slice(m, inner, gap, field)
		case m.inner != nil:
			if m.read != nil {
				inner = m.read(inner)
			}
			w.object(m.inner, inner, gap, defaults && !(m.inner.block && noBlock(inner)), field)
		default:
			leaf := leafOf(field)
			if m.read != nil {
				inner = m.read(inner)
			}
			leaf.Value, leaf.Known = inner, true
			leaf.Property = w.spelling(m, gap)
			if m.hasDefault && defaults {
				leaf.Value = w.withDefault(inner, m.def)
			}
		}
	}
	if p.block {
		dst.Addr().Interface().(blocker).block(v.Map(unblocked))
	}
}

// mayBeNoBlock reports whether a nested block may not be there.
func mayBeNoBlock(v value.Value) bool {
	return v.MayBeMissing() || slices.ContainsFunc(v.Elems(), value.Value.MayBeMissing)
}

// unblocked returns what a block is read from, absent where it certainly isn't there.
func unblocked(v value.Value) value.Value {
	if noBlock(v) {
		return value.Value{}.WithOrigin(v.Origin())
	}
	return v
}

// unsettable reports whether the resource's author has no way to set a member.
func (w walker) unsettable(m *member) bool {
	if len(w.raw.Spelling) == 0 || m.inner != nil || m.slice {
		return false
	}
	word, spelt := w.raw.Spelling[m.canonical]
	return spelt && word == resource.Unsettable
}

// noBlock reports whether a nested block certainly isn't there. A dynamic block may come to an empty list.
func noBlock(v value.Value) bool {
	return v.Kind() == value.KindAbsent || v.Kind() == value.KindList && len(v.Elems()) == 0 && !v.Open()
}

func leafOf(field reflect.Value) *value.Leaf { return field.Field(0).Addr().Interface().(*value.Leaf) }

// A blocker is a nested struct that keeps the object it was read from.
type blocker interface{ block(value.Value) }

func (w walker) slice(m *member, v value.Value, missing string, dst reflect.Value) {
	if v.Kind() == value.KindAbsent {
		return
	}
	// Most lists are of blocks that are all there, which Members would weigh world by world.
	if blocks := v.Elems(); len(blocks) > 0 && !v.Open() && !slices.ContainsFunc(blocks, uncertain) {
		out := reflect.MakeSlice(dst.Type(), len(blocks), len(blocks))
		for i, b := range blocks {
			w.object(m.inner, b, missing, !w.raw.Partial, out.Index(i))
		}
		dst.Set(out)
		return
	}
	elems, _ := v.Members()
	if len(elems) == 0 {
		return
	}
	out := reflect.MakeSlice(dst.Type(), len(elems), len(elems))
	for i, e := range elems {
		elem := out.Index(i)
		w.object(m.inner, e.Value, missing, !w.raw.Partial, elem)
		if m.inner.conditional {
			elem.Addr().Interface().(conditional).condition(e.When)
		}
	}
	dst.Set(out)
}

// uncertain reports whether an element of a list is anything but one object that is there.
func uncertain(v value.Value) bool {
	return v.Kind() != value.KindObject || v.MayBeMissing() || v.Origin() == nil
}

// A conditional is a nested struct that is there in some worlds only.
type conditional interface{ condition(value.World) }

// walk follows a path. Missing is the path up to and including the first segment that is absent in some world.
func walk(v value.Value, steps []step) (at value.Value, missing string) {
	for i := range steps {
		if v.Kind() == value.KindAbsent {
			return v, cmp.Or(missing, steps[i].upTo)
		}
		v = v.Attr(steps[i].name)
		if missing == "" && absentSomewhere(v) {
			missing = steps[i].upTo
		}
	}
	return v, missing
}

func absentSomewhere(v value.Value) bool {
	switch v.Kind() {
	case value.KindAbsent:
		return true
	case value.KindChoice:
		for _, arm := range v.Arms() {
			if arm.Value.Kind() == value.KindAbsent {
				return true
			}
		}
	}
	return false
}

// spelling returns a member's path as the resource's author knows it, down to what is missing.
func (w walker) spelling(m *member, missing string) string {
	// The innermost member that the author has a word for names the whole path.
	if len(w.raw.Spelling) > 0 {
		for p := m.canonical; p != ""; p = parent(p) {
			if word, ok := w.raw.Spelling[p]; ok {
				return word
			}
		}
	}
	if missing != "" {
		return missing
	}
	return m.path
}

func parent(path string) string {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return ""
	}
	return path[:i]
}

// withDefault puts the service's default where v is absent. What may be there or not is known only where it is the default.
func (w walker) withDefault(v, def value.Value) value.Value {
	switch {
	case v.Kind() == value.KindAbsent:
		return def.WithOrigin(v.Origin())
	case v.Kind() == value.KindChoice:
		return v.Map(func(v value.Value) value.Value { return w.withDefault(v, def) })
	case w.loose || !v.MayBeMissing() || v.Kind() == value.KindOpaque:
		return v
	case v.Kind() == value.KindScalar && v.Literal() == def.Literal():
		return def.WithOrigin(v.Origin())
	}
	return value.OfOpaque(cmp.Or(v.WhyMissing(), "it may not be there"), v.Refs()...).WithOrigin(v.Origin())
}

// Spell returns a resource's own word for a canonical member, such as "direct_internet_access" for
// "DirectInternetAccess"; the canonical name where the resource has none.
func (e *Estate) Spell(raw *resource.Raw, canonical string) string {
	if word, ok := raw.Spelling[canonical]; ok {
		return word
	}
	if k := e.decoder.kindOf(raw); k != nil {
		if m := k.plan().named(canonical); m != nil {
			return m.path
		}
	}
	return canonical
}

// named returns the member at a canonical path of the resource; nil where its dialect has none.
func (p *plan) named(canonical string) *member {
	for i := range p.members {
		m := &p.members[i]
		switch rest, below := strings.CutPrefix(canonical, m.canonical); {
		case m.foreign || !below:
		case rest == "" && m.inner == nil:
			return m
		case m.inner != nil && (rest == "" || rest[0] == '.' || m.canonical == ""):
			if found := m.inner.named(canonical); found != nil {
				return found
			}
		}
	}
	return nil
}
