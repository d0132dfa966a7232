package terraform

import (
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/value"
)

// Layouts are those of the bodies of all modules, and what else of them is the same for all roots. They are safe for
// concurrent use: the roots are evaluated side by side.
type layouts struct {
	of sync.Map // *hclsyntax.Body to *layout
	// defaults are what variables are by defaults that refer to nothing.
	defaults sync.Map // *variable to *outcome
	numbers  sync.Map // *hclsyntax.LiteralValueExpr to value.Value
	// texts are how conditions are written, and mentions what names they begin with.
	texts    sync.Map // hclsyntax.Expression to string
	mentions sync.Map // hclsyntax.Expression to map[string]bool
}

// apart returns an evaluator for what refers to nothing: how much has been evaluated before, and how deep something is,
// must not be seen in what others get. It counts no steps, as it evaluates nothing twice.
func (ev *evaluator) apart() *evaluator {
	if ev.aside == nil {
		aside := &evaluator{files: ev.files, instead: ev.instead, library: ev.library, layouts: ev.layouts, spending: &spending{steps: math.MinInt / 2}}
		aside.aside = aside
		ev.aside = aside
	}
	return ev.aside
}

// number evaluates a literal number once: as the parser has it, it is a large one.
func (ev *evaluator) number(e *hclsyntax.LiteralValueExpr) value.Value {
	if known, ok := ev.layouts.numbers.Load(e); ok {
		return known.(value.Value)
	}
	v := ofLiteral(e.Val).From(ev.span(e.SrcRange))
	ev.layouts.numbers.Store(e, v)
	return v
}

// text returns an expression's source on one line.
func (ev *evaluator) text(e hclsyntax.Expression) string {
	if known, ok := ev.layouts.texts.Load(e); ok {
		return known.(string)
	}
	text := strings.Join(strings.Fields(ev.written(e.Range()).Text()), " ")
	ev.layouts.texts.Store(e, text)
	return text
}

// mentioned returns the names that the references in an expression begin with.
func (ev *evaluator) mentioned(e hclsyntax.Expression) map[string]bool {
	if known, ok := ev.layouts.mentions.Load(e); ok {
		return known.(map[string]bool)
	}
	names := map[string]bool{}
	for _, t := range e.Variables() {
		names[t.RootName()] = true
	}
	ev.layouts.mentions.Store(e, names)
	return names
}

// A layout is a body as it is lowered: its attributes in source order, which its map doesn't keep, then its nested blocks
// by what they are called. Much of what people write refers to nothing, so that it is the same wherever the module is
// called: it is evaluated once for all instances of all roots.
type layout struct {
	// fields are those of the object that the body is lowered to; those that refer to something lack their values.
	fields []value.Field
	// attrs and blocks are what lacks its value.
	attrs  []attribute
	blocks []nested
}

// fixed reports whether all of a body refers to nothing.
func (l *layout) fixed() bool { return len(l.attrs) == 0 && len(l.blocks) == 0 }

// An attribute is one of a body's, and its place among the fields.
type attribute struct {
	*hclsyntax.Attribute
	at int
}

// A nested is all blocks of a body that are called the same, and their place among the fields.
type nested struct {
	blocks []*hclsyntax.Block
	at     int
}

// layoutOf returns the layout of a body. At the top of a resource what speaks to Terraform is left out.
func (ev *evaluator) layoutOf(body *hclsyntax.Body, top bool) *layout {
	if known, ok := ev.layouts.of.Load(body); ok {
		return known.(*layout)
	}
	known, _ := ev.layouts.of.LoadOrStore(body, ev.newLayout(body, top))
	return known.(*layout)
}

func (ev *evaluator) newLayout(body *hclsyntax.Body, top bool) *layout {
	apart := ev.apart()
	l := &layout{fields: make([]value.Field, 0, len(body.Attributes)+len(body.Blocks))}
	attrs := sortedAttributes(body)
	for _, a := range attrs {
		if top && isMeta(a.Name) {
			continue
		}
		f := value.Field{Name: a.Name, Key: ev.span(a.NameRange)}
		if apart.refersToNothing(a.Expr) {
			f.Value = apart.usedAt(a, nil)
		} else {
			if l.attrs == nil {
				l.attrs = make([]attribute, 0, len(attrs))
			}
			l.attrs = append(l.attrs, attribute{a, len(l.fields)})
		}
		l.fields = append(l.fields, f)
	}
	first := len(l.fields)
	for _, b := range body.Blocks {
		name := blockName(b)
		if top && isMetaBlock(b.Type) || name == "" || slices.ContainsFunc(l.fields[first:], func(f value.Field) bool { return f.Name == name }) {
			continue
		}
		blocks := blocksNamed(body, name)
		f := value.Field{Name: name}
		if slices.ContainsFunc(blocks, func(b *hclsyntax.Block) bool { return b.Type == "dynamic" || !apart.layoutOf(b.Body, false).fixed() }) {
			l.blocks = append(l.blocks, nested{blocks, len(l.fields)})
		} else {
			f.Value = apart.blocksOf(blocks, nil)
			f.Key = f.Value.Origin().Span
		}
		l.fields = append(l.fields, f)
	}
	return l
}

// refersToNothing reports whether an expression is certain to have one value wherever it is evaluated.
func (ev *evaluator) refersToNothing(e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.TemplateExpr:
		return ev.allReferToNothing(e.Parts)
	case *hclsyntax.TemplateWrapExpr:
		return ev.refersToNothing(e.Wrapped)
	case *hclsyntax.ParenthesesExpr:
		return ev.refersToNothing(e.Expression)
	case *hclsyntax.UnaryOpExpr:
		return e.Op == hclsyntax.OpNegate && ev.refersToNothing(e.Val)
	case *hclsyntax.TupleConsExpr:
		return ev.allReferToNothing(e.Exprs)
	case *hclsyntax.ObjectConsKeyExpr:
		return !e.ForceNonLiteral && hcl.ExprAsKeyword(e.Wrapped) != "" || ev.refersToNothing(e.Wrapped)
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			if !ev.refersToNothing(item.KeyExpr) || !ev.refersToNothing(item.ValueExpr) {
				return false
			}
		}
		return true
	case *hclsyntax.FunctionCallExpr:
		name := strings.TrimPrefix(e.Name, "core::")
		_, computes := ev.library[name]
		return (computes || builtin(name) != nil) && ev.allReferToNothing(e.Args)
	}
	return false
}

func (ev *evaluator) allReferToNothing(es []hclsyntax.Expression) bool {
	for _, e := range es {
		if !ev.refersToNothing(e) {
			return false
		}
	}
	return true
}
