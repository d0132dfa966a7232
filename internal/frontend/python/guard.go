package python

import (
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// guard interprets an if statement at which the script, as it is written, stops: `if not bucket: raise ...` where the default
// of bucket is empty, or a chain of elifs over a mode that isn't set, with `else: raise`. Whoever runs the script sets what
// it asks for. So what is tested counts as unknown from here on; else nothing after it would be seen, and pass in silence.
//
// Within a try block a handler may catch the exception, and what is raised there is followed as it is.
func (in *interp) guard(n *pyast.If, known tri.Bool) bool {
	if in.st.writes != nil || in.trying > 0 || !in.stops(n, known, 0) {
		return false
	}
	if _, literal := n.Test.(*pyast.Constant); literal || asksForName(n.Test) {
		return false // if True: raise; if __name__ == "__main__": exit(main())
	}
	in.unset(n, n.Test, 0)
	var now tri.Bool
	var fact value.Fact
	in.peek(func() { now, fact = in.decide(n.Test) })
	if now != tri.Unknown {
		fact = in.fact(n.Test)
	}
	in.branch(fact,
		in.under(fact, func() { in.exec(n.Body) }),
		in.under(fact.Not(), func() { in.exec(n.OrElse) }))
	return true
}

// asksForName reports whether a test is about the module's own name, which nobody sets.
func asksForName(test pyast.Expr) bool {
	c, ok := test.(*pyast.Compare)
	if !ok {
		return false
	}
	for _, e := range append([]pyast.Expr{c.Left}, c.Comparators...) {
		if name, isName := e.(*pyast.Name); isName && name.ID == "__name__" {
			return true
		}
	}
	return false
}

// maxElifs bounds how far a chain of elifs is followed to its else.
const maxElifs = 32

// stops reports whether the branch of a decided test that is taken does nothing but stop the script in the end.
func (in *interp) stops(n *pyast.If, known tri.Bool, depth int) bool {
	switch known {
	case tri.True:
		return ends(n.Body)
	case tri.False:
		if len(n.OrElse) != 1 {
			return ends(n.OrElse)
		}
		next, elif := n.OrElse[0].(*pyast.If)
		if !elif {
			return ends(n.OrElse)
		}
		if depth >= maxElifs {
			return false
		}
		in.peek(func() { known, _ = in.decide(next.Test) })
		return in.stops(next, known, depth+1)
	}
	return false
}

// ends reports whether a block's last statement raises, or leaves the script.
func ends(body []pyast.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch n := body[len(body)-1].(type) {
	case *pyast.Raise:
		return true
	case *pyast.ExprStmt:
		call, ok := n.Value.(*pyast.Call)
		if !ok {
			return false
		}
		switch f := call.Func.(type) {
		case *pyast.Name:
			return f.ID == "exit" || f.ID == "quit"
		case *pyast.Attribute:
			of, isName := f.Value.(*pyast.Name)
			return isName && (of.ID == "sys" && f.Attr == "exit" || of.ID == "os" && f.Attr == "_exit")
		}
	}
	return false
}

// unset makes unknown what a test is about: the names and attributes that it compares, or asks for their truth or length.
func (in *interp) unset(n *pyast.If, e pyast.Expr, depth int) {
	if depth > maxElifs {
		return
	}
	switch e := e.(type) {
	case *pyast.UnaryOp:
		in.unset(n, e.Operand, depth+1)
	case *pyast.BoolOp:
		for _, operand := range e.Values {
			in.unset(n, operand, depth+1)
		}
	case *pyast.Compare:
		in.unset(n, e.Left, depth+1)
		for _, operand := range e.Comparators {
			in.unset(n, operand, depth+1)
		}
	case *pyast.Call:
		switch f := e.Func.(type) {
		case *pyast.Name:
			for _, a := range e.Args {
				in.unset(n, a, depth+1)
			}
		case *pyast.Attribute:
			// value.startswith("<"): the text is asked about, not the method.
			var of object
			in.peek(func() { of = in.eval(f.Value) })
			if _, ok := of.(datum); ok {
				in.unset(n, f.Value, depth+1)
			}
		}
	case *pyast.Name, *pyast.Attribute, *pyast.Subscript:
		if in.isSetting(in.eval(e)) {
			in.assign(e, unknown(in.written(e)+" has to be set first: the script stops at line "+itoa(in.text.line(n))+" where it isn't"))
		}
	}
}

// isSetting reports whether a value is one that people fill in: a scalar, None or a container, in every alternative.
func (in *interp) isSetting(o object) bool {
	for _, opt := range options(o) {
		switch o := opt.obj.(type) {
		case datum:
			if o.Kind() == value.KindOpaque {
				return false
			}
		case *place:
			if o.kind == instancePlace {
				return false
			}
		default:
			return false
		}
	}
	return true
}
