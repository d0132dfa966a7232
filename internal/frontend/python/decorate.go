package python

import "github.com/vpclint/vpclint/internal/pyast"

// handsOn reports whether a decorator leaves the arguments of the function alone: of what it wraps around it, nothing sets,
// adds or takes away any.
func handsOn(decorator *pyast.FunctionDef) bool {
	rests := map[string]bool{} // the *args and **kwargs of the functions within
	pyast.Inspect(decorator, func(n pyast.Node) bool {
		f, ok := n.(*pyast.FunctionDef)
		if async, is := n.(*pyast.AsyncFunctionDef); is {
			f, ok = (*pyast.FunctionDef)(async), true
		}
		if ok {
			for _, p := range []*pyast.Arg{f.Args.Vararg, f.Args.Kwarg} {
				if p != nil {
					rests[p.Arg] = true
				}
			}
		}
		return true
	})
	alone := true
	isRest := func(e pyast.Expr) bool {
		name, ok := e.(*pyast.Name)
		return ok && rests[name.ID]
	}
	changed := func(targets ...pyast.Expr) {
		for _, t := range targets {
			if s, ok := t.(*pyast.Subscript); ok {
				t = s.Value
			}
			alone = alone && !isRest(t)
		}
	}
	pyast.Inspect(decorator, func(n pyast.Node) bool {
		switch n := n.(type) {
		case *pyast.Assign:
			changed(n.Targets...)
		case *pyast.AugAssign:
			changed(n.Target)
		case *pyast.Delete:
			changed(n.Targets...)
		case *pyast.Call:
			if m, ok := n.Func.(*pyast.Attribute); ok && isRest(m.Value) {
				alone = alone && readers[m.Attr]
			}
			alone = alone && handsOnAll(n, isRest)
		}
		return alone
	})
	return alone
}

// readers are the methods of dicts and tuples that change nothing.
var readers = map[string]bool{"get": true, "items": true, "keys": true, "values": true, "copy": true, "count": true, "index": true}

// handsOnAll reports whether a call that is given **kwargs is given nothing by name beside them.
func handsOnAll(n *pyast.Call, isRest func(pyast.Expr) bool) bool {
	named, spread := 0, false
	for _, k := range n.Keywords {
		if k.Arg != "" {
			named++
		} else {
			spread = spread || isRest(k.Value)
		}
	}
	return !spread || named == 0
}
