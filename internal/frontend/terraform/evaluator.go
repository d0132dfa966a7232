package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// What the evaluation of one root module may cost. Past a limit every expression is opaque, and says why.
const (
	// maxSteps bounds the expressions that are evaluated, repeats counted.
	maxSteps = 1_000_000
	// stepsOfWhole is what placing all of a resource or module within another costs.
	stepsOfWhole = 10
	// maxDepth bounds how deep expressions and the references between them nest.
	maxDepth = 20_000
	// maxInstances bounds the instances of one block's count or for_each; past it there is one that stands for all.
	maxInstances = 2_000
	// maxModules bounds the module instances of one root.
	maxModules = 2_000
	// maxResources bounds the resource instances of one root.
	maxResources = 100_000
	// maxElements bounds one list or object.
	maxElements = 20_000
	// maxTextBytes bounds one text.
	maxTextBytes = 1 << 20
)

// An evaluator evaluates one root module and all that it calls, on demand: nothing is evaluated that nothing asks for,
// and each thing once.
type evaluator struct {
	// unit names the root module in addresses: its directory, "." for the repository's root.
	unit string
	// dir is the root module's directory, and plan what Terraform plans to make of it; nil where no plan is in the tree.
	dir     string
	plan    *plan
	modules map[string]*module
	tree    frontend.Tree
	library map[string]function.Function
	// handles finds what a reference to a whole resource or module stands for, by its address.
	handles map[string]handle
	// texts are what functions have read of files, templates those that they have parsed.
	texts     map[string]value.Value
	templates map[string]*template
	// reads reports whose properties anyone reads; nil means all.
	reads func(d resource.Dialect, typ string, data bool) bool
	// layouts are how bodies are lowered, found out once for all roots.
	layouts *layouts
	// aside evaluates what refers to nothing.
	aside *evaluator
	// keys are what instances are called whose key is not all known, by address.
	keys map[string]member

	// faults say what a limit cut off.
	faults []finding.Finding
	// policies are the instances of policy data sources, and deferred the calls that may not be readable, in order.
	policies []loosePolicy
	deferred []deferredCall
	// composing is how many policy documents are being put together, one within the other.
	composing int
	// bodies are what resources have run beside Terraform.
	bodies []frontend.Body
	// ignores are the directives in documents that functions have read.
	ignores []ignore.Directive

	origins value.Origins
	// operands are those of the calls and templates that are being evaluated, a stack.
	operands []outcome
	// entered are the whole resources and modules that are being placed, a stack: one within itself has no end.
	entered []handle
	// indexes are the keys of index steps.
	indexes                    map[*hcl.Traverser]value.Value
	moduleCount, resourceCount int
	*spending
	// realm are the roots that this one reads the outputs of.
	realm    *realm
	lastFile *source.File
	files    map[string]*source.File
	// instead are the files that nobody can open, with the place in which all that they say stands.
	instead map[*source.File]source.Span
}

// A handle is a whole resource or module in an expression: its members are evaluated only where they are asked for.
type handle interface {
	member(name string) outcome
	// object returns all that is known of it at once.
	object() value.Value
}

// handleOf returns what a value that is a whole resource or module stands for.
func (ev *evaluator) handleOf(v value.Value) (handle, bool) {
	ref, ok := v.Symbol()
	if !ok || ref.Attr != "" {
		return nil, false
	}
	h, ok := ev.of(ref.Addr).handles[ref.Addr.Name]
	return h, ok
}

// forced returns v with the object in place of a whole resource or module.
func (ev *evaluator) forced(o outcome) outcome {
	h, ok := ev.handleOf(o.Value)
	if !ok {
		return o
	}
	v := h.object().WithOrigin(o.Origin())
	if o.MayBeMissing() {
		v = v.Maybe()
	}
	return ended(v, o.fails)
}

func (ev *evaluator) span(r hcl.Range) source.Span {
	if ev.templates != nil {
		if t := ev.templates[r.Filename]; t != nil && !t.at.IsZero() {
			return t.at
		}
	}
	s := ev.written(r)
	if call, ok := ev.instead[s.File]; ok {
		return call
	}
	return s.Host()
}

// written returns the place of a range in the text that was parsed, which may be that of a string in JSON.
func (ev *evaluator) written(r hcl.Range) source.Span {
	if ev.lastFile == nil || ev.lastFile.Path != r.Filename {
		f := ev.files[r.Filename]
		if t := ev.templates[r.Filename]; f == nil && t != nil {
			f = t.file
		}
		if f == nil {
			return source.Span{}
		}
		if f.Embedded() {
			return spanIn(f, r)
		}
		ev.lastFile = f
	}
	return ev.lastFile.Span(r.Start.Byte, r.End.Byte)
}

// eval evaluates an expression. Whatever is not modelled is opaque with the references in it.
func (ev *evaluator) eval(e hclsyntax.Expression, sc *scope) outcome {
	ev.steps++
	if ev.exhausted() {
		return unknown(tooLong)
	}
	if ev.depth > maxDepth {
		return unknown("it is nested too deeply")
	}
	ev.depth++
	o := ev.node(e, sc)
	ev.depth--
	return o
}

// exhausted reports whether the module has cost all that it may.
func (ev *evaluator) exhausted() bool { return ev.steps > maxSteps }

const tooLong = "the module takes too long to evaluate"

