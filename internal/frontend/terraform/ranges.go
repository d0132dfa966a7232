package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// rangeEnd ends each level of a range, so that one level is never the beginning of another.
const rangeEnd = "\x00"

// rangeOf identifies what count or for_each of a block ranges over, across the run. Two blocks that range over the same
// have one instance for each of the other's; any other two may be for some of each other's instances only.
func (in *instance) rangeOf(body *hclsyntax.Body) string {
	e, counting := repeats(body)
	if e == nil {
		return ""
	}
	sc := in.scope
	const maxHops = 64
	for range maxHops {
		next, inner, ok := ranged(bare(e), sc, &counting)
		if !ok {
			break
		}
		e, sc = next, inner
	}
	key, _ := in.ev.identity(e, sc)
	return key + rangeEnd
}

// repeats returns the count or for_each of a block, and whether it is a count.
func repeats(body *hclsyntax.Body) (e hclsyntax.Expression, counting bool) {
	if a := body.Attributes["count"]; a != nil {
		return a.Expr, true
	}
	if a := body.Attributes["for_each"]; a != nil {
		return a.Expr, false
	}
	return nil, false
}

// ranged returns an expression that has as many members as e, of the same names where they are not counted only.
func ranged(e hclsyntax.Expression, sc *scope, counting *bool) (hclsyntax.Expression, *scope, bool) {
	switch e := e.(type) {
	case *hclsyntax.FunctionCallExpr:
		if len(e.Args) != 1 || e.ExpandFinal {
			return nil, nil, false
		}
		switch e.Name {
		case "length":
			*counting = true
			return e.Args[0], sc, true
		case "toset", "tolist", "tomap", "keys", "values", "sort", "reverse", "tonumber", "nonsensitive", "sensitive":
			return e.Args[0], sc, true
		}
	case *hclsyntax.ConditionalExpr:
		// Whether there are any is what the block's existence tells.
		switch {
		case none(e.FalseResult):
			return e.TrueResult, sc, true
		case none(e.TrueResult):
			return e.FalseResult, sc, true
		}
	case *hclsyntax.SplatExpr:
		return e.Source, sc, *counting
	case *hclsyntax.ForExpr:
		// Two rounds that make one member of an object are an error.
		return e.CollExpr, sc, e.CondExpr == nil && !e.Group && (*counting || e.KeyExpr != nil)
	case *hclsyntax.ScopeTraversalExpr:
		return rangedBlock(e, sc, counting)
	}
	return nil, nil, false
}

// rangedBlock follows the name of a local, an argument, an output, or a repeated block to what it ranges over.
func rangedBlock(e *hclsyntax.ScopeTraversalExpr, sc *scope, counting *bool) (hclsyntax.Expression, *scope, bool) {
	if next, inner, ok := alias(e, sc); ok {
		return next, inner, true
	}
	t, in := e.Traversal, sc.in
	if _, bound := sc.lookup(t.RootName()); bound || len(t) < 2 {
		return nil, nil, false
	}
	name, steps := t.RootName()+"."+attrName(t[1]), t[2:]
	if t.RootName() == "data" && len(t) > 2 {
		name, steps = name+"."+attrName(t[2]), t[3:]
	}
	if t.RootName() == "module" {
		return rangedModule(attrName(t[1]), steps, in, counting)
	}
	d := in.mod.byName[name]
	if d == nil || len(steps) != 0 {
		return nil, nil, false
	}
	next, counted := repeats(d.block.Body)
	*counting = *counting || counted
	return next, in.scope, next != nil
}

func rangedModule(name string, steps hcl.Traversal, in *instance, counting *bool) (hclsyntax.Expression, *scope, bool) {
	c := in.mod.callNames[name]
	if c == nil {
		return nil, nil, false
	}
	next, counted := repeats(c.block.Body)
	switch {
	case next != nil && len(steps) == 0:
		*counting = *counting || counted
		return next, in.scope, true
	case next == nil && len(steps) == 1:
		children := in.calls[c.index].children
		if len(children) != 1 {
			return nil, nil, false
		}
		if o := children[0].mod.outputs[attrName(steps[0])]; o != nil && o.value != nil {
			return o.value.Expr, children[0].scope, true
		}
	}
	return nil, nil, false
}

// none reports whether an expression is a count of none, or an empty collection, as it is written.
func none(e hclsyntax.Expression) bool {
	switch e := bare(e).(type) {
	case *hclsyntax.LiteralValueExpr:
		n, ok := fromCty(e.Val).AsInt()
		return ok && n == 0
	case *hclsyntax.TupleConsExpr:
		return len(e.Exprs) == 0
	case *hclsyntax.ObjectConsExpr:
		return len(e.Items) == 0
	case *hclsyntax.FunctionCallExpr:
		return (e.Name == "toset" || e.Name == "tomap" || e.Name == "tolist") && len(e.Args) == 1 && none(e.Args[0])
	}
	return false
}
