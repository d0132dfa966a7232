package python

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A builder puts a request together, member by member.
type builder struct {
	header source.Span
	// open is why more members may be set than are known; empty where none may.
	open string
	root node
}

type node struct {
	name string
	key  source.Span
	leaf value.Value
	kids []*node
}

// set puts v at a dotted path. What is already there wins: of two spellings of one member the first is the SDK's own.
func (b *builder) set(path string, key source.Span, v value.Value) {
	at := &b.root
	for more := true; more; {
		var name string
		name, path, more = strings.Cut(path, ".")
		at = at.kid(name)
	}
	if len(at.kids) == 0 && nothing(at.leaf) {
		at.leaf, at.key = v, key
	}
}

// kid returns a member of an object under construction, which it makes where there is none.
func (n *node) kid(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	k := &node{name: name}
	n.kids = append(n.kids, k)
	return k
}

// has reports whether a member is set.
func (b *builder) has(path string) bool {
	at := &b.root
	for _, name := range strings.Split(path, ".") {
		i := slices.IndexFunc(at.kids, func(k *node) bool { return k.name == name })
		if i < 0 {
			return false
		}
		at = at.kids[i]
	}
	return true
}

// spread sets the members of a settings object as the request's own, or those of its VPC at a path, if that is all that the
// request takes of them.
func (b *builder) spread(to string, v value.Value, key source.Span) {
	plain := func(v value.Value) bool {
		_, subnets := v.Field("Subnets")
		_, groups := v.Field("SecurityGroupIds")
		return subnets || groups
	}
	if to != "" && !nothing(v) {
		b.set(to, key, v.Map(func(arm value.Value) value.Value {
			if arm.Kind() != value.KindObject || plain(arm) {
				return arm
			}
			return arm.Attr("VpcConfig")
		}))
	}
	if to != "" {
		return
	}
	if plain(v) {
		b.set("VpcConfig", key, v)
		return
	}
	for _, name := range [...]string{"VpcConfig", "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption"} {
		member := v.Attr(name)
		if member.Kind() == value.KindAbsent && v.Kind() != value.KindObject {
			continue
		}
		if member.Kind() == value.KindAbsent && name == "VpcConfig" {
			member = value.OfObject(nil, false).WithOrigin(v.Origin())
		}
		// Settings that are there and lack a member are at fault themselves, not the constructor that is given them.
		b.set(name, key, member)
	}
}

func (b *builder) object() value.Value { return b.build(&b.root) }

// build makes the object of a node. A constructor whose arguments aren't all known makes an open object at every level: what
// is unpacked may set any member of the request.
func (b *builder) build(n *node) value.Value {
	fields := make([]value.Field, 0, len(n.kids))
	for _, k := range n.kids {
		v := k.leaf
		if len(k.kids) > 0 {
			v = b.build(k)
		}
		fields = append(fields, value.Field{Name: k.name, Key: k.key, Value: v})
	}
	if b.open != "" {
		return value.OfOpenObject(fields, b.open).From(b.header)
	}
	return value.OfObject(fields, false).From(b.header)
}

// freezeSettings returns the object that a settings class's instance becomes in a request.
func (in *interp) freezeSettings(c *content, p *place, depth int, left *int) value.Value {
	sig := settingClasses[last(p.class)]
	b := &builder{header: p.header}
	if c.open {
		b.open = c.reason
	}
	for _, m := range sig.members {
		i, ok := c.find(m.param)
		if !ok {
			continue
		}
		e := c.entries[i]
		if v := in.freezeAt(narrow(e.obj, in.st.path), depth+1, left); !nothing(v) {
			b.set(m.path, e.key, useAt(called(v, m.param), e.at))
		}
	}
	return b.object()
}

// sortSites puts sites in the order of the source: functions are interpreted when they are called, not where they stand.
func sortSites(sites []*site) {
	slices.SortStableFunc(sites, func(a, b *site) int {
		x, y := a.span.Host(), b.span.Host()
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
}

// equal reports whether two values say the same, wherever they are written.
func equal(a, b value.Value) bool {
	if a.Kind() != b.Kind() || a.Open() != b.Open() || a.Literal() != b.Literal() || a.Reason() != b.Reason() {
		return false
	}
	switch a.Kind() {
	case value.KindObject:
		return slices.EqualFunc(a.Fields(), b.Fields(), func(x, y value.Field) bool {
			return x.Name == y.Name && equal(x.Value, y.Value)
		})
	case value.KindList:
		return slices.EqualFunc(a.Elems(), b.Elems(), equal)
	case value.KindText:
		return slices.EqualFunc(a.Parts(), b.Parts(), equal)
	case value.KindChoice:
		return slices.EqualFunc(a.Arms(), b.Arms(), func(x, y value.Arm) bool {
			return slices.Equal(x.When, y.When) && equal(x.Value, y.Value)
		})
	}
	return true
}

// mergeObjects returns the object whose members are, in each world, those of that world's arm.
func mergeObjects(arms []value.Arm) value.Value {
	objects, open := true, ""
	for _, a := range arms {
		objects = objects && a.Value.Kind() == value.KindObject
		if a.Value.Open() {
			open = a.Value.Reason()
		}
	}
	if !objects {
		alike := true
		for _, a := range arms[1:] {
			alike = alike && equal(a.Value, arms[0].Value)
		}
		if alike {
			return arms[0].Value
		}
		v := value.OfChoice(arms)
		for _, a := range arms {
			if v.Origin() == nil {
				v = v.WithOrigin(a.Value.Origin())
			}
		}
		return v
	}
	var fields []value.Field
	seen := map[string]bool{}
	for _, a := range arms {
		for _, f := range a.Value.Fields() {
			if seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			inner := make([]value.Arm, len(arms))
			for i, other := range arms {
				inner[i] = value.Arm{When: other.When, Value: other.Value.Attr(f.Name)}
			}
			f.Value = mergeObjects(inner)
			fields = append(fields, f)
		}
	}
	if open != "" {
		return value.OfOpenObject(fields, open).WithOrigin(arms[0].Value.Origin())
	}
	return value.OfObject(fields, false).WithOrigin(arms[0].Value.Origin())
}

// nothing reports whether v isn't written at all: not even as None.
func nothing(v value.Value) bool { return v.Kind() == value.KindAbsent && v.Origin() == nil }
