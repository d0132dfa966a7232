package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// An outcome is what an expression comes to: its value, and whether it fails instead, which try and can look at. An
// outcome that fails has an opaque value, which holds whatever may be put in its place.
type outcome struct {
	value.Value
	fails tri.Bool
	// more is what few outcomes have; nil for all others.
	more *more
}

// More is what an outcome is beside its value.
type more struct {
	// parts are what it is in each world, where it fails in some of them. The value leaves those out: where an expression
	// fails, nothing is deployed.
	parts []part
	// members are those of an object that is open only because not every name is known; nil for anything else.
	members []member
}

func (o outcome) parts() []part {
	if o.more == nil {
		return nil
	}
	return o.more.parts
}

func (o outcome) members() []member {
	if o.more == nil {
		return nil
	}
	return o.more.members
}

// withMembers returns an object's outcome with its members, which may be nil.
func (o outcome) withMembers(ms []member) outcome {
	if ms != nil {
		o.more = &more{parts: o.parts(), members: ms}
	}
	return o
}

// A part is what an outcome is in one world.
type part struct {
	when  value.World
	value value.Value
	fails tri.Bool
}

// ended is the outcome that is v, and fails as fails says.
func ended(v value.Value, fails tri.Bool) outcome { return outcome{Value: v, fails: fails} }

// sure is the outcome that certainly is v.
func sure(v value.Value) outcome { return outcome{Value: v, fails: tri.False} }

// perhaps is the outcome that is v unless it fails.
func perhaps(v value.Value) outcome { return outcome{Value: v} }

// planned is what a name comes to, a local's, a variable's or an output's: where that fails, so does the whole plan, before
// try or can sees it. https://developer.hashicorp.com/terraform/language/functions/try
func (o outcome) planned() outcome {
	if o.fails != tri.Unknown {
		return o
	}
	return ended(o.Value, tri.False).withMembers(o.members())
}

// failed is the outcome of an expression that can't be evaluated.
func failed(reason string, operands ...outcome) outcome {
	return outcome{Value: value.OfOpaque(reason, refsOf(operands)...), fails: tri.True}
}

// unknown is an opaque outcome with all references of its operands, and the reason of the first that has one.
func unknown(reason string, operands ...outcome) outcome {
	return perhaps(value.OfOpaque(reasonOf(reason, operands...), refsOf(operands)...))
}

// with returns the outcome with another form of its value.
func (o outcome) with(v value.Value) outcome {
	o.Value = v
	return o
}

func refsOf(operands []outcome) []value.Ref {
	var refs []value.Ref
	for _, o := range operands {
		refs = append(refs, o.Refs()...)
	}
	return refs
}

// reasonOf returns why the operands are not known, or else a reason of the operation's own.
func reasonOf(otherwise string, operands ...outcome) string {
	for _, o := range operands {
		if r := o.Reason(); r != "" && o.Kind() != value.KindSymbol {
			return r
		}
	}
	for _, o := range operands {
		if r := o.Reason(); r != "" {
			return r
		}
	}
	return otherwise
}

// decided reports whether an outcome is known, of every world that it tells apart, to fail or not to.
func (o outcome) decided() bool {
	for _, p := range o.parts() {
		if p.fails == tri.Unknown {
			return false
		}
	}
	return o.parts() != nil
}

// orFails returns an outcome that also fails where fails says.
func (o outcome) orFails(fails tri.Bool) outcome {
	if fails == tri.False {
		return o
	}
	o.fails = o.fails.Or(fails)
	if len(o.parts()) == 0 {
		return o
	}
	parts := make([]part, len(o.parts()))
	for i, p := range o.parts() {
		p.fails = p.fails.Or(fails)
		parts[i] = p
	}
	o.more = &more{parts: parts, members: o.members()}
	return o
}

// anyFails is the failure of an expression that evaluates all of its operands.
func anyFails(operands ...outcome) tri.Bool {
	fails := tri.False
	for _, o := range operands {
		fails = fails.Or(o.fails)
	}
	return fails
}

