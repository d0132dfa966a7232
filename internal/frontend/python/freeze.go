package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

func (d datum) at(span source.Span) datum { return datum{d.From(span)} }

// last returns the last part of a dotted name.
func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// noteOrigin is the origin of a place at the name that it is first bound to.
func (p *place) noteOrigin() *value.Origin {
	return &value.Origin{Span: p.noteSpan, Note: p.note, Via: p.via}
}

// reason says why an object isn't known; empty where it is.
func (in *interp) reason(o object) string {
	switch o := o.(type) {
	case datum:
		return o.Reason()
	case external:
		if name, ok := strings.CutPrefix(o.path, "builtins."); ok {
			return "it is the built-in " + name
		}
		if root, _, _ := strings.Cut(o.path, "."); slices.Contains(externalPackages, root) {
			return comesFrom + o.path
		}
		return o.path + " is not in the tree"
	case bound:
		if d, ok := o.self.(datum); ok && d.Reason() != "" {
			return d.Reason()
		}
		return comesFrom + o.at.written(o.node)
	case *choice:
		for _, opt := range o.options {
			if r := in.reason(opt.obj); r != "" {
				return r
			}
		}
	case opened:
		return comesFrom + o.file.Path
	case located:
		return "it is a path of the machine that runs the script"
	case listing:
		return in.st.content(o.of).reason
	case *place:
		if c := in.st.content(o); c.open {
			return c.reason
		}
		if o.kind == instancePlace {
			return "it is an object of its own"
		}
	case client, mock, parent, *function, *class, module, *partial, *fieldSpec, octets:
		return "it is an object of its own"
	}
	return ""
}

// maxFreeze bounds how deep containers are followed, which may contain themselves.
const maxFreeze = 24

// maxFrozen bounds how many items a value of containers may have.
const maxFrozen = 20_000

// freeze returns what a request would hold for an object.
func (in *interp) freeze(o object) value.Value {
	left := maxFrozen
	v := in.freezeAt(o, 0, &left)
	in.charge(maxFrozen - left)
	return v
}

// freezeAt is freeze at a depth, with as many items left as may be frozen.
func (in *interp) freezeAt(o object, depth int, left *int) value.Value {
	*left--
	if depth > maxFreeze || *left < 0 {
		return value.OfOpaque("it nests too deep")
	}
	switch o := o.(type) {
	case datum:
		return canonical(o.Value)
	case missing:
		return value.Value{}
	case *choice:
		arms := make([]value.Arm, 0, len(o.options))
		for _, opt := range o.options {
			if _, ok := opt.when.And(in.st.path); ok {
				arms = append(arms, value.Arm{When: opt.when, Value: in.freezeAt(opt.obj, depth+1, left)})
			}
		}
		arms = in.wholes(arms)
		v := value.OfChoice(arms)
		if v.Origin() == nil && len(arms) > 0 {
			v = v.WithOrigin(arms[0].Value.Origin())
		}
		return v
	case *place:
		return in.freezePlace(o, depth, left)
	}
	return value.OfOpaque(in.reason(o))
}

// freezePlace freezes a container. Its origin is its header, where a missing member is reported; a list that has a name has
// that name in its trace.
func (in *interp) freezePlace(p *place, depth int, left *int) value.Value {
	c := in.st.content(p)
	if member, ok := in.memberValue(p); ok {
		return in.freezeAt(member, depth+1, left)
	}
	var v value.Value
	switch p.kind {
	case listPlace:
		elems := make([]value.Value, 0, len(c.entries))
		for _, e := range c.entries {
			elems = append(elems, in.freezeAt(narrow(e.obj, in.st.path), depth+1, left))
		}
		v = value.OfList(elems, false)
		if c.open {
			v = value.OfOpenList(elems, c.reason)
		}
		if c.shuffled && len(elems) > 1 {
			v = v.AsSet()
		}
	case dictPlace:
		v = ofFields(in.fields(c, depth, left), c)
	default:
		if isShape(p.class) && !ownSettings[last(p.class)] {
			v = ofFields(in.fields(c, depth, left), c)
			break
		}
		if settingClasses[last(p.class)] == nil {
			name := last(p.class)
			if p.own != nil {
				name = p.own.name
			}
			return value.OfOpaque("it is an object of the class " + name).From(p.span)
		}
		v = in.freezeSettings(c, p, depth, left)
	}
	header := &value.Origin{Span: p.header, Via: p.via}
	if p.note != "" && p.kind == listPlace {
		header = p.noteOrigin()
	}
	return v.WithOrigin(header)
}

// fields returns the items of a dict, without those that certainly aren't there.
func (in *interp) fields(c *content, depth int, left *int) []value.Field {
	var out []value.Field
	for _, e := range c.entries {
		o := narrow(e.obj, in.st.path)
		if _, gone := o.(missing); gone {
			continue
		}
		out = append(out, value.Field{Name: keyText(e.name), Key: e.key, Value: useAt(in.freezeAt(o, depth+1, left), e.at)})
	}
	return out
}

func ofFields(fields []value.Field, c *content) value.Value {
	if c.open {
		return value.OfOpenObject(fields, c.reason)
	}
	return value.OfObject(fields, false)
}
