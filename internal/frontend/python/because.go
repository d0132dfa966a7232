package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// subjectOf returns the expression that a test is about: x of `x`, `not x`, `x is None` and `isinstance(x, list)`.
func subjectOf(test pyast.Expr) pyast.Expr {
	switch e := test.(type) {
	case *pyast.UnaryOp:
		if e.Op == pyast.Not {
			return subjectOf(e.Operand)
		}
	case *pyast.Compare:
		if len(e.Ops) == 1 {
			return subjectOf(e.Left)
		}
	case *pyast.Call:
		if f, ok := e.Func.(*pyast.Name); ok && f.ID == "isinstance" && len(e.Args) == 2 {
			return subjectOf(e.Args[0])
		}
	case *pyast.Name, *pyast.Attribute:
		return test
	}
	return nil
}

// because returns o, which a test has selected. Where that is None, nothing else tells where it comes from: the trace leads
// on to what was tested.
func (in *interp) because(test pyast.Expr, o object) object {
	d, ok := o.(datum)
	if !ok || d.Kind() != value.KindAbsent || d.Origin() == nil || d.Origin().Via != nil {
		return o
	}
	subject := subjectOf(test)
	if subject == nil {
		return o
	}
	var via *value.Origin
	switch t := narrow(in.eval(subject), in.st.path).(type) {
	case datum:
		if t.Origin() == nil || t.Reason() != "" {
			return o
		}
		via = t.Origin()
	case *place:
		if t.note == "" {
			return o
		}
		via = t.noteOrigin()
	}
	for via != nil && via.Note == "" {
		via = via.Via
	}
	return datum{d.WithOrigin(&value.Origin{Span: d.Origin().Span, Note: d.Origin().Note, Via: via})}
}

// maxPivots bounds how many facts are told apart ahead of one test.
const maxPivots = 2

// pivot returns the fact to tell apart first where a test is decided for some alternatives of what it is about, and open
// for others: `x if isinstance(x, list) else None` of an x that is None unless a flag is set hangs on the flag.
func (in *interp) pivot(test pyast.Expr) (value.Fact, bool) {
	subject := subjectOf(test)
	// On a path that has too many facts already another isn't remembered, and nothing would come of it.
	if subject == nil || in.pivots >= maxPivots || len(in.st.path) >= maxPath {
		return value.Fact{}, false
	}
	c, ok := narrow(in.eval(subject), in.st.path).(*choice)
	if !ok {
		return value.Fact{}, false
	}
	for _, opt := range c.options {
		if len(opt.when) != 1 {
			continue
		}
		outer := in.st
		st, possible := outer.fork(opt.when...)
		if !possible {
			continue
		}
		in.st = st
		known, _ := in.decide(test)
		in.st = outer
		if known != tri.Unknown {
			return opt.when[0], true
		}
	}
	return value.Fact{}, false
}

// wholes puts the alternatives together again that a script tells apart by testing a value for being there: `x or None`,
// `[x] if x else None` and `if x: kwargs["subnets"] = x` all say what x says, and whether x is there isn't known.
func (in *interp) wholes(arms []value.Arm) []value.Arm {
	for i, none := range arms {
		for _, f := range none.When {
			t, ok := in.tests[f.Var]
			if !ok || f.Is != t.absent || !empty(none.Value) {
				continue
			}
			for k, other := range arms {
				if k == i || !differOnlyIn(none.When, other.When, f.Var) {
					continue
				}
				reason := in.reason(t.of)
				if reason == "" || !from(other.Value, reason) {
					continue
				}
				whole := other.Value
				if whole.Kind() != value.KindOpaque {
					whole = value.OfOpaque(reason).WithOrigin(whole.Origin())
				}
				rest := make([]value.Arm, 0, len(arms)-1)
				for m, arm := range arms {
					if m != i && m != k {
						rest = append(rest, arm)
					}
				}
				return in.wholes(append(rest, value.Arm{When: lacking(none.When, f.Var), Value: whole}))
			}
		}
	}
	return arms
}

// empty reports whether a value says that nothing is set.
func empty(v value.Value) bool {
	switch v.Kind() {
	case value.KindAbsent:
		return true
	case value.KindScalar:
		return v.Literal() == ""
	case value.KindList:
		return len(v.Elems()) == 0 && !v.Open()
	case value.KindObject:
		return len(v.Fields()) == 0 && !v.Open()
	}
	return false
}

// from reports whether a value is made of the unknown one that has a reason: what is computed from it takes its reason over.
func from(v value.Value, reason string) bool {
	if sameReason(v.Reason(), reason) {
		return true
	}
	for _, e := range v.Elems() {
		if from(e, reason) {
			return true
		}
	}
	for _, f := range v.Fields() {
		if from(f.Value, reason) {
			return true
		}
	}
	return false
}

func differOnlyIn(a, b value.World, variable string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Var != b[i].Var || a[i].Is != b[i].Is && a[i].Var != variable || a[i].Is == b[i].Is && a[i].Var == variable {
			return false
		}
	}
	return true
}

func lacking(w value.World, variable string) value.World {
	var out value.World
	for _, f := range w {
		if f.Var != variable {
			out = append(out, f)
		}
	}
	return out
}
