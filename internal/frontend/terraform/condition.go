package terraform

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func (ev *evaluator) conditional(e *hclsyntax.ConditionalExpr, sc *scope) outcome {
	cond := ev.eval(e.Condition, sc)
	if b, known := boolean(cond.Value); known && cond.parts() == nil {
		chosen, other := e.TrueResult, e.FalseResult
		if !b {
			chosen, other = other, chosen
		}
		o, unchosen := ev.eval(chosen, sc), ev.eval(other, sc)
		fails := cond.fails.Or(unifies(o, unchosen))
		o.Value = because(beside(o.Value, unchosen, other, nil), cond.Value, ev, e)
		return o.orFails(fails)
	}
	decided := ev.decide(e.Condition, cond, sc)
	var yes, no *outcome
	pick := func(b bool) outcome {
		if b {
			if yes == nil {
				o := ev.eval(e.TrueResult, sc)
				yes = &o
			}
			return *yes
		}
		if no == nil {
			o := ev.eval(e.FalseResult, sc)
			no = &o
		}
		return *no
	}
	if len(decided) == 1 && cond.parts() == nil {
		b, _ := decided[0].Value.AsBool()
		o, other := pick(b), pick(!b)
		fails := cond.fails.Or(unifies(o, other)).Or(undecidable(cond.Value))
		o.Value = because(beside(o.Value, other, arm(e, !b), nil), cond.Value, ev, e)
		return o.orFails(fails)
	}
	var c cases
	fails := undecidable(cond.Value)
	for _, d := range decided {
		b, _ := d.Value.AsBool()
		fails = fails.Or(unifies(pick(b), pick(!b)))
		for _, p := range parted(pick(b)) {
			if w, ok := d.When.And(p.when); ok {
				c.add(w, ended(beside(p.value, pick(!b), arm(e, !b), w), p.fails))
			}
		}
	}
	for _, p := range cond.parts() {
		if p.fails == tri.True {
			c.add(p.when, failed("the condition fails"))
		}
	}
	o := c.outcome([]outcome{cond}).orFails(fails)
	if cond.parts() == nil {
		o = o.orFails(cond.fails)
	}
	o.Value = spanned(o.Value, ev.span(e.SrcRange))
	return o
}

// beside returns what one result of a conditional is in a world beside the other. One that is null leaves it as it is; one
// that fails, which does no harm where it isn't chosen, may be of a type all the same.
func beside(v value.Value, other outcome, e hclsyntax.Expression, when value.World) value.Value {
	if isNull(e) {
		return v
	}
	u := unified(v, other.Value, when)
	if other.fails == tri.False {
		return u
	}
	return agreed(v, u)
}

// arm returns one of the two results of a conditional.
func arm(e *hclsyntax.ConditionalExpr, b bool) hclsyntax.Expression {
	if b {
		return e.TrueResult
	}
	return e.FalseResult
}

// isText reports whether a value is certainly a text.
func isText(v value.Value) bool {
	switch v.Kind() {
	case value.KindScalar:
		s, _ := v.Scalar()
		_, text := s.(string)
		return text
	case value.KindText:
		return true
	case value.KindSymbol:
		return !whole(v)
	}
	return v.Encoded()
}

// whole reports whether a value is a whole resource or module.
func whole(v value.Value) bool {
	ref, ok := v.Symbol()
	return ok && ref.Attr == ""
}

// because adds to the trace of a known arm what the condition came from, where the arm has no trace of its own.
func because(v, cond value.Value, ev *evaluator, e *hclsyntax.ConditionalExpr) value.Value {
	via := noted(cond.Origin())
	origin := v.Origin()
	if via == nil || origin == nil || noted(origin) != nil {
		return v
	}
	b, _ := cond.AsBool()
	note := "the condition " + ev.text(e.Condition) + " is " + strconv.FormatBool(b)
	return v.WithOrigin(&value.Origin{Span: origin.Span, Via: &value.Origin{Span: ev.span(e.Condition.Range()), Note: note, Via: via}})
}

