package python

import (
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// typeNames returns the names of the types that isinstance tests for; empty names stand for those that aren't Python's own.
func (in *interp) typeNames(o object) []string {
	if p, ok := o.(*place); ok && p.kind == listPlace && p.form == tupleForm {
		items := in.st.content(p).entries
		var out []string
		for _, item := range items {
			out = append(out, in.typeNames(item.obj)...)
		}
		return out
	}
	if ext, ok := o.(external); ok {
		if name, own := strings.CutPrefix(ext.path, "builtins."); own {
			return []string{name}
		}
	}
	return []string{""}
}

// isInstance decides whether an object is of one of some types.
func isInstance(o object, types []string) tri.Bool {
	var is []string // what it may be
	switch o := o.(type) {
	case *place:
		switch o.kind {
		case dictPlace:
			is = []string{"dict"}
		case listPlace:
			switch o.form {
			case listForm:
				is = []string{"list"}
			case tupleForm:
				is = []string{"tuple"}
			case setForm:
				is = []string{"set"}
			default:
				return tri.Unknown
			}
		default:
			return tri.Unknown
		}
	case datum:
		switch s, _ := o.Scalar(); s.(type) {
		case string:
			is = []string{"str"}
		case bool:
			is = []string{"bool"}
		case value.Number:
			is = []string{"int"}
			if strings.ContainsAny(string(s.(value.Number)), ".e") {
				is = []string{"float"}
			}
		default:
			if o.Kind() != value.KindAbsent {
				return tri.Unknown
			}
		}
	default:
		return tri.Unknown
	}
	may := 0
	for _, kind := range is {
		if slices.Contains(types, kind) || kind == "bool" && slices.Contains(types, "int") {
			may++
		}
	}
	switch {
	case may > 0 && may == len(is):
		return tri.True
	case may > 0 || slices.Contains(types, ""):
		return tri.Unknown
	}
	return tri.False
}

// superOf returns super(): the instance, seen through a base in the tree.
func (in *interp) superOf(n *pyast.Call) object {
	fn := in.scope.fn
	if fn == nil || fn.class == nil {
		return in.runtime(n)
	}
	self, ok := fn.self.(*place)
	if first := fn.node.Args.Args; !ok && len(first) > 0 {
		// Base.__init__(self, ...) calls the function itself, and hands over the instance as its first argument.
		if v, bound := in.st.get(slot{in.scope, first[0].Arg}); bound {
			self, ok = v.(*place)
		}
	}
	if !ok {
		return in.runtime(n)
	}
	for _, b := range fn.class.bases {
		if up, isClass := b.(*class); isClass {
			return view{self, up}
		}
		if ext, isExternal := b.(external); isExternal && self.class != "" {
			return parent{self, ext.path}
		}
	}
	return in.runtime(n)
}
