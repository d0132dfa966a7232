package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/source"
)

// A fixture is a function of pytest's whose result a test asks for by the name of a parameter.
type fixture struct {
	file string
	name string // the function's
}

// define keeps a fixture under the name that tests ask for it by, and returns that.
func (d *doubles) define(t *text, f *pyast.FunctionDef) string {
	name := f.Name
	for _, e := range f.Decorators {
		c, ok := e.(*pyast.Call)
		if !ok {
			continue
		}
		for _, k := range c.Keywords {
			if s, isConstant := k.Value.(*pyast.Constant); isConstant && k.Arg == "name" && s.Kind == pyast.ConstStr {
				name = s.Str
			}
		}
	}
	if _, nearer := d.defined[name]; !nearer {
		d.defined[name] = fixture{t.file.Host().Path, f.Name}
	}
	return name
}

// maxFixtures is how deep fixtures that ask for others are followed.
const maxFixtures = 4

// handedOut returns what pytest gives to a parameter of a test: the result of the fixture of its name. One whose result isn't
// known is left to be a parameter like any other.
func (in *interp) handedOut(param string) (object, bool) {
	if in.doubles == nil || len(in.yielded) >= maxFixtures {
		return nil, false
	}
	def, ok := in.doubles.defined[param]
	if !ok {
		return nil, false
	}
	var o object
	if def.file == in.path {
		o, _ = in.st.object(slot{in.scope.global, def.name})
	} else {
		o = in.force(imported(def))
	}
	f, isFunction := o.(*function)
	if !isFunction || in.yielded[f.node] != nil {
		return nil, false
	}
	var yields []option
	if in.yielded == nil {
		in.yielded = map[*pyast.FunctionDef]*[]option{}
	}
	in.yielded[f.node] = &yields
	var result object
	in.silently(func() {
		result = in.activate(f, callSite{fn: f}, func(sc *scope) { in.bindUnknown(f, sc) })
	})
	delete(in.yielded, f.node)
	if len(yields) > 0 {
		result = exclusive(yields)
	}
	for _, opt := range options(result) {
		if d, isDatum := opt.obj.(datum); isDatum && (d.Reason() != "" || !settled(d)) {
			return nil, false
		}
	}
	return result, true
}

// object returns what a name is bound to.
func (s *state) object(k slot) (object, bool) {
	v, ok := s.get(k)
	if !ok {
		return none(source.Span{}), false
	}
	return v.(object), true
}
