package cloudformation

import (
	"bytes"
	"context"
	"path"
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
)

// A document is one template of the tree.
type document struct {
	file *source.File
	root *doctree.Node
	// nested are the templates of the stacks that it makes, by the body of the resource that makes each.
	nested map[*doctree.Node][]nesting
	// unclear are the resources that make stacks of one of several templates of the tree, by their bodies.
	unclear map[*doctree.Node]bool
	// calls are the keys of nested, in document order.
	calls []*doctree.Node
	// imports and exports report whether it may import values, and export some.
	imports, exports bool
	// stacks counts those that are made of it, live those of them that may exist.
	stacks, live int
	// given is what the user gives to parameters of which its nested templates' places are made.
	given map[string]given
	// looked counts the steps that finding its nested templates has taken, see maxLooked.
	looked int
}

// A unit is what one file comes to.
type unit struct {
	doc        *document // nil for what is no template
	resources  []resource.Raw
	findings   []finding.Finding
	parameters []string // those of --parameter that the template declares
	included   []*source.File
}

// parse reads one file.
func parse(in *frontend.Input, f *source.File) unit {
	var u unit
	if text, encoding := wide(f.Bytes); encoding != "" {
		if certain(text) {
			u.findings = append(u.findings, frontend.Unreadable(f.Whole(), "the template is in "+encoding+"; save it as UTF-8"))
		}
		return u
	}
	if !bytes.Contains(f.Bytes, []byte("Resources")) {
		return u // at most a file of parameters
	}
	docs, errs := in.Documents.Parse(f)
	for _, doc := range docs {
		// A stack is made from one document; what follows it in the stream is never deployed with it.
		if isTemplate(doc.Root) {
			u.doc = &document{
				file:    f,
				root:    doc.Root,
				imports: bytes.Contains(f.Bytes, []byte("ImportValue")),
				exports: bytes.Contains(f.Bytes, []byte("Export")),
			}
			u.included, u.findings = include(in, u.doc)
			break
		}
	}
	if len(errs) > 0 && (u.doc != nil || certain(f.Bytes)) {
		u.findings = append(u.findings, frontend.Unreadable(errs[0].Span, unreadable(f, errs[0])))
	}
	return u
}

// A project is all templates of the tree.
type project struct {
	docs []*document
	// byBase are the templates by the name of their file.
	byBase map[string][]*document
	byPath map[string]*document
}

func newProject(units []unit) *project {
	p := &project{byBase: map[string][]*document{}, byPath: map[string]*document{}}
	for _, u := range units {
		if u.doc != nil {
			p.docs = append(p.docs, u.doc)
			base := path.Base(u.doc.file.Path)
			p.byBase[base] = append(p.byBase[base], u.doc)
			p.byPath[u.doc.file.Path] = u.doc
		}
	}
	return p
}

// nestAll finds the templates of all stacks, with what the user gives to parameters.
func (p *project) nestAll(values map[string]given) {
	for _, d := range p.docs {
		d.given = values
		p.nest(d, d.root.Get("Resources"))
	}
}

// nest finds the templates of the stacks among resources.
func (p *project) nest(d *document, resources *doctree.Node) {
	if resources == nil {
		return
	}
	for _, r := range resources.Pairs {
		if _, body := loopOf(r); body != nil {
			p.nest(d, body)
			continue
		}
		if !makesStack(typeOf(r.Value)) {
			continue
		}
		if children := p.templatesOf(d, r.Value); len(children) > 0 {
			if d.nested == nil {
				d.nested = map[*doctree.Node][]nesting{}
			}
			d.nested[r.Value] = children
			d.calls = append(d.calls, r.Value)
		} else if p.mayMean(d, locationOf(r.Value)) {
			if d.unclear == nil {
				d.unclear = map[*doctree.Node]bool{}
			}
			d.unclear[r.Value] = true
		}
	}
}

// called returns the templates that others nest.
func called(docs []*document) map[*document]bool {
	called := map[*document]bool{}
	for _, d := range docs {
		for _, children := range d.nested {
			for _, child := range children {
				if child.doc != nil {
					called[child.doc] = called[child.doc] || child.doc != d
				}
			}
		}
	}
	return called
}

