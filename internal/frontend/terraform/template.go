package terraform

import (
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// A template is the text that templatefile or templatestring renders.
type template struct {
	file *source.File
	expr hclsyntax.Expression
	// fault says why it can't be parsed.
	fault string
	// at is where a template stands that is no file of its own.
	at source.Span
}

// rendered evaluates templatefile and templatestring: the names in the template are the members of the second argument,
// and no others: https://developer.hashicorp.com/terraform/language/functions/templatefile
func (ev *evaluator) rendered(name string, e *hclsyntax.FunctionCallExpr, args []outcome, sc *scope) outcome {
	if len(args) != 2 {
		return failed(name+" takes two arguments", args...)
	}
	if sc.template() != nil {
		return unknown("a template can't render another", args...)
	}
	vars := args[1]
	if vars.Kind() != value.KindObject || vars.Open() || vars.Encoded() {
		return unknown("the variables of the template are not known", args...)
	}
	t, certain, reason := ev.templateOf(name, args[0], ev.span(e.Range()))
	if t == nil {
		// What is missing is the file, not path.module before it.
		return perhaps(value.OfOpaque(reason, slices.Concat(args[0].Refs(), vars.Refs())...))
	}
	if t.fault != "" {
		return failed("the template can't be read: "+t.fault, args...)
	}
	r := e.Range()
	o := ev.renderedWith(t, vars, sc, name+" "+r.Filename+" "+strconv.Itoa(r.Start.Byte))
	o.fails = o.fails.Or(unless(certain))
	return o
}

// renderedWith evaluates a template, of which the names are the members of an object. The key tells its use apart from others.
func (ev *evaluator) renderedWith(t *template, vars outcome, sc *scope, key string) outcome {
	names := map[string]outcome{}
	for _, f := range vars.Fields() {
		v := f.Value
		if v.MayBeMissing() {
			v = value.OfOpaque(reasonOf("it may not be there", sure(v)), v.Refs()...)
		}
		names[f.Name] = ended(continued(v, vars.Value), tri.False)
	}
	return ev.forced(ev.eval(t.expr, &scope{in: sc.in, names: names, sealed: t, key: key + " " + sc.key}))
}

// templateOf returns the template that an argument names, or is. That of a template_file stands where it is written, since it
// is a file's as a rule.
func (ev *evaluator) templateOf(name string, o outcome, at source.Span) (t *template, certain bool, reason string) {
	var f *source.File
	key := ""
	if name == "templatefile" {
		var place located
		if f, place, reason = ev.open(o); f == nil {
			return nil, false, reason
		}
		key, certain = place.path, place.certain
		at = source.Span{}
	} else {
		text, ok := o.AsString()
		if !ok || len(text) > maxTextBytes {
			return nil, false, reasonOf("the template is not known", o)
		}
		// No file has such a name.
		key, certain = "\x00"+text, true
		if name == "template_file" {
			f, at = placedText(o, at)
		}
		if f == nil {
			f = source.NewFile(key, []byte(text))
		} else if written := f.Span(0, len(f.Bytes)).Host(); !written.IsZero() {
			key += "\x00" + written.File.Path + strconv.Itoa(written.Start)
		}
	}
	if t := ev.templates[key]; t != nil {
		return t, certain, ""
	}
	ev.steps += len(f.Bytes) / bytesPerStep
	t = &template{file: f, at: at}
	place := func(r hcl.Range) source.Span { return spanIn(f, r) }
	if refused := guardTemplate(string(f.Bytes), key, hcl.InitialPos, place); refused != nil {
		t.fault = refused.message
	} else {
		var diags hcl.Diagnostics
		t.expr, diags = hclsyntax.ParseTemplate(f.Bytes, key, hcl.InitialPos)
		if d := firstError(diags); d != nil {
			t.fault = clause(d)
		}
	}
	if ev.templates == nil {
		ev.templates = map[string]*template{}
	}
	ev.templates[key] = t
	return t, certain, ""
}

// placedText returns a text as a file each byte of which stands where it is spelt; nil, and another place, where that isn't
// known.
func placedText(o outcome, at source.Span) (*source.File, source.Span) {
	f, _, exact := o.Embed("", nil)
	if !exact {
		return nil, at
	}
	return f, source.Span{}
}

// template returns the template that an expression stands in, or nil.
func (s *scope) template() *template {
	for ; s != nil; s = s.outer {
		if s.sealed != nil {
			return s.sealed
		}
	}
	return nil
}
