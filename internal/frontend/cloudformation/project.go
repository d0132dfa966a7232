package cloudformation

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

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
	nested map[*doctree.Node]*document
	// calls are the keys of nested, in document order.
	calls []*doctree.Node
	// imports and exports report whether it may import values, and export some.
	imports, exports bool
	// stacks counts those that are made of it, live those of them that may exist.
	stacks, live int
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
	for _, d := range p.docs {
		p.nest(d, d.root.Get("Resources"))
	}
	return p
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
		if child := p.templateOf(d, r.Value); child != nil {
			if d.nested == nil {
				d.nested = map[*doctree.Node]*document{}
			}
			d.nested[r.Value] = child
			d.calls = append(d.calls, r.Value)
		}
	}
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
			join(d, d.nested[body])
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
		g.reads = in.Reads
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
			if ctx.Err() != nil {
				return
			}
			g := groups[i]
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
		})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
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
		for _, f := range u.included {
			if !slices.Contains(out.Loaded, f) {
				out.Loaded = append(out.Loaded, f)
			}
		}
	}
	return out, nil
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

// makesStack reports whether resources of a type make stacks of templates.
func makesStack(typ string) bool {
	switch typ {
	case "AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet", "AWS::Serverless::Application":
		return true
	}
	return false
}

// templateOf returns the template of which a resource makes a stack, where it is in the tree.
func (p *project) templateOf(d *document, body *doctree.Node) *document {
	// What the CDK uploads has a hash for a name; it leaves the file's own in the metadata.
	if asset := body.Get("Metadata").Get("aws:asset:path"); asset != nil && asset.Kind == doctree.String {
		if child := p.byPath[path.Join(path.Dir(d.file.Path), asset.Text)]; child != nil {
			return child
		}
	}
	properties := body.Get("Properties")
	location := properties.Get("TemplateURL")
	if location == nil {
		location = properties.Get("Location")
	}
	if location == nil {
		return nil
	}
	var found *document
	for i, text := range p.locations(d, location, 0) {
		child := p.find(d.file.Path, text)
		if child == nil || i > 0 && child != found {
			return nil // one of several: which one can't be told
		}
		found = child
	}
	return found
}

// unknownText stands for what can't be told of a location before deployment.
const unknownText = "\x00"

const (
	// maxLocations bounds the alternatives of one location, and how deep its functions are followed.
	maxLocations = 8
	// maxLooked bounds the steps that the locations of one template take: a name that Fn::Sub repeats may stand for another
	// Fn::Sub, and that again.
	maxLooked = 200_000
	// maxCandidates bounds the files of one name among which the one that a URL means is looked for.
	maxCandidates = 1_000
)

// locations returns what the text of a location may be, without evaluating any condition, since which templates there are
// has to be known before anything is evaluated.
func (p *project) locations(d *document, n *doctree.Node, depth int) []string {
	unknown := []string{unknownText}
	if d.looked++; depth > maxLocations || d.looked > maxLooked {
		return unknown
	}
	name, arg, isCall := intrinsic(n)
	switch {
	case !isCall && (n.Kind == doctree.String || n.Kind == doctree.Number):
		return []string{n.Text}
	case name == "Ref" && arg.Kind == doctree.String:
		def := d.root.Get("Parameters").Get(arg.Text).Get("Default")
		if def != nil && def.Kind == doctree.String {
			return []string{def.Text}
		}
	case name == "Fn::Sub":
		return p.subLocations(d, arg, depth)
	case name == "Fn::Join":
		args := arguments(arg, 2, 2)
		if args == nil || args[1].Kind != doctree.Sequence || args[1].Tag != "" {
			return unknown
		}
		texts := []string{""}
		for i, item := range args[1].Items {
			sep := args[0].Text
			if i == 0 {
				sep = ""
			}
			texts = joined(texts, sep, p.locations(d, item, depth+1))
		}
		return texts
	case name == "Fn::If":
		if args := arguments(arg, 3, 3); args != nil {
			return append(p.locations(d, args[1], depth+1), p.locations(d, args[2], depth+1)...)
		}
	}
	return unknown
}

// subLocations returns what Fn::Sub may come to.
func (p *project) subLocations(d *document, arg *doctree.Node, depth int) []string {
	text, locals := arg, (*doctree.Node)(nil)
	if args := arguments(arg, 2, 2); args != nil {
		text, locals = args[0], args[1]
	}
	if text.Kind != doctree.String {
		return []string{unknownText}
	}
	texts := []string{""}
	for rest := text.Text; rest != ""; {
		before, after, found := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return joined(texts, "", []string{rest})
		}
		texts = joined(texts, before, p.local(d, locals, strings.TrimSpace(name), depth))
		rest = tail
	}
	return texts
}

// local returns what a name in Fn::Sub may stand for.
func (p *project) local(d *document, locals *doctree.Node, name string, depth int) []string {
	if n := locals.Get(name); n != nil {
		return p.locations(d, n, depth+1)
	}
	def := d.root.Get("Parameters").Get(name).Get("Default")
	if def != nil && def.Kind == doctree.String {
		return []string{def.Text}
	}
	return []string{unknownText}
}

// joined returns every text followed by every other.
func joined(texts []string, sep string, others []string) []string {
	var out []string
	for _, a := range texts {
		for _, b := range others {
			if len(out) < maxLocations {
				out = append(out, a+sep+b)
			}
		}
	}
	return out
}

// find returns the template that a location in a file means: a path relative to the file, or a URL whose last segments are
// those of one file of the tree. Of several the nearest counts; it returns nil where that leaves more than one.
func (p *project) find(from, location string) *document {
	location, _, _ = strings.Cut(location, "?")
	if rest, isFile := strings.CutPrefix(location, "file://"); isFile {
		location = rest
	}
	isURL := strings.Contains(location, "://") || strings.Contains(location, unknownText)
	if !isURL {
		return p.byPath[path.Join(path.Dir(from), location)]
	}
	if i := strings.LastIndex(location, unknownText); i >= 0 {
		location = location[i+len(unknownText):]
	}
	if i := strings.Index(location, "://"); i >= 0 {
		_, location, _ = strings.Cut(location[i+3:], "/") // without the host
	}
	segments := strings.Split(strings.Trim(path.Clean("/"+location), "/"), "/")
	candidates := p.byBase[segments[len(segments)-1]]
	if len(candidates) > maxCandidates {
		return nil
	}
	for _, closeness := range []func(*document) int{
		func(d *document) int { return sharedTail(d.file.Path, segments) },
		func(d *document) int { return sharedHead(path.Dir(d.file.Path), path.Dir(from)) },
		func(d *document) int { return -strings.Count(d.file.Path, "/") },
	} {
		candidates = nearest(candidates, closeness)
	}
	if len(candidates) != 1 || candidates[0].file.Path == from {
		return nil
	}
	return candidates[0]
}

// nearest returns the documents that are closest by a measure.
func nearest(docs []*document, closeness func(*document) int) []*document {
	if len(docs) < 2 {
		return docs
	}
	best := slices.MaxFunc(docs, func(a, b *document) int { return closeness(a) - closeness(b) })
	var out []*document
	for _, d := range docs {
		if closeness(d) == closeness(best) {
			out = append(out, d)
		}
	}
	return out
}

// sharedTail counts the last segments that a path shares with others.
func sharedTail(name string, segments []string) int {
	parts := strings.Split(name, "/")
	n := 0
	for n < len(parts) && n < len(segments) && parts[len(parts)-1-n] == segments[len(segments)-1-n] {
		n++
	}
	return n
}

// sharedHead counts the first segments that two directories share.
func sharedHead(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n
}