// A scope is what names mean where an expression stands: a module instance, the iteration of a resource, and the
// variables of for expressions and dynamic blocks around it.
type scope struct {
	in    *instance
	outer *scope
	// names are the variables of a template, bound those of a loop.
	names     map[string]outcome
	bound     []binding
	iteration *iteration
	self      *resourceInstance
	// item is the anonymous symbol of the splat around the expression, itemValue what it stands for.
	item      *hclsyntax.AnonSymbolExpr
	itemValue value.Value
	// sealed is the template that the names are those of, which sees no others.
	sealed *template
	// key identifies what the names are bound to, for the worlds of conditions that depend on it.
	key string
}

// A binding is what a variable of a for expression or dynamic block is bound to.
type binding struct {
	name  string
	value value.Value
}

// An iteration is one of a block's: count.index, or each.key and each.value.
type iteration struct {
	counted           bool
	index, key, value value.Value
}

// lookup returns what a name of a for expression or dynamic block is bound to.
func (s *scope) lookup(name string) (outcome, bool) {
	for ; s != nil; s = s.outer {
		for _, b := range s.bound {
			if b.name == name {
				return sure(b.value), true
			}
		}
		if v, ok := s.names[name]; ok {
			return v, true
		}
	}
	return outcome{}, false
}

// iterated returns a member of the nearest iteration: index of count, key or value of each.
func (s *scope) iterated(root, name string) (outcome, bool) {
	for ; s != nil; s = s.outer {
		if s.iteration == nil || s.iteration.counted != (root == "count") {
			continue
		}
		switch name {
		case "index":
			return sure(s.iteration.index), s.iteration.counted
		case "key":
			return sure(s.iteration.key), !s.iteration.counted
		case "value":
			return sure(s.iteration.value), !s.iteration.counted
		}
	}
	return outcome{}, false
}

func (s *scope) resource() *resourceInstance {
	for ; s != nil; s = s.outer {
		if s.self != nil {
			return s.self
		}
	}
	return nil
}

func (s *scope) anonymous(e *hclsyntax.AnonSymbolExpr) (outcome, bool) {
	for ; s != nil; s = s.outer {
		if s.item == e {
			return sure(s.itemValue), true
		}
	}
	return outcome{}, false
}

// bind returns a scope inside s with more names. The key must tell apart the rounds of the loop that binds them.
func (s *scope) bind(key string, bound ...binding) *scope {
	return &scope{in: s.in, outer: s, bound: bound, key: key}
}

// mayBind rules out, by the text of an expression alone, that it mentions a binding: nearly none does.
func (s *scope) mayBind(text string) bool {
	for ; s != nil; s = s.outer {
		switch {
		case s.key == "":
			continue
		case s.item != nil,
			s.iteration != nil && (strings.Contains(text, "count") || strings.Contains(text, "each")),
			s.self != nil && strings.Contains(text, "self"):
			return true
		}
		for name := range s.names {
			if strings.Contains(text, name) {
				return true
			}
		}
		for _, b := range s.bound {
			if strings.Contains(text, b.name) {
				return true
			}
		}
	}
	return false
}

// bindings identifies those bindings that an expression can see: nothing where it mentions none, so that one condition
// in every round of a loop is one condition.
func (s *scope) bindings(e hclsyntax.Expression, text string) string {
	if !s.mayBind(text) {
		return ""
	}
	var keys []string
	mentioned := s.in.ev.mentioned(e)
	for ; s != nil; s = s.outer {
		seen := s.item != nil && len(mentioned) == 0
		for name := range s.names {
			seen = seen || mentioned[name]
		}
		for _, b := range s.bound {
			seen = seen || mentioned[b.name]
		}
		if s.iteration != nil {
			seen = seen || mentioned["count"] || mentioned["each"]
		}
		if s.self != nil {
			seen = seen || mentioned["self"]
		}
		if seen && s.key != "" {
			keys = append(keys, s.key)
		}
	}
	return strings.Join(keys, "|")
}
