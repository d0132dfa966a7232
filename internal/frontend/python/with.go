package python

import "github.com/vpclint/vpclint/internal/pyast"

// withStmt interprets a with statement. What `as` binds is what __enter__ returns, which is the object itself only for those
// that are followed: sessions, clients, doubles.
func (in *interp) withStmt(n *pyast.With) {
	swallows := false
	for _, item := range n.Items {
		o := in.eval(item.ContextExpr)
		entered := in.entered(item.ContextExpr, o)
		if item.OptionalVars != nil {
			in.assign(item.OptionalVars, entered)
		}
		swallows = swallows || in.swallows(o, item.ContextExpr)
	}
	if !swallows {
		in.exec(n.Body)
		return
	}
	in.attempt(n, &pyast.Try{Body: n.Body, Handlers: []*pyast.ExceptHandler{{}}})
}

// swallowers are the context managers that end a block at an exception and let the script go on behind it.
var swallowers = map[string]bool{"contextlib.suppress": true, "pytest.raises": true}

// swallows reports whether a context manager may keep an exception from leaving its block: one that is known to, or one of
// the script's own whose __exit__ returns something.
func (in *interp) swallows(o object, e pyast.Expr) bool {
	if call, ok := e.(*pyast.Call); ok {
		var callee object
		in.peek(func() { callee = in.eval(call.Func) })
		if ext, isExternal := callee.(external); isExternal && swallowers[ext.path] {
			return true
		}
	}
	p, ok := o.(*place)
	if !ok || p.own == nil {
		return false
	}
	exit, _ := in.classAttr(p.own, "__exit__", p)
	f, ok := exit.(*function)
	if !ok {
		return false
	}
	in.charge(len(f.node.Body))
	returns := false
	for _, s := range f.node.Body {
		pyast.Inspect(s, func(n pyast.Node) bool {
			r, isReturn := n.(*pyast.Return)
			if !isReturn || r.Value == nil {
				return true
			}
			c, constant := r.Value.(*pyast.Constant)
			returns = returns || !constant || c.Kind != pyast.ConstFalse && c.Kind != pyast.ConstNone
			return true
		})
	}
	return returns
}
