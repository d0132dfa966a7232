package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/value"
)

// workflowValue evaluates the functions that compute a value of a pipeline when it runs; nil for any other.
// https://sagemaker.readthedocs.io/en/stable/workflows/pipelines/sagemaker.workflow.pipelines.html#functions
func (in *interp) workflowValue(n *pyast.Call, name string, a *arguments) object {
	switch name {
	case "Join":
		return in.joinedValues(n, a)
	case "JsonGet":
		return unknown(in.comes(n)).at(a.at)
	}
	return nil
}

// joinedValues evaluates Join(on="/", values=[...]): parameters of the pipeline stand for their defaults.
func (in *interp) joinedValues(n *pyast.Call, a *arguments) object {
	named := (&signature{positional: "on values"}).named(a)
	var on, values object = knownText(""), nil
	for _, arg := range named {
		switch arg.name {
		case "on":
			on = arg.obj
		case "values":
			values = arg.obj
		}
	}
	if values == nil || a.open != "" {
		return in.runtime(n)
	}
	return in.combine([]object{on, values}, func(os []object) object {
		inOrder := in.ordered(os[1])
		items, complete := in.elements(os[1])
		if !complete || !certain(items) || !inOrder {
			return unknown(in.reasonOr(os[1], in.comes(n)))
		}
		pieces := make([]object, 0, 2*len(items))
		for i, item := range items {
			if i > 0 {
				pieces = append(pieces, os[0])
			}
			pieces = append(pieces, apply(narrow(item.obj, in.st.path), func(o object) object {
				// Numbers and booleans are spelt as JSON has them.
				if d, ok := o.(datum); ok && d.Kind() == value.KindScalar {
					return datum{value.OfString(canonical(d.Value).Literal())}
				}
				return o
			}))
		}
		return in.concat(pieces, a.at)
	})
}
