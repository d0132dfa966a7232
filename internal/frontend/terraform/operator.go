package terraform

import (
	"errors"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

func (ev *evaluator) unary(e *hclsyntax.UnaryOpExpr, sc *scope) outcome {
	operand := ev.eval(e.Val, sc)
	var o outcome
	if e.Op == hclsyntax.OpLogicalNot {
		o = ev.logical(func(bs []bool) bool { return !bs[0] }, sc, []hclsyntax.Expression{e.Val}, operand)
	} else {
		o = lift(operand, func(o outcome) outcome { return compute(e.Op.Impl, o) })
	}
	o.Value = ev.derived(o.Value, ev.span(e.SrcRange), operand)
	return o
}

func (ev *evaluator) binary(e *hclsyntax.BinaryOpExpr, sc *scope) outcome {
	l, r := ev.eval(e.LHS, sc), ev.eval(e.RHS, sc)
	var o outcome
	switch e.Op {
	case hclsyntax.OpLogicalAnd:
		o = ev.logical(func(bs []bool) bool { return bs[0] && bs[1] }, sc, []hclsyntax.Expression{e.LHS, e.RHS}, l, r)
	case hclsyntax.OpLogicalOr:
		o = ev.logical(func(bs []bool) bool { return bs[0] || bs[1] }, sc, []hclsyntax.Expression{e.LHS, e.RHS}, l, r)
	case hclsyntax.OpEqual:
		o = ev.equality(e, sc, l, r, false)
	case hclsyntax.OpNotEqual:
		o = ev.equality(e, sc, l, r, true)
	case hclsyntax.OpLessThan, hclsyntax.OpLessThanOrEqual, hclsyntax.OpGreaterThan, hclsyntax.OpGreaterThanOrEqual:
		o = distribute([]outcome{l, r}, func(os []outcome) outcome {
			if b, ok := compareIntegers(e.Op, os[0].Value, os[1].Value); ok {
				return ended(value.OfBool(b), anyFails(os...))
			}
			if o := compute(e.Op.Impl, os...); o.Kind() == value.KindScalar || o.fails == tri.True {
				return o
			}
			return split(ev.fact(e, sc))
		})
	default:
		o = distribute([]outcome{l, r}, func(os []outcome) outcome { return compute(e.Op.Impl, os...) })
	}
	o.Value = ev.derived(o.Value, ev.span(e.SrcRange), l, r)
	return o
}

// compareIntegers is what nearly all comparisons are, without a detour through large numbers; false for any other.
func compareIntegers(op *hclsyntax.Operation, l, r value.Value) (b, ok bool) {
	if l.MayBeMissing() || r.MayBeMissing() {
		return false, false
	}
	x, isNumber := integer(l)
	y, too := integer(r)
	if !isNumber || !too {
		return false, false
	}
	switch op {
	case hclsyntax.OpLessThan:
		return x < y, true
	case hclsyntax.OpLessThanOrEqual:
		return x <= y, true
	case hclsyntax.OpGreaterThan:
		return x > y, true
	case hclsyntax.OpGreaterThanOrEqual:
		return x >= y, true
	}
	return false, false
}

// integer returns a known number that is a small integer.
func integer(v value.Value) (int64, bool) {
	s, _ := v.Scalar()
	n, isNumber := s.(value.Number)
	if !isNumber {
		return 0, false
	}
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}

// compute applies a function to known operands.
func compute(f function.Function, operands ...outcome) outcome {
	for _, o := range operands {
		if !known(o.Value) {
			return unknown("it can't be computed", operands...)
		}
	}
	o, err := invoke(f, operands)
	switch {
	case errors.Is(err, errNotKnown):
		return unknown("it can't be computed", operands...)
	case err != nil:
		return failed(reasonText(err), operands...)
	}
	return o
}

// logical applies a boolean operator in every world of its operands: `false && x` is false whatever x is.
func (ev *evaluator) logical(op func([]bool) bool, sc *scope, exprs []hclsyntax.Expression, operands ...outcome) outcome {
	for i, o := range operands {
		if o.parts() != nil {
			operands[i] = withFailures(o)
		} else if k := o.Kind(); k == value.KindList || k == value.KindObject || k == value.KindAbsent {
			// A null or a list is no boolean; what the other side is may still decide.
			operands[i] = failed(describe(o.Value)+" is no boolean", o)
		}
	}
	if b, ok := decidedLogic(op, operands); ok {
		return sure(value.OfBool(b))
	}
	fails := anyFails(operands...)
	if fails == tri.True && len(operands) > 1 {
		fails = tri.Unknown // where one side decides, the other may fail
	}
	var worlds [][]value.Arm
	for i, o := range operands {
		worlds = append(worlds, ev.decide(exprs[i], o, sc))
	}
	var arms []value.Arm
	for _, a := range worlds[0] {
		x, _ := a.Value.AsBool()
		if len(worlds) == 1 {
			arms = append(arms, value.Arm{When: a.When, Value: value.OfBool(op([]bool{x}))})
			continue
		}
		if op([]bool{x, true}) == op([]bool{x, false}) {
			arms = append(arms, value.Arm{When: a.When, Value: value.OfBool(op([]bool{x, true}))})
			continue
		}
		for _, b := range worlds[1] {
			if w, ok := a.When.And(b.When); ok {
				y, _ := b.Value.AsBool()
				arms = append(arms, value.Arm{When: w, Value: value.OfBool(op([]bool{x, y}))})
			}
		}
	}
	if len(arms) == 0 || len(arms) > value.MaxArms {
		return unknown(crowded, operands...)
	}
	if b, same := agree(arms); same {
		return ended(value.OfBool(b), fails.Or(unsureBools(operands)))
	}
	return ended(value.OfChoice(arms), fails.Or(unsureBools(operands)))
}

// decidedLogic applies a boolean operator to operands that are known and don't fail; false for any others.
func decidedLogic(op func([]bool) bool, operands []outcome) (b, ok bool) {
	var both [2]bool
	for i, o := range operands {
		x, known := boolean(o.Value)
		if !known || o.fails != tri.False || i >= len(both) {
			return false, false
		}
		both[i] = x
	}
	return op(both[:len(operands)]), true
}

// withFailures returns an outcome with an opaque value in the worlds in which it fails.
func withFailures(o outcome) outcome {
	arms := make([]value.Arm, len(o.parts()))
	for i, p := range o.parts() {
		arms[i] = value.Arm{When: p.when, Value: p.value}
		if p.fails == tri.True {
			arms[i].Value = value.OfOpaque("it fails", p.value.Refs()...)
		}
	}
	return ended(value.OfChoice(arms), tri.Unknown)
}

// agree reports whether one boolean holds in every world.
func agree(arms []value.Arm) (b, same bool) {
	b, _ = arms[0].Value.AsBool()
	for _, a := range arms[1:] {
		if x, _ := a.Value.AsBool(); x != b {
			return false, false
		}
	}
	return b, true
}

func unsureBools(operands []outcome) tri.Bool {
	for _, o := range operands {
		for _, a := range o.Arms() {
			if _, ok := boolean(a.Value); !ok {
				return tri.Unknown
			}
		}
	}
	return tri.False
}

// equality decides == and !=.
func (ev *evaluator) equality(e *hclsyntax.BinaryOpExpr, sc *scope, l, r outcome, negate bool) outcome {
	return distribute([]outcome{l, r}, func(os []outcome) outcome {
		fails := anyFails(os...)
		switch equal(ev.forced(os[0]).Value, ev.forced(os[1]).Value) {
		case tri.True:
			return ended(value.OfBool(!negate), fails)
		case tri.False:
			return ended(value.OfBool(negate), fails)
		}
		f := ev.comparison(e, sc, os[0].Value, os[1].Value)
		if negate {
			f = f.Not()
		}
		o := split(f)
		return ended(o.Value, fails)
	})
}

// comparison returns the fact that both sides are equal. What is compared with a literal is a fact about what is
// compared, so that being one thing excludes being another.
func (ev *evaluator) comparison(e *hclsyntax.BinaryOpExpr, sc *scope, l, r value.Value) value.Fact {
	side, other := e.LHS, r
	if k := l.Kind(); k == value.KindScalar || k == value.KindAbsent {
		side, other = e.RHS, l
	}
	s, ok := other.Scalar()
	switch text, isText := s.(string); {
	case other.Kind() == value.KindAbsent:
		key, name := ev.identity(side, sc)
		return value.Fact{Var: key + "?", Is: "null", Text: name + " is null"}
	case ok && isText && text != "true" && text != "false" && !strings.HasPrefix(text, "not "):
		key, name := ev.identity(side, sc)
		return value.Fact{Var: key + "=", Is: text, Text: name + " is " + strconv.Quote(text)}
	}
	key, name := ev.identity(e, sc)
	if e.Op == hclsyntax.OpNotEqual {
		// The fact is about equality; its text says what the author wrote.
		return value.Fact{Var: key, Is: "false", Text: name + " is false"}
	}
	return value.Fact{Var: key, Is: "true", Text: name + " is true"}
}

// equal compares two values as Terraform does: values of different types differ. Of a list or object it is not known
// which of several types it has, so that two of the same members may differ.
func equal(a, b value.Value) tri.Bool {
	if a.MayBeMissing() || b.MayBeMissing() {
		return tri.Unknown
	}
	if a.Encoded() {
		a = textual(a)
	}
	if b.Encoded() {
		b = textual(b)
	}
	ka, kb := a.Kind(), b.Kind()
	switch {
	case ka == value.KindAbsent && kb == value.KindAbsent:
		return tri.True
	case ka == value.KindAbsent:
		return notNull(b)
	case kb == value.KindAbsent:
		return notNull(a)
	case ka == value.KindScalar && kb == value.KindScalar:
		return equalScalars(a, b)
	case ka == value.KindSymbol && kb == value.KindSymbol:
		return equalSymbols(a, b)
	case ka == value.KindSymbol && b.Literal() == "" && kb == value.KindScalar,
		kb == value.KindSymbol && a.Literal() == "" && ka == value.KindScalar:
		return tri.False
	case structured(ka) && scalarLike(kb), structured(kb) && scalarLike(ka):
		return tri.False
	case ka == value.KindText && kb == value.KindScalar:
		return a.Is(b.Literal()).Known().And(tri.Unknown)
	case kb == value.KindText && ka == value.KindScalar:
		return b.Is(a.Literal()).Known().And(tri.Unknown)
	case ka == value.KindList && kb == value.KindList:
		return equalLists(a, b)
	}
	return tri.Unknown
}

func structured(k value.Kind) bool { return k == value.KindList || k == value.KindObject }

func scalarLike(k value.Kind) bool {
	return k == value.KindScalar || k == value.KindText || k == value.KindSymbol
}

// notNull is whether a value is null.
func notNull(v value.Value) tri.Bool {
	switch v.Kind() {
	case value.KindOpaque, value.KindChoice:
		return tri.Unknown
	}
	return tri.False
}

func equalScalars(a, b value.Value) tri.Bool {
	x, _ := a.Scalar()
	y, _ := b.Scalar()
	if x == y && unspelt(a) && unspelt(b) {
		return tri.True // the last digits of a fraction are those of its operands, and two that are told apart by them are none
	}
	if a.Literal() == b.Literal() && (x != y || a.Untyped() || b.Untyped()) {
		return tri.Unknown // 1 and "1" differ, unless a conditional or a collection has made a text of the number
	}
	return tri.Of(x == y)
}

// equalSymbols compares what is known only after deployment: it equals itself. Two attributes may well be the same, and
// so may be those of what stands for several instances.
func equalSymbols(a, b value.Value) tri.Bool {
	x, _ := a.Symbol()
	y, _ := b.Symbol()
	if x == y && !strings.Contains(x.Addr.Name, star) {
		return tri.True
	}
	return tri.Unknown
}

func equalLists(a, b value.Value) tri.Bool {
	if !exact(a) || !exact(b) {
		return tri.Unknown
	}
	if len(a.Elems()) != len(b.Elems()) {
		return tri.False
	}
	for i, x := range a.Elems() {
		if equal(x, b.Elems()[i]) == tri.False {
			return tri.False
		}
	}
	return tri.Unknown
}

func reasonText(err error) string {
	text := err.Error()
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(text, ".")
}

// invoke calls a function as HCL does: each argument is converted to its parameter's type first.
func invoke(f function.Function, operands []outcome) (outcome, error) {
	fails := anyFails(operands...)
	params, variadic := f.Params(), f.VarParam()
	args := make([]cty.Value, len(operands))
	for i, o := range operands {
		p := variadic
		if i < len(params) {
			p = &params[i]
		}
		if unspelt(o.Value) && (p == nil || p.Type != cty.Number) {
			return outcome{}, errNotKnown
		}
		if p != nil && !p.Type.HasDynamicTypes() && !typed(o.Value) {
			// It is converted anyway. No boolean is a number, which the text that spells it may be.
			o.Value, fails = asTexts(o.Value), fails.Or(tri.Unknown)
		}
		if hasEmpty(o.Value) {
			fails = fails.Or(tri.Unknown) // of what type its elements are isn't known, by which it may be refused
		}
		var err error
		if args[i], err = toCty(o.Value); err != nil {
			return outcome{}, err
		}
		if p == nil {
			continue // too many: the call itself says so
		}
		if args[i], err = convert.Convert(args[i], p.Type); err != nil {
			return outcome{}, err
		}
	}
	v, err := f.Call(args)
	if err != nil {
		return outcome{}, err
	}
	return ended(fromCty(v), fails), nil
}
