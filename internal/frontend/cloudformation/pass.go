package cloudformation

import (
	"fmt"
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// passed finds what the parent of a nested stack passes to a parameter. It is evaluated when it is asked for, since it may
// be another stack's output.
func (t *template) passed(p *parameter) {
	_, arg := t.by.argument(p.name)
	switch {
	case arg != nil && arg.Kind != doctree.Null:
	case t.by.computed() && !slices.Contains(t.given, p.name):
		p.fixed = false
		p.value = value.OfOpaque(fmt.Sprintf("what the stack %s passes to %s is computed", t.by.at.name, p.name)).From(p.key)
		return
	default:
		if !p.fixed && !p.isStored() {
			p.value = value.OfOpaque(fmt.Sprintf("the stack %s passes no %s, which has no default", t.by.at.name, p.name)).From(p.key)
		}
		return
	}
	p.allowed = nil
	if p.isStored() {
		// What is passed is a path: the value is read at deployment all the same.
		p.value, p.fixed = unread(p), false
		if v, ok := p.storedUnder(t.by.parent.path(arg)); ok {
			p.value, p.fixed = v, true
		}
		return
	}
	p.arg, p.fixed = arg, true
	// What is the parent's own unknown parameter is one unknown in both.
	if d := t.by.parent.domainOf(arg); d != nil && !p.isList() {
		p.fixed = false
		t.domains[p.name] = d
	}
}

// pass evaluates what is passed to a parameter.
func (t *template) pass(p *parameter) {
	switch p.state {
	case done:
		return
	case underway:
		p.value = value.OfOpaque(fmt.Sprintf("what is passed to %s depends on itself", p.name)).From(p.key)
		return
	}
	def, fixed := p.value, p.fixed
	given := slices.Contains(t.given, p.name)
	p.state = underway
	parent := t.by.parent
	key, arg := t.by.argument(p.name)
	in := scope{}
	if t.group.built { // before, no condition may be evaluated
		in, _ = t.by.standing()
	}
	v := parent.eval(arg, in.under(key.Span))
	note := fmt.Sprintf("passed to the stack %s as %s", t.by.at.name, p.name)
	if p.isList() {
		v = parent.product(in, place(arg), []value.Value{v}, func(vs []value.Value) value.Value {
			return membersOf(parent.spelled(vs[0]), place(arg))
		})
	}
	p.value = t.noted(v, place(arg), note)
	p.value = p.value.Map(func(v value.Value) value.Value {
		switch {
		case v.Kind() == value.KindAbsent: // AWS::NoValue: as if nothing were passed
			return def
		case v.Kind() == value.KindOpaque && given:
			return def // --parameter knows better
		case p.isValidated() && (v.Kind() == value.KindOpaque || v.Open()) && v.NonEmpty().Known() == tri.Unknown:
			return value.OfPresent(v.Reason(), v.Refs()...).WithOrigin(v.Origin()) // else there is no stack
		}
		return v
	})
	p.fixed, p.state = fixed, done
}

// membersOf returns the members of a list parameter that is passed a value at a place: a text with commas between them, or
// what is a list already.
func membersOf(v value.Value, at source.Span) value.Value {
	if v.Kind() == value.KindList && !v.Encoded() || v.Kind() == value.KindAbsent {
		return v
	}
	return trimmed(splitText(v, ",", at))
}