// groups returns the templates that use one another, in the order of the first of each.
func (p *project) groups() []*group {
	leader := map[*document]*document{}
	find := func(d *document) *document {
		for leader[d] != nil {
			d = leader[d]
		}
		return d
	}
	join := func(a, b *document) {
		if a, b = find(a), find(b); a != b {
			leader[b] = a
		}
	}
	var sharing *document
	anyImports := slices.ContainsFunc(p.docs, func(d *document) bool { return d.imports })
	for _, d := range p.docs {
		for _, body := range d.calls {
			for _, child := range d.nested[body] {
				if child.doc != nil {
					join(d, child.doc)
				}
			}
		}
		if d.imports || d.exports && anyImports {
			if sharing != nil {
				join(sharing, d)
			}
			sharing = d
		}
	}
	byLeader := map[*document]*group{}
	var groups []*group
	for _, d := range p.docs {
		l := find(d)
		g := byLeader[l]
		if g == nil {
			g = &group{}
			byLeader[l] = g
			groups = append(groups, g)
		}
		g.docs = append(g.docs, d)
	}
	return groups
}

// Load reads the files, and evaluates the templates among them.
func (Frontend) Load(ctx context.Context, in *frontend.Input) (*frontend.Output, error) {
	units := make([]unit, len(in.Files))
	in.Each(len(in.Files),
		func(i int) source.Span { return in.Files[i].Whole() },
		func(i int) {
			if ctx.Err() == nil {
				units[i] = parse(in, in.Files[i])
			}
		})
	dropSnippets(units)
	project := newProject(units)
	given := settle(in, units, project)
	groups := project.groups()
	for _, g := range groups {
		g.reads, g.in = in.Reads, in
	}
	byDoc := map[*document]*unit{}
	for i := range units {
		if units[i].doc != nil {
			byDoc[units[i].doc] = &units[i]
		}
	}
	in.Each(len(groups),
		func(i int) source.Span { return groups[i].docs[0].file.Whole() },
		func(i int) {
			if ctx.Err() == nil {
				groups[i].evaluate(given, byDoc)
			}
		})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := collect(in, units, given)
	out.Published = func() []frontend.Published {
		var all []frontend.Published
		for _, g := range groups {
			all = append(all, g.published()...)
		}
		return all
	}
	return out, nil
}

// evaluate makes the stacks of a group, and puts what comes of them to the files of their templates.
func (g *group) evaluate(given settings, byDoc map[*document]*unit) {
	g.build(given)
	g.count()
	for _, t := range g.roots {
		byDoc[t.doc].resources = t.raws()
	}
	if g.cut != nil {
		u := byDoc[g.cut.parent.doc]
		u.findings = append(u.findings, frontend.Unreadable(g.cut.at.key.Span, tooManyStacks))
	}
	for _, t := range g.made {
		u := byDoc[t.doc]
		u.parameters = append(u.parameters, t.given...)
		if len(u.findings) == 0 {
			u.findings = t.findings // the same for every stack of a template, and one is enough
		}
	}
}

// collect returns what all files come to.
func collect(in *frontend.Input, units []unit, given settings) *frontend.Output {
	out := &frontend.Output{UsedParameters: given.used, Refused: given.refused, Loaded: given.files, Covers: given.covers}
	for i, u := range units {
		out.Resources = append(out.Resources, u.resources...)
		out.Findings = append(out.Findings, u.findings...)
		for _, name := range u.parameters {
			out.UsedParameters[name] = true
		}
		if u.doc != nil {
			out.Loaded = append(out.Loaded, in.Files[i])
		}
		out.Confidential = append(out.Confidential, u.confidential()...)
		for _, f := range u.included {
			if !slices.Contains(out.Loaded, f) {
				out.Loaded = append(out.Loaded, f)
			}
		}
	}
	return out
}

// dropSnippets takes away what looks like a template and is part of others that include it.
func dropSnippets(units []unit) {
	included := map[*source.File]bool{}
	for _, u := range units {
		for _, f := range u.included {
			included[f] = true
		}
	}
	for i, u := range units {
		if u.doc != nil && included[u.doc.file] && len(u.included) == 0 && u.doc.root.Get("AWSTemplateFormatVersion") == nil {
			units[i].doc = nil
		}
	}
}

const stackSet = "AWS::CloudFormation::StackSet"

// makesStack reports whether resources of a type make stacks of templates.
func makesStack(typ string) bool {
	switch typ {
	case "AWS::CloudFormation::Stack", stackSet, "AWS::Serverless::Application":
		return true
	}
	return false
}
