package shell

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/literal"
	"github.com/vpclint/vpclint/internal/value"
)

// A binding is what a variable holds: one of its alternatives.
type binding struct {
	alts []alternative
	// id tells one assignment from another, so that two conditions know whether they speak of one value.
	id int
}

// An alternative is what a variable holds in one world.
type alternative struct {
	when value.World
	// words are the elements of an array, or the one text of anything else. None is a variable that isn't set.
	words []field
	array bool
	// open is why an array may have elements that aren't among its words; empty where it doesn't.
	open string
	// shapeless says that it isn't known whether it is an array.
	shapeless bool
	// outside says that the script doesn't assign it, so that it is no array.
	outside bool
	// given says that it comes from outside of the script: an argument, the environment, what somebody types. What the script
	// has for it otherwise is its default.
	given bool
}

// A scope holds the variables that were assigned in one part of a script, over those of what is around it.
type scope struct {
	around *scope
	vars   map[string]*binding
	// locals are the names that end with the scope; nil but for a function's.
	locals map[string]bool
}

func (s *scope) inner() *scope { return &scope{around: s, vars: map[string]*binding{}} }

// lookup returns what is known of a variable; nil where the script doesn't assign it.
func (s *scope) lookup(name string) *binding {
	for ; s != nil; s = s.around {
		if b := s.vars[name]; b != nil {
			return b
		}
	}
	return nil
}

// declareLocal makes a name end with the function that is running.
func (s *scope) declareLocal(name string) {
	for ; s != nil; s = s.around {
		if s.locals != nil {
			s.locals[name] = true
			return
		}
	}
}

// leave hands what was assigned to what is around.
func (s *scope) leave() {
	for name, b := range s.vars {
		if !s.locals[name] {
			s.around.vars[name] = b
		}
	}
}

// assigned returns the names that a scope has a value of its own for, sorted.
func (s *scope) assigned() []string { return slices.Sorted(maps.Keys(s.vars)) }

// one is a binding that is the same in every world.
func (x *interpreter) one(a alternative) *binding {
	x.bindings++
	return &binding{alts: []alternative{a}, id: x.bindings}
}

// unknown returns a binding of which nothing is known.
func (x *interpreter) unknown(reason string) *binding {
	return x.one(alternative{shapeless: true, words: single(part{unknown: value.OfOpaque(reason)})})
}

// A branch is one of several ways that a script can go.
type branch struct {
	*process
	when value.World
}

// join makes of several ways one again: a variable is in each world what it is behind the way that is gone there.
func (x *interpreter) join(base *scope, branches []branch) {
	if len(branches) == 1 {
		branches[0].scope.leave()
		return
	}
	var names []string
	for _, b := range branches {
		names = append(names, b.scope.assigned()...)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		base.vars[name] = x.joined(name, branches)
	}
}

// maxWorlds bounds the alternatives of one variable, and the worlds of one command.
const maxWorlds = value.MaxArms

func (x *interpreter) joined(name string, branches []branch) *binding {
	var alts []alternative
	for _, b := range branches {
		held := b.scope.lookup(name)
		if held == nil {
			a := x.unassigned(name)
			if !runtimeNames[name] {
				a.words[0].text[0].unknown = value.OfOpaque(name + " is assigned in the script only under a condition")
			}
			held = &binding{alts: []alternative{a}}
		}
		for _, a := range held.alts {
			if when, possible := a.when.And(b.when); possible {
				a.when = when
				alts = append(alts, a)
			}
		}
	}
	same := func(a alternative) bool {
		first := alts[0]
		first.when, a.when = nil, nil
		return reflect.DeepEqual(first, a)
	}
	x.bindings++
	switch {
	case len(alts) == 0:
		return x.unknown(name + " can't be told")
	case len(alts) > maxWorlds:
		return x.unknown(name + " depends on too many conditions")
	case !slices.ContainsFunc(alts[1:], func(a alternative) bool { return !same(a) }):
		alts = alts[:1]
		alts[0].when = nil
	}
	return &binding{alts: alts, id: x.bindings}
}

// unassigned is what a variable holds that the script doesn't assign.
func (x *interpreter) unassigned(name string) alternative {
	reason := name + " isn't assigned in the script"
	if runtimeNames[name] {
		reason = "$" + name + " is known only when the script runs"
	}
	return alternative{given: true, shapeless: true, outside: true, words: single(part{unknown: value.OfOpaque(reason)})}
}

// runtimeNames are variables that the shell itself sets.
var runtimeNames = map[string]bool{
	"RANDOM": true, "SECONDS": true, "PWD": true, "OLDPWD": true, "HOME": true, "USER": true, "UID": true, "HOSTNAME": true,
	"LINENO": true, "BASH_SOURCE": true, "EPOCHSECONDS": true, "REPLY": true, "BASHPID": true, "PPID": true, "SHELL": true,
}

// told returns what a step says of an assignment.
func told(name string, t text) string {
	s, known := t.literal()
	switch {
	case !known:
		return name + " is assigned here"
	case secretName(name):
		return name + " is set here"
	}
	return name + " is " + literal.Quoted(s)
}

// secretName reports whether what a variable holds is not for others' eyes.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, word := range [...]string{"passw", "secret", "token", "credential", "api_key", "apikey", "private_key", "access_key", "connection_string"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
