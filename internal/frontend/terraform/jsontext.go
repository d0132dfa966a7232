package terraform

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// A textForm says what a string of Terraform's JSON syntax is read as:
// https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
type textForm uint8

const (
	templateText  textForm = iota // a template, as nearly all are
	literalString                 // text in which ${ means nothing
	referenceText                 // the name of something, without quotes in the native syntax
	typeText                      // a type constraint
)

// formOf returns the form of the strings under a name, at the top of a block.
func formOf(typ, name string) textForm {
	switch typ {
	case "variable":
		if name == "type" {
			return typeText
		}
		return literalString
	case "terraform":
		return literalString
	case "output":
		if name == "description" {
			return literalString
		}
	case "module":
		switch name {
		case "source", "version":
			return literalString
		case "providers", "depends_on":
			return referenceText
		}
	case "resource":
		if name == "provider" || name == "depends_on" {
			return referenceText
		}
	case "moved", "import", "removed":
		if name == "from" || name == "to" || name == "provider" {
			return referenceText
		}
	}
	return templateText
}

// expression reads a value as an expression.
func (r *jsonReader) expression(n *doctree.Node, form textForm) hclsyntax.Expression {
	at := r.rangeOf(n.Span)
	switch n.Kind {
	case doctree.String:
		return r.text(n, form)
	case doctree.Bool:
		return &hclsyntax.LiteralValueExpr{Val: cty.BoolVal(n.Text == "true"), SrcRange: at}
	case doctree.Number:
		if v, err := cty.ParseNumberVal(n.Text); err == nil {
			return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: at}
		}
	case doctree.Null:
		return &hclsyntax.LiteralValueExpr{Val: cty.NullVal(cty.DynamicPseudoType), SrcRange: at}
	case doctree.Sequence:
		tuple := &hclsyntax.TupleConsExpr{Exprs: make([]hclsyntax.Expression, len(n.Items)), SrcRange: at, OpenRange: r.brace(n)}
		for i, item := range n.Items {
			tuple.Exprs[i] = r.expression(item, form)
		}
		return tuple
	case doctree.Mapping:
		object := &hclsyntax.ObjectConsExpr{Items: make([]hclsyntax.ObjectConsItem, len(n.Pairs)), SrcRange: at, OpenRange: r.brace(n)}
		for i, pair := range n.Pairs {
			key := form
			if form != literalString {
				key = templateText
			}
			object.Items[i] = hclsyntax.ObjectConsItem{KeyExpr: r.text(pair.Key, key), ValueExpr: r.expression(pair.Value, form)}
		}
		return object
	}
	return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at}
}

// text reads a string. The place of all of it is the string with its quotes; what stands in a template within has its own.
func (r *jsonReader) text(n *doctree.Node, form textForm) hclsyntax.Expression {
	at := r.rangeOf(n.Span)
	switch form {
	case referenceText:
		if short(n.Text) {
			if t, diags := hclsyntax.ParseTraversalAbs([]byte(n.Text), r.p.file.Path, hcl.InitialPos); !diags.HasErrors() {
				return &hclsyntax.ScopeTraversalExpr{Traversal: t, SrcRange: at}
			}
		}
	case typeText:
		if short(n.Text) {
			if e, diags := hclsyntax.ParseExpression([]byte(n.Text), r.p.file.Path, hcl.InitialPos); !diags.HasErrors() {
				return e
			}
		}
		return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at}
	case templateText:
		if strings.Contains(n.Text, "${") || strings.Contains(n.Text, "%{") {
			return r.template(n)
		}
	}
	literal := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(n.Text), SrcRange: at}
	return &hclsyntax.TemplateExpr{Parts: []hclsyntax.Expression{literal}, SrcRange: at}
}

// short reports whether a name or a type may be parsed.
func short(text string) bool {
	const maxLength = 1 << 14
	return len(text) <= maxLength && harmless([]byte(text))
}

// template reads a string as a template. One without escapes is written as it is meant, so that its places are the host's;
// that of any other is a document of its own, whose bytes map back to the host's.
func (r *jsonReader) template(n *doctree.Node) hclsyntax.Expression {
	f, name := r.p.file, r.p.file.Path
	if len(n.Text) != n.Span.End-n.Span.Start-len(`""`) {
		f, name = n.Embed(""), name+"\x00"+strconv.Itoa(n.Span.Start)
		r.p.embedded[name] = f
	}
	start := hcl.Pos{Line: 1, Column: 1, Byte: n.Span.Start + len(`"`)}
	place := func(at hcl.Range) source.Span { return spanIn(f, at) }
	at := r.rangeOf(n.Span)
	if refused := guardTemplate(n.Text, name, start, place); refused != nil {
		r.fault(refused.at, refused.message)
		return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at}
	}
	e, diags := hclsyntax.ParseTemplate([]byte(n.Text), name, start)
	if d := firstError(diags); d != nil {
		r.fault(place(*d.Subject), clause(d))
		return &hclsyntax.LiteralValueExpr{Val: cty.DynamicVal, SrcRange: at} // what was understood is not what is meant
	}
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		e.SrcRange = at
	case *hclsyntax.TemplateWrapExpr:
		e.SrcRange = at
	}
	return e
}

// guardTemplate returns why a template must not be parsed, or nil.
func guardTemplate(text, name string, start hcl.Pos, place func(hcl.Range) source.Span) *refusal {
	if openComments([]byte(text)) >= 0 {
		return &refusal{place(hcl.Range{Filename: name, Start: start, End: start}), openComment}
	}
	if harmless([]byte(text)) {
		return nil
	}
	tokens, _ := hclsyntax.LexTemplate([]byte(text), name, start)
	return guardLexed(tokens, place)
}

// spanIn returns the place of a range. Those of an embedded document count from where it starts in its host, by which no
// two of one file are alike.
func spanIn(f *source.File, r hcl.Range) source.Span {
	base := 0
	if f.Embedded() {
		base = f.Span(0, 0).Host().Start
	}
	return f.Span(r.Start.Byte-base, r.End.Byte-base)
}