// decide returns the worlds of a condition, each with a known boolean. What can't be known is true in one world and false
// in the other, and is named after the expression that it is.
func (ev *evaluator) decide(e hclsyntax.Expression, cond outcome, sc *scope) []value.Arm {
	var out []value.Arm
	for _, a := range cond.Arms() {
		if b, ok := boolean(a.Value); ok {
			if s, _ := a.Value.Scalar(); s == b && !a.Value.MayBeMissing() {
				out = append(out, a)
				continue
			}
			out = append(out, value.Arm{When: a.When, Value: value.OfBool(b)})
			continue
		}
		fact := ev.fact(e, sc)
		for _, f := range []value.Fact{fact, fact.Not()} {
			if w, ok := a.When.And(value.World{f}); ok {
				out = append(out, value.Arm{When: w, Value: value.OfBool(f == fact)})
			}
		}
	}
	return out
}

// boolean returns the boolean that a value is or spells, as Terraform reads it.
func boolean(v value.Value) (b, ok bool) {
	switch s, _ := v.Scalar(); s {
	case true, "true", "1":
		return true, true
	case false, "false", "0":
		return false, true
	}
	return false, false
}

// undecidable is the failure of a condition that may be no boolean.
func undecidable(cond value.Value) tri.Bool {
	for _, a := range cond.Arms() {
		if _, ok := boolean(a.Value); !ok {
			return tri.Unknown
		}
	}
	return tri.False
}

// fact returns the fact that a condition which can't be known is true.
func (ev *evaluator) fact(e hclsyntax.Expression, sc *scope) value.Fact {
	if not, ok := bare(e).(*hclsyntax.UnaryOpExpr); ok && not.Op == hclsyntax.OpLogicalNot {
		return ev.fact(not.Val, sc).Not()
	}
	key, text := ev.identity(e, sc)
	return value.Fact{Var: key, Is: "true", Text: text + " is true"}
}

// split returns a boolean that is true in the worlds in which the fact holds, and false in the others.
func split(f value.Fact) outcome {
	return perhaps(value.OfChoice([]value.Arm{
		{When: value.World{f}, Value: value.OfBool(true)},
		{When: value.World{f.Not()}, Value: value.OfBool(false)},
	}))
}

// identity returns what an expression is across the run, and how its author would name it. An expression that is but
// another name, a local or an argument passed on, is what it names.
func (ev *evaluator) identity(e hclsyntax.Expression, sc *scope) (key, text string) {
	const maxHops = 64
	for range maxHops {
		next, inner, ok := alias(bare(e), sc)
		if !ok {
			break
		}
		e, sc = next, inner
	}
	e = bare(e)
	text = ev.text(e)
	key = ev.unit + "|" + sc.in.path + "|" + sc.bindings(e, text) + "|" + text
	for _, impure := range []string{"uuid", "timestamp", "bcrypt", "plantimestamp"} {
		if strings.Contains(text, impure+"(") {
			key += "@" + strconv.Itoa(e.Range().Start.Byte)
		}
	}
	return key, text
}

// alias returns the expression that e is another name of.
func alias(e hclsyntax.Expression, sc *scope) (hclsyntax.Expression, *scope, bool) {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) != 2 {
		return nil, nil, false
	}
	root, name := t.Traversal.RootName(), attrName(t.Traversal[1])
	if _, bound := sc.lookup(root); bound {
		return nil, nil, false
	}
	switch root {
	case "local":
		if a := sc.in.mod.locals[name]; a != nil {
			return a.Expr, sc.in.scope, true
		}
	case "var":
		if a := sc.in.argument(name); a != nil && sc.in.mod.variables[name] != nil {
			return a.Expr, sc.in.caller, true
		}
	}
	return nil, nil, false
}

// bare strips parentheses and the quotes of "${x}".
func bare(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		switch x := e.(type) {
		case *hclsyntax.ParenthesesExpr:
			e = x.Expression
		case *hclsyntax.TemplateWrapExpr:
			e = x.Wrapped
		default:
			return e
		}
	}
}
