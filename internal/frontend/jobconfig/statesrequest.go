package jobconfig

import (
	"strings"

	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/value"
)

// request returns what a task asks for. Without a payload template the task sends its input, of which the definition says
// nothing. A state has Parameters in JSONPath and Arguments in JSONata; what stands there tells which, before the word does.
func (r *statesReading) request(state value.Value, speaks bool) value.Value {
	args, params := state.Attr(arguments), state.Attr(parameters)
	if args.Kind() != value.KindAbsent && (speaks || params.Kind() == value.KindAbsent) {
		return payload{jsonata: true, template: r.template}.whole(args)
	}
	if computed, found := state.Field(parameters + literal.Computed); found && params.Kind() == value.KindAbsent {
		return opened(payload{template: r.template}.computed("", computed.Value))
	}
	if params.Kind() == value.KindAbsent {
		return value.OfOpenObject(nil, "the request is the state's input")
	}
	return payload{template: r.template}.whole(params)
}

// opened returns a value of which nothing is known as an object of which nothing is.
func opened(v value.Value) value.Value {
	return v.Map(func(v value.Value) value.Value {
		switch v.Kind() {
		case value.KindObject, value.KindAbsent:
			return v
		}
		return value.OfOpenObject(nil, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
	})
}

// A payload is how a payload template is read.
type payload struct{ jsonata, template bool }

// whole returns the request that a template makes.
func (p payload) whole(v value.Value) value.Value {
	v, _ = p.value(v)
	return opened(v)
}

// value returns what a template makes of a value, and whether that is another.
func (p payload) value(v value.Value) (value.Value, bool) {
	switch v.Kind() {
	case value.KindObject:
		if v.Encoded() {
			return v, false // a text that spells JSON
		}
		return p.object(v)
	case value.KindList:
		return p.list(v)
	case value.KindChoice:
		changed := false
		made := v.Map(func(arm value.Value) value.Value {
			arm, other := p.value(arm)
			changed = changed || other
			return arm
		})
		return made, changed
	case value.KindScalar, value.KindText:
		return p.text(v)
	}
	return v, false
}

func (p payload) object(v value.Value) (value.Value, bool) {
	var fields []value.Field // those up to here, from the first on that becomes another
	unknown := ""
	for i, f := range v.Fields() {
		made, known := p.field(f)
		switch {
		case !known:
			unknown = "the member " + literal.Quoted(f.Name) + " is a placeholder"
		case fields == nil && !made.changed:
			continue
		}
		if fields == nil {
			fields = append(make([]value.Field, 0, len(v.Fields())), v.Fields()[:i]...)
		}
		if known {
			fields = append(fields, made.Field)
		}
	}
	var made value.Value
	switch {
	case fields == nil:
		return v, false
	case unknown != "":
		made = value.OfOpenObject(fields, unknown, v.Refs()...)
	case v.Open():
		made = value.OfOpenObject(fields, v.Reason(), v.Refs()...)
	default:
		made = value.OfObject(fields, false)
	}
	return made.WithOrigin(v.Origin()).MaybeAs(v), true
}

// A madeField is a member of what a template makes, and whether it is another than the template's.
type madeField struct {
	value.Field
	changed bool
}

// field returns what a template makes of a member; false where not even its name is known.
func (p payload) field(f value.Field) (madeField, bool) {
	if name, computed := strings.CutSuffix(f.Name, literal.Computed); computed && !p.jsonata {
		return madeField{value.Field{Name: name, Key: f.Key, Value: p.computed(name, f.Value)}, true}, true
	}
	if p.template && strings.ContainsAny(f.Name, "$#{<%@") && literal.Text(f.Name).Kind() == value.KindOpaque {
		return madeField{}, false
	}
	v, changed := p.value(f.Value)
	return madeField{value.Field{Name: f.Name, Key: f.Key, Value: v}, changed}, true
}

func (p payload) list(v value.Value) (value.Value, bool) {
	if v.Encoded() {
		return v, false // a text that spells JSON
	}
	var elems []value.Value // as the fields of an object
	for i, e := range v.Elems() {
		made, changed := p.value(e)
		if text, known := e.AsString(); p.template && known && text == "" {
			made = made.Maybe() // a skeleton's, which is filled in or taken out
		}
		if changed && elems == nil {
			elems = append(make([]value.Value, 0, len(v.Elems())), v.Elems()[:i]...)
		}
		if elems != nil {
			elems = append(elems, made)
		}
	}
	if elems == nil {
		return v, false
	}
	made := value.OfList(elems, false)
	if v.Open() {
		made = value.OfOpenList(elems, v.Reason(), v.Refs()...)
	}
	switch {
	case v.Sorted():
		made = made.AsSortedSet()
	case v.ListOrSet():
		made = made.AsListOrSet()
	case v.Unordered():
		made = made.AsSet()
	}
	return made.WithOrigin(v.Origin()).MaybeAs(v), true
}

// What stands around an expression of JSONata, which is always the whole of a text.
const expressionStart, expressionEnd = "{%", "%}"

func (p payload) text(v value.Value) (value.Value, bool) {
	before, _ := v.Prefix()
	after, _ := v.Suffix()
	if p.jsonata && strings.HasPrefix(before, expressionStart) && strings.HasSuffix(after, expressionEnd) {
		return expression(v).WithOrigin(v.Origin()).MaybeAs(v), true
	}
	text, isText := v.Scalar()
	if s, ok := text.(string); ok && isText && p.template {
		if made := literal.Text(s); made.Kind() != value.KindScalar {
			return made.WithOrigin(v.Origin()).MaybeAs(v), true
		}
	}
	return v, false
}

// computed returns the value of a member whose name ends in ".$": what a path selects from the state's input, its context or
// a variable, or what an intrinsic function returns.
func (p payload) computed(name string, from value.Value) value.Value {
	return from.Map(func(from value.Value) value.Value {
		if p.template {
			from = stillToFill(from)
		}
		if v, known := intrinsic(from); known {
			return v.WithOrigin(from.Origin())
		}
		if from.Kind() == value.KindOpaque || from.Kind() == value.KindAbsent {
			return value.OfOpaque(from.Reason(), from.Refs()...).WithOrigin(from.Origin())
		}
		return selected(name, from).WithOrigin(from.Origin())
	})
}

// selected returns what an expression selects whose value isn't known. The service refuses a name that is null or empty.
func selected(name string, from value.Value) value.Value {
	reason := "the state machine computes it"
	if s := spelt(from); s != "" {
		reason += " from " + literal.Quoted(s)
	}
	if strings.HasSuffix(name, "Name") {
		return value.OfPresent(reason, from.Refs()...)
	}
	return value.OfOpaque(reason, from.Refs()...)
}

// stillToFill returns a path or function of a template with its placeholders unknown.
func stillToFill(from value.Value) value.Value {
	s, known := from.AsString()
	if !known || strings.HasPrefix(s, "$") && !strings.HasPrefix(s, "${") {
		return from // $name is a variable of the state machine's
	}
	return literal.Text(s).WithOrigin(from.Origin())
}

// spelt returns a text as it is written, with an ellipsis for each part that isn't known.
func spelt(v value.Value) string {
	var s strings.Builder
	for _, part := range v.Parts() {
		switch text, known := part.AsString(); {
		case known:
			s.WriteString(text)
		case v.Kind() == value.KindText:
			s.WriteString("…")
		}
	}
	return s.String()
}
