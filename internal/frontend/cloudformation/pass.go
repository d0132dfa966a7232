package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// passed finds what the parent of a nested stack passes to a parameter. It is evaluated when it is asked for, since it may
// be another stack's output.
func (t *template) passed(p *parameter) {
	_, arg := t.by.argument(p.name)
	switch {
	case arg != nil && arg.Kind != doctree.Null:
	case t.by.computed():
		p.fixed = false
		p.value = value.OfOpaque(fmt.Sprintf("what the stack %s passes to %s is computed", t.by.at.name, p.name)).From(p.key)
		return
	default:
		if !p.fixed && !strings.HasPrefix(p.typ, ssmParameter) {
			p.value = value.OfOpaque(fmt.Sprintf("the stack %s passes no %s, which has no default", t.by.at.name, p.name)).From(p.key)
		}
		return
	}
	p.allowed = nil
	if strings.HasPrefix(p.typ, ssmParameter) {
		return // a path: the value is read at deployment all the same
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
	in, _ := parent.standing(t.by.at)
	v := parent.eval(arg, in.under(key.Span))
	note := fmt.Sprintf("passed to the stack %s as %s", t.by.at.name, p.name)
	if p.isList() {
		v = parent.product(in, place(arg), []value.Value{v}, func(vs []value.Value) value.Value {
			return membersOf(vs[0])
		})
	}
	p.value = t.noted(v, place(arg), note)
	p.value = p.value.Map(func(v value.Value) value.Value {
		switch {
		case v.Kind() == value.KindAbsent: // AWS::NoValue: as if nothing were passed
			return def
		case v.Kind() == value.KindOpaque && given:
			return def // --parameter knows better
		}
		return v
	})
	p.fixed, p.state = fixed, done
}

// membersOf returns the members of a list parameter that is passed a value: a text with commas between them, or what is a
// list already.
func membersOf(v value.Value) value.Value {
	if v.Kind() == value.KindList || v.Kind() == value.KindAbsent {
		return v
	}
	var elems []value.Value
	rest := []value.Value{}
	whole := true // whether the number of members is known
	finish := func() {
		elems = append(elems, member(rest, v))
		rest = nil
	}
	for _, part := range v.Parts() {
		text, known := part.AsString()
		if !known {
			whole = whole && isOne(part)
			rest = append(rest, part)
			continue
		}
		pieces := strings.Split(text, ",")
		for i, piece := range pieces {
			if i > 0 {
				finish()
			}
			if piece != "" {
				rest = append(rest, value.OfString(piece).WithOrigin(part.Origin()))
			}
		}
	}
	finish()
	if whole {
		return value.OfList(elems, false).WithOrigin(v.Origin())
	}
	elems = slices.DeleteFunc(elems, func(e value.Value) bool { return e.Kind() == value.KindOpaque })
	return value.OfOpenList(elems, v.Reason(), v.Refs()...).WithOrigin(v.Origin())
}

// isOne reports whether a part of a text with commas is certainly one member, or within one: no id of a resource has a
// comma.
func isOne(part value.Value) bool { return part.Kind() == value.KindSymbol }

// member returns one member of a text with commas, whose blanks around it don't count.
func member(parts []value.Value, whole value.Value) value.Value {
	if len(parts) == 0 {
		return value.OfString("").WithOrigin(whole.Origin())
	}
	if text, known := parts[0].AsString(); known {
		parts[0] = value.OfString(strings.TrimLeft(text, " ")).WithOrigin(parts[0].Origin())
	}
	last := len(parts) - 1
	if text, known := parts[last].AsString(); known {
		parts[last] = value.OfString(strings.TrimRight(text, " ")).WithOrigin(parts[last].Origin())
	}
	parts = slices.DeleteFunc(parts, func(p value.Value) bool { return p.Is("").Known() == tri.True })
	if len(parts) == 1 {
		return parts[0]
	}
	return value.OfText(parts...).WithOrigin(whole.Origin())
}
