// Package guard answers what IAM policies allow, deny and require: for which principals, actions and resources a statement
// is, and what its conditions leave of that.
//
// In goes a policy document as an abstract value, whatever it was written in; out come its statements, and three-valued
// answers with the place that decides. It knows no rule, no wording of findings and no severity.
package guard

import (
	"cmp"
	"slices"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A Document is a policy as its statements. AWS: IAM user guide, "IAM JSON policy elements reference".
type Document struct {
	Statements []Statement
	// Complete says in which worlds it has no other statements.
	Complete value.Truth
}

// A Statement is one statement of a policy.
type Statement struct {
	// Holds says in which worlds it is part of the policy.
	Holds value.Truth
	// Effect is "Allow" or "Deny".
	Effect value.Value
	// Sid is what it is called; absent where it has no name.
	Sid value.Value
	// Principals, Actions and Resources are for whom, for what and on what it is.
	Principals, Actions, Resources Element
	// Conditions must all hold for it to apply.
	Conditions []Condition
	// ConditionsComplete says in which worlds there are no others.
	ConditionsComplete value.Truth
	Origin             *value.Origin
	// Index is its place among the statements of its policy. One that stands in several alternatives of the policy has one.
	Index int
	// actions are those that it names, if it is known and read that these are all.
	actions []verb
	read    bool
	// variables says in which worlds "${aws:username}" in it is a policy variable.
	variables value.Truth
}

// An Element is one of a statement's elements, with whatever of it isn't known.
type Element struct {
	value.Value
	// Not says that it names what the statement is not for: NotPrincipal, NotAction, NotResource.
	Not bool
	// Key is where its name is written; zero where that isn't known.
	Key source.Span
	// Folds says that its texts compare without case.
	Folds bool
	// Naming says what unknown parts of its texts stand for. It may be nil.
	Naming Naming
}

// A Fact is an answer, and the place that shows it.
type Fact struct {
	Holds value.Truth
	At    *value.Origin
}

// maxStatements bounds the statements that are read of one document: AWS takes some hundreds.
const maxStatements = 1000

// Read reads a policy document. Of unknown parts of its texts the naming says what they stand for; it may be nil.
func Read(policy value.Value, naming Naming) Document {
	r := reader{naming: naming}
	return Document{Complete: r.document(policy), Statements: r.statements}
}

// withVariables is the version of the policy language that has policy variables. AWS: "IAM JSON policy elements: Version".
const withVariables = "2012-10-17"

// A reader gathers the statements of one document.
type reader struct {
	statements []Statement
	naming     Naming
	variables  value.Truth
	// places are where the statements stand.
	places map[source.Span][]standing
}

// document reads what may be a document, and says in which worlds that is all of it.
func (r *reader) document(v value.Value) value.Truth {
	return inEach(v, nil, func(v value.Value, when value.World) value.Truth {
		switch v.Kind() {
		case value.KindAbsent:
			return value.Yes()
		case value.KindObject:
			r.variables = v.Attr("Version").Is(withVariables)
			return r.list(v.Attr("Statement"), when)
		}
		return unread(v, "its policy is no policy document")
	})
}

// list reads one statement or a list of them.
func (r *reader) list(v value.Value, when value.World) value.Truth {
	return inEach(v, when, func(v value.Value, when value.World) value.Truth {
		switch v.Kind() {
		case value.KindAbsent:
			return value.Yes()
		case value.KindObject:
			if len(r.statements) == maxStatements {
				return value.Unknowable("the policy has too many statements", v.Origin())
			}
			s := r.statement(v, when)
			s.Index = r.indexOf(s.Actions.Key, when)
			r.statements = append(r.statements, s)
			return value.Yes()
		case value.KindList:
			complete := value.Yes()
			r.statements = slices.Grow(r.statements, min(len(v.Elems()), maxStatements-len(r.statements)))
			for _, e := range v.Elems() {
				complete = complete.And(r.list(continued(e, v), when))
			}
			if v.Open() {
				complete = complete.And(unread(v, ""))
			}
			return complete
		}
		return unread(v, "its policy has something for a statement that is none")
	})
}

// A standing is a statement in one world.
type standing struct {
	when  value.World
	index int
}

// indexOf returns the index of a statement by where its actions are written: that of those which stand there in other worlds, or
// one of its own.
func (r *reader) indexOf(at source.Span, when value.World) int {
	index := len(r.statements)
	if at.IsZero() {
		return index
	}
	if r.places == nil {
		r.places = map[source.Span][]standing{}
	}
	if len(r.places[at]) == 0 {
		r.places[at] = []standing{{when, index}}
		return index
	}
	taken := map[int]bool{}
	for _, p := range r.places[at] {
		if _, both := when.And(p.when); both {
			taken[p.index] = true
		}
	}
	for _, p := range r.places[at] {
		if !taken[p.index] {
			index = p.index
			break
		}
	}
	r.places[at] = append(r.places[at], standing{when, index})
	return index
}

// inEach joins what f says of each arm of a value, in the worlds in which it is that.
func inEach(v value.Value, when value.World, f func(v value.Value, when value.World) value.Truth) value.Truth {
	if v.Kind() != value.KindChoice {
		return f(v, when)
	}
	var ts []value.Truth
	for _, arm := range v.Arms() {
		if both, possible := when.And(arm.When); possible {
			ts = append(ts, f(continued(arm.Value.MaybeAs(v), v), both).When(arm.When))
		}
	}
	return value.Join(ts...)
}

// continued returns a part of a value, which stands where the whole does unless it has a place of its own.
func continued(part, of value.Value) value.Value {
	if part.Origin() == nil {
		return part.WithOrigin(of.Origin())
	}
	return part
}

// unread is the truth of which nothing is known because of a value.
func unread(v value.Value, reason string) value.Truth {
	return value.Unknowable(cmp.Or(v.Reason(), reason, "not all of the policy is known"), v.Origin())
}

// there holds in the world in which a part of a list stands in it. One that may be missing leaves it open.
func there(v value.Value, when value.World) value.Truth {
	t := value.Always(tri.True, v.Origin())
	if v.MayBeMissing() {
		t = value.Unknowable(cmp.Or(v.WhyMissing(), "it may not be there"), v.Origin())
	}
	return t.Within(when)
}

func (r *reader) statement(v value.Value, when value.World) Statement {
	s := Statement{Holds: there(v, when), Effect: v.Attr("Effect"), Sid: v.Attr("Sid"), Origin: v.Origin(), variables: r.variables}
	s.Principals = r.element(v, "Principal")
	s.Actions = r.element(v, "Action")
	s.Actions.Folds = true
	s.actions, s.read = s.Actions.verbs()
	s.Resources = r.element(v, "Resource")
	s.Conditions, s.ConditionsComplete = r.conditions(v.Attr("Condition"))
	return s
}

// element reads an element, or the one that excludes what it names.
func (r *reader) element(v value.Value, name string) Element {
	e := Element{Value: continued(v.Attr(name), v), Naming: r.naming}
	if f, there := v.Field(name); there {
		e.Key = f.Key
	}
	if not, there := v.Field("Not" + name); there && e.Kind() == value.KindAbsent {
		e.Value, e.Not, e.Key = continued(not.Value, v), true, not.Key
	}
	return e
}

// Allows says in which worlds a statement is an Allow.
func (s *Statement) Allows() value.Truth { return s.Holds.And(s.Effect.Is("Allow")) }

// Denies says in which worlds a statement is a Deny.
func (s *Statement) Denies() value.Truth { return s.Holds.And(s.Effect.Is("Deny")) }

// Unread is unknown in the worlds in which a document may have statements that aren't seen, and false elsewhere.
func (d *Document) Unread() value.Truth { return d.Complete.Lacking("not all of the policy is known") }
