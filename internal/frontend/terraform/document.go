package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// recoded evaluates jsonencode(yamldecode(text)) and jsonencode(jsondecode(text)), by which a definition that is kept in a
// file becomes JSON, or is checked to be: each part of it stands where the file has it, and what is put into the text is all
// that isn't known. False for any other call.
func (ev *evaluator) recoded(e *hclsyntax.FunctionCallExpr, sc *scope) (outcome, bool) {
	if e.Name != "jsonencode" || len(e.Args) != 1 || e.ExpandFinal {
		return outcome{}, false
	}
	inner, ok := e.Args[0].(*hclsyntax.FunctionCallExpr)
	if !ok || len(inner.Args) != 1 || inner.ExpandFinal || inner.Name != "yamldecode" && inner.Name != "jsondecode" {
		return outcome{}, false
	}
	text := ev.forced(ev.eval(inner.Args[0], sc))
	doc := value.Value{}
	switch {
	case text.Encoded() || text.Kind() == value.KindChoice || tooCostly(inner.Name, []outcome{text}):
	case inner.Name == "jsondecode":
		doc = text.FromJSON()
	default:
		doc = ev.fromYAML(text)
	}
	if doc.Kind() == value.KindList || doc.Kind() == value.KindObject {
		return perhaps(ev.derived(doc.AsJSON(), ev.span(e.Range()), text)), true
	}
	o := ev.apply(inner.Name, []outcome{text})
	o.Value = ev.derived(o.Value, ev.span(inner.Range()), text)
	o = ev.apply(e.Name, []outcome{o})
	o.Value = ev.derived(o.Value, ev.span(e.Range()), text)
	return o, true
}

// fromYAML returns the document that a text spells in YAML; absent where it can't be read.
func (ev *evaluator) fromYAML(text outcome) value.Value {
	size := 0
	for _, part := range text.Parts() {
		size += len(part.Literal())
	}
	if size > maxTextBytes {
		return value.Value{}
	}
	r := yamlReading{}
	f, _, _ := text.Embed("", r.marks.Add)
	if f == nil {
		return value.Value{}
	}
	ev.steps += len(f.Bytes) / bytesPerStep
	docs, errs := doctree.ParseYAML(f)
	if len(docs) != 1 || len(errs) > 0 {
		return value.Value{}
	}
	if frontend.MayIgnore(f) {
		ev.ignores = append(ev.ignores, frontend.CommentsOf(f, docs, errs).Directives()...)
	}
	return r.value(docs[0].Root, docs[0].Root.Span.Host())
}

// A yamlReading reads YAML of which parts aren't known.
type yamlReading struct{ marks value.Marks }

// value returns what a node says. Trees are at most doctree.MaxDepth deep, and so is the recursion.
func (r *yamlReading) value(n *doctree.Node, header source.Span) value.Value {
	at := n.Span.Host()
	if n.Tag != "" || n.Kind == doctree.Invalid {
		return value.OfOpaque("it can't be read").From(at)
	}
	switch n.Kind {
	case doctree.Mapping:
		return r.object(n).From(header)
	case doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = r.value(item, item.Span.Host().FirstLine())
		}
		return value.OfList(elems, false).From(at)
	case doctree.Null:
		return value.Value{}.From(at)
	case doctree.Bool:
		return value.OfBool(strings.EqualFold(n.Text, "true")).From(at)
	case doctree.Number:
		if number, ok := value.NumberOf(n.Text); ok {
			return value.OfNumber(number).From(at)
		}
		return value.OfOpaque("it is a number in a notation of YAML's own").From(at)
	default:
		return r.text(n.Text, at)
	}
}

func (r *yamlReading) object(n *doctree.Node) value.Value {
	fields := make([]value.Field, 0, len(n.Pairs))
	unknown := ""
	for _, p := range n.Pairs {
		key := p.Key.Span.Host()
		if value.Marked(p.Key.Text) || p.Key.Kind == doctree.Mapping || p.Key.Kind == doctree.Sequence {
			unknown = "the name of a member is not known"
			continue
		}
		fields = append(fields, value.Field{Name: p.Key.Text, Key: key, Value: r.value(p.Value, key)})
	}
	if unknown != "" {
		return value.OfOpenObject(fields, unknown)
	}
	return value.OfObject(fields, false)
}

// text returns a text with what is unknown in it.
func (r *yamlReading) text(text string, at source.Span) value.Value {
	parts := r.marks.Split(text, func(known string) value.Value { return value.OfString(known).From(at) })
	if len(parts) == 1 {
		return parts[0].Use(at)
	}
	return value.OfText(parts...).From(at)
}

// renderedText evaluates data.template_file.x.rendered, of the provider that templatefile took the place of:
// https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
func (r *resourceInstance) renderedText() (outcome, bool) {
	ev, body := r.in.ev, r.decl.block.Body
	if body.Attributes["template"] == nil || r.item.scope.template() != nil {
		return outcome{}, false
	}
	text, vars := r.member("template"), sure(value.OfObject(nil, false))
	if body.Attributes["vars"] != nil {
		vars = ev.forced(r.member("vars"))
	}
	if text.Kind() != value.KindScalar || vars.Kind() != value.KindObject || vars.Open() {
		return outcome{}, false
	}
	head := ev.span(header(r.decl.block))
	t, _, _ := ev.templateOf("template_file", text, head)
	if t == nil || t.fault != "" {
		return outcome{}, false
	}
	return ev.renderedWith(t, vars, r.in.scope, "template_file "+r.addr.Name), true
}
