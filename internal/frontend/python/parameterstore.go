package python

import (
	"bytes"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// parameterStore evaluates a method of a client of Systems Manager; nil where it is none that is known.
func (in *interp) parameterStore(n *pyast.Call, method string, a *arguments, target string) object {
	switch method {
	case "get_parameter":
		name, _ := a.keyword("Name")
		return in.answer(a, "Parameter", in.stored(n, a, name.obj))
	case "get_parameters":
		return in.storedAll(n, a)
	case "put_parameter":
		return in.storing(n, a, target)
	}
	return nil
}

// stored returns what Parameter Store holds under a name, where the tree says so. Elsewhere its value isn't known, but it is
// there: a parameter has at least one character
// (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
func (in *interp) stored(n *pyast.Call, a *arguments, name object) object {
	return apply(name, func(name object) object {
		d, _ := name.(datum)
		v, ok := in.input.Published.LookUp(frontend.Inquiry{Space: frontend.ParameterStore, Name: d.Value, Unit: in.path})
		if !ok {
			return datum{value.OfPresent(in.comes(n)).From(a.at)}
		}
		return ofValue(v.NotedAt(a.at, frontend.ParameterStore.Called(d.Value)+" is read here"))
	})
}

// ofValue returns the object that a value is which others have evaluated.
func ofValue(v value.Value) object {
	if v.Kind() != value.KindChoice {
		return datum{v}
	}
	var opts []option
	for _, arm := range v.Arms() {
		arm.Value = arm.Value.WithOrigin(v.Origin())
		opts = append(opts, option{arm.When, datum{arm.Value}})
	}
	return choose(opts)
}

// answer returns an answer of the service with one member that is known, an object with a Value.
func (in *interp) answer(a *arguments, member string, held object) object {
	return in.openDict(a, member, in.openDict(a, "Value", held))
}

// openDict returns a dict of which one entry is known.
func (in *interp) openDict(a *arguments, name string, o object) *place {
	p := &place{kind: dictPlace, span: a.at, header: a.at}
	in.st.setContent(p, (&content{open: true, reason: in.comes(a.call)}).with(entry{name: name, key: a.at, obj: o}))
	return p
}

// storedAll returns the answer to a request for several parameters, which come in an order of the service's own.
func (in *interp) storedAll(n *pyast.Call, a *arguments) object {
	names, _ := a.keyword("Names")
	items, complete := in.elements(names.obj)
	if !complete {
		return in.runtime(n)
	}
	list := &place{kind: listPlace, span: a.at, header: a.at}
	c := &content{shuffled: len(items) > 1}
	for _, item := range items {
		p := in.openDict(a, "Value", in.stored(n, a, item.obj))
		in.st.setContent(p, in.st.content(p).with(entry{name: "Name", key: a.at, obj: item.obj}))
		c.entries = append(c.entries, entry{obj: p})
	}
	in.st.setContent(list, c)
	return in.openDict(a, "Parameters", list)
}

// storing records a request that stores a parameter, for those who read it.
func (in *interp) storing(n *pyast.Call, a *arguments, target string) object {
	if in.quiet == 0 && len(a.positional) == 0 {
		var fields []value.Field
		for _, kw := range a.keywords {
			fields = append(fields, value.Field{Name: kw.name, Key: kw.key, Value: in.argumentValue(kw)})
		}
		props := value.OfObject(fields, false)
		if a.open != "" {
			props = value.OfOpenObject(fields, a.open)
		}
		in.record(n, "PutParameter", nil, "put_parameter", target, run{props: props.From(in.span(n.Func)), exists: value.In(in.exists)})
	}
	return in.runtime(n)
}

// cdkLookup evaluates the CDK's look-ups of what others publish; nil where the tree says nothing of it.
// https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_ssm/StringParameter.html
func (in *interp) cdkLookup(name string, a *arguments) object {
	q := frontend.Inquiry{Space: frontend.ParameterStore, Unit: in.path}
	at, keyword := 1, "parameter_name"
	switch name {
	case "value_from_lookup", "value_for_string_parameter", "value_for_typed_string_parameter_v2":
	case "import_value":
		q.Space, at, keyword = frontend.Exports, 0, "shared_value_to_import"
	default:
		return nil
	}
	arg, ok := a.keyword(keyword)
	if !ok && len(a.positional) > at {
		arg, ok = a.positional[at], true
	}
	d, isDatum := arg.obj.(datum)
	if !ok || !isDatum {
		return nil
	}
	q.Name = d.Value
	v, ok := in.input.Published.LookUp(q)
	if !ok {
		return nil
	}
	return ofValue(v.NotedAt(a.at, q.Space.Called(q.Name)+" is looked up here"))
}

// splitIDs evaluates split of a text of which the parts that aren't known are ids.
func (in *interp) splitIDs(d datum, a *arguments) object {
	sep, ok := a.first()
	by, known := sep.AsString()
	if !ok || !known || len(a.positional) != 1 || len(a.keywords) > 0 {
		return nil
	}
	parts, ok := frontend.SplitWords(d.Value, by, value.Value.Word)
	if !ok {
		return nil
	}
	p := &place{kind: listPlace, span: a.at, header: a.at, via: d.Origin()}
	c := &content{}
	for _, part := range parts {
		c.entries = append(c.entries, entry{obj: datum{part.WithOrigin(d.Origin())}})
	}
	in.st.setContent(p, c)
	return p
}

// split returns what is known of an unknown text that is split: of one that is there, there is at least one part.
func (d datum) split() datum {
	if d.NonEmpty().Known() == tri.True {
		return datum{value.OfPresent(d.Reason(), d.Refs()...).WithOrigin(d.Origin())}
	}
	return unknown(d.Reason())
}

// mayStore reports whether a script may store a parameter, by its text alone.
func mayStore(b []byte) bool { return bytes.Contains(b, []byte("put_parameter")) }