func (ev *evaluator) node(e hclsyntax.Expression, sc *scope) outcome {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		if e.Val.Type() == cty.Number {
			return sure(ev.number(e))
		}
		if e.Val.Type() == cty.String && !e.Val.IsNull() {
			return sure(value.StringAt(e.Val.AsString(), ev.span(e.SrcRange)))
		}
		return sure(ev.origins.From(ofLiteral(e.Val), ev.span(e.SrcRange)))
	case *hclsyntax.TemplateExpr:
		return ev.template(e, sc)
	case *hclsyntax.TemplateWrapExpr:
		o := ev.eval(e.Wrapped, sc)
		o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange))
		return o
	case *hclsyntax.TemplateJoinExpr:
		return ev.templateJoin(e, sc)
	case *hclsyntax.ParenthesesExpr:
		return ev.eval(e.Expression, sc)
	case *hclsyntax.ScopeTraversalExpr:
		o := ev.traversal(e.Traversal, sc)
		o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange))
		return o
	case *hclsyntax.RelativeTraversalExpr:
		o := ev.follow(ev.eval(e.Source, sc), e.Traversal)
		o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange))
		return o
	case *hclsyntax.IndexExpr:
		o := ev.index(ev.eval(e.Collection, sc), ev.eval(e.Key, sc))
		o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange))
		return o
	case *hclsyntax.SplatExpr:
		o := ev.splat(e, ev.eval(e.Source, sc), sc)
		o.Value = ev.origins.Use(o.Value, ev.span(e.SrcRange))
		return o
	case *hclsyntax.AnonSymbolExpr:
		if o, ok := sc.anonymous(e); ok {
			return o
		}
		return unknown("it can't be read")
	case *hclsyntax.ConditionalExpr:
		return ev.conditional(e, sc)
	case *hclsyntax.BinaryOpExpr:
		return ev.binary(e, sc)
	case *hclsyntax.UnaryOpExpr:
		return ev.unary(e, sc)
	case *hclsyntax.TupleConsExpr:
		return ev.tuple(e, sc)
	case *hclsyntax.ObjectConsExpr:
		return ev.objectCons(e, sc)
	case *hclsyntax.ObjectConsKeyExpr:
		return ev.objectKey(e, sc)
	case *hclsyntax.ForExpr:
		return ev.forExpr(e, sc)
	case *hclsyntax.FunctionCallExpr:
		return ev.call(e, sc)
	}
	return ev.unmodelled(e, sc)
}

// unmodelled returns an opaque value with every reference that the expression makes.
func (ev *evaluator) unmodelled(e hclsyntax.Expression, sc *scope) outcome {
	var operands []outcome
	for _, t := range e.Variables() {
		operands = append(operands, ev.traversal(t, sc))
	}
	return unknown("it can't be evaluated", operands...)
}

func (ev *evaluator) template(e *hclsyntax.TemplateExpr, sc *scope) outcome {
	if lit, ok := literalText(e); ok && len(lit) <= maxTextBytes {
		return sure(value.StringAt(lit, ev.span(e.SrcRange)))
	}
	bottom := len(ev.operands)
	for _, p := range e.Parts {
		o := ev.forced(ev.eval(p, sc))
		ev.operands = append(ev.operands, o)
	}
	parts := slices.Clip(ev.operands[bottom:])
	defer func() { ev.operands = ev.operands[:bottom] }()
	o := distribute(parts, joinText)
	// A template's bounds are its quotes; where a part came from is where the text came from.
	o.Value = ev.derived(o.Value, ev.span(e.SrcRange), parts...)
	return o
}

// literalText returns the text of a template without anything to evaluate, as most are.
func literalText(e *hclsyntax.TemplateExpr) (string, bool) {
	if len(e.Parts) != 1 {
		return "", len(e.Parts) == 0
	}
	lit, ok := e.Parts[0].(*hclsyntax.LiteralValueExpr)
	if !ok || lit.Val.Type() != cty.String || lit.Val.IsNull() {
		return "", false
	}
	return lit.Val.AsString(), true
}

// joinText joins the parts of a template.
func joinText(parts []outcome) outcome {
	fails := tri.False
	var few [8]value.Value // most texts have no more parts, and what is made of them doesn't keep them
	texts := few[:0]
	size := 0
	for _, p := range parts {
		switch t := textual(p.Value); {
		case p.Kind() == value.KindAbsent || p.Kind() == value.KindList && !p.Encoded() || p.Kind() == value.KindObject && !p.Encoded():
			return failed("part of the text is "+describe(p.Value), parts...)
		default:
			if p.Kind() == value.KindOpaque || p.Encoded() {
				fails = fails.Or(tri.Unknown)
			}
			size += len(t.Literal())
			texts = append(texts, t)
		}
	}
	if size > maxTextBytes {
		return unknown("the text is too long", parts...)
	}
	if len(texts) == 1 && texts[0].Kind() == value.KindOpaque {
		return ended(texts[0], fails.Or(anyFails(parts...)))
	}
	return ended(value.OfText(texts...), fails.Or(anyFails(parts...)))
}

func (ev *evaluator) templateJoin(e *hclsyntax.TemplateJoinExpr, sc *scope) outcome {
	tuple := ev.eval(e.Tuple, sc)
	o := lift(tuple, func(t outcome) outcome {
		if !exact(t.Value) {
			return unknown("the number of its parts is not known", t)
		}
		parts := make([]outcome, len(t.Elems()))
		for i, el := range t.Elems() {
			parts[i] = ev.forced(ended(el, t.fails))
		}
		return distribute(parts, joinText).orFails(t.fails)
	})
	o.Value = ev.derived(o.Value, ev.span(e.Range()), tuple)
	return o
}
