package python

import (
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// makeMembers turns the names that the body of an Enum assigns into its members.
func (in *interp) makeMembers(c *class, n *pyast.ClassDef) {
	if _, custom := in.st.get(slot{c.scope, "__new__"}); custom {
		c.modified = true
	}
	for _, s := range n.Body {
		a, ok := s.(*pyast.Assign)
		if !ok || len(a.Targets) != 1 {
			continue
		}
		name, ok := a.Targets[0].(*pyast.Name)
		if !ok || strings.HasPrefix(name.ID, "_") {
			continue
		}
		v, set := in.st.get(slot{c.scope, name.ID})
		if !set {
			continue
		}
		p := &place{kind: instancePlace, span: in.span(a.Value), header: in.span(a.Value), own: c}
		of := v.(object)
		if c.modified {
			of = unknown("the class " + c.name + " may change it")
		}
		in.st.setContent(p, &content{entries: []entry{
			{name: "name", obj: datum{value.OfString(name.ID).From(in.span(name))}}, {name: "value", obj: of},
		}})
		in.st.bind(c.scope, name.ID, p)
		c.members = append(c.members, p)
	}
}

// membersOf returns the members of an Enum. Two of one value are one member, which iteration gives once.
func (in *interp) membersOf(c *class) ([]entry, bool) {
	if c.kind != enumClass || c.modified {
		return nil, false
	}
	var out []entry
	for i, p := range c.members {
		for _, q := range c.members[:i] {
			if in.same(in.st.content(p).at("value"), in.st.content(q).at("value")) != tri.False {
				return nil, false
			}
		}
		out = append(out, entry{obj: p})
	}
	return out, true
}

// memberOf evaluates Color("red").
func (in *interp) memberOf(c *class, n *pyast.Call, a *arguments) object {
	if len(a.positional) != 1 || c.modified {
		return in.runtime(n)
	}
	return in.combine([]object{a.positional[0].obj}, func(os []object) object {
		for _, p := range c.members {
			if os[0] == object(p) {
				return p
			}
			switch in.same(in.st.content(p).at("value"), os[0]) {
			case tri.True:
				return p
			case tri.Unknown:
				return unknown(in.reasonOf(os, in.comes(n)))
			}
		}
		return in.runtime(n)
	})
}

// memberCalled evaluates Color["RED"]; nil for a class that is no Enum.
func (in *interp) memberCalled(c *class, key object) object {
	if c.kind != enumClass {
		return nil
	}
	name, ok := textIn(key)
	if !ok {
		return unknown(in.reasonOr(key, "it is a member of "+c.name))
	}
	if v, found := in.classAttr(c, name, nil); found {
		return v
	}
	return unknown(c.name + " has no member " + name)
}

// memberValue returns the value of a member that is a text or number itself, for class Color(str, Enum).
func (in *interp) memberValue(o object) (object, bool) {
	p, ok := o.(*place)
	if !ok || p.kind != instancePlace || p.own == nil || p.own.kind != enumClass || !p.own.mixin {
		return nil, false
	}
	return in.st.content(p).at("value"), true
}

// instanceText returns str(o) of a member of an Enum. That of a mixed-in one depends on Python's version.
func (in *interp) instanceText(p *place) (value.Value, bool) {
	if p.own == nil || p.own.kind != enumClass || p.own.mixin {
		return value.Value{}, false
	}
	if _, custom := in.classAttr(p.own, "__str__", nil); custom {
		return value.Value{}, false
	}
	name, ok := textIn(in.st.content(p).at("name"))
	return value.OfString(p.own.name + "." + name), ok
}
