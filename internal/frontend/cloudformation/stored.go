package cloudformation

import (
	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/value"
)

// stored returns what the tree stores under a name in Parameter Store, by a resource in whatever language.
func (t *template) stored(name value.Value) (value.Value, bool) {
	if t.group.in == nil {
		return value.Value{}, false
	}
	return t.group.in.Published.LookUp(frontend.Inquiry{Space: frontend.ParameterStore, Name: name, Unit: t.unit})
}

// path returns the text that a stack passes to one that it nests, as far as that is known before any condition is: what is
// written, or a parameter's value.
func (t *template) path(arg *doctree.Node) value.Value {
	name, of, isCall := intrinsic(arg)
	switch {
	case !isCall && arg.Kind == doctree.String:
		return scalar(arg)
	case isCall && name == "Ref" && of.Kind == doctree.String:
		if p := t.parameters[of.Text]; p != nil && p.fixed && !p.secret {
			if p.arg != nil {
				t.pass(p)
			}
			return p.value
		}
	}
	return value.OfOpaque("the path that is passed is not known")
}

// published returns what the stacks of a group publish: their exports, and their outputs under the names of their templates,
// since nothing in a template says what its stack is called.
func (g *group) published() []frontend.Published {
	var out []frontend.Published
	for _, t := range g.made {
		for _, name := range t.outputOrder {
			o := t.outputs[name]
			at := o.key.Span
			add := func(space frontend.Space, as value.Value) {
				out = append(out, frontend.Published{
					Space: space, Name: as, Value: t.output(name, at),
					Owner: value.Address{Unit: t.unit, Name: t.prefix + name}, At: at,
					Subject: t.file.Path,
				})
			}
			if n := o.body.Get("Export").Get("Name"); n != nil {
				add(frontend.Exports, t.eval(n, scope{}))
			}
			if t.by == nil {
				add(frontend.StackOutputs, value.OfString(t.file.Path+"/"+name))
			}
		}
	}
	return out
}
