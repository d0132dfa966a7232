package cloudformation

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
)

// A nesting is a template of which a resource makes a stack, where its conditions come out like that.
type nesting struct {
	doc     *document // nil where it isn't in the tree
	choices []arm
}

// An arm is one of the two branches of Fn::If, or what a parameter may be.
type arm struct {
	condition *doctree.Node
	holds     bool
}

// templatesOf returns the templates of which a resource makes a stack, as far as they are in the tree: one, or one for each
// branch where conditions tell which it is.
func (p *project) templatesOf(d *document, body *doctree.Node) []nesting {
	// What the CDK uploads has a hash for a name; it leaves the file's own in the metadata.
	if asset := body.Get("Metadata").Get("aws:asset:path"); asset != nil && asset.Kind == doctree.String {
		if child := p.byPath[path.Join(path.Dir(d.file.Path), asset.Text)]; child != nil {
			return []nesting{{doc: child}}
		}
	}
	location := locationOf(body)
	if location == nil {
		return nil
	}
	if child := p.meant(&locator{doc: d}, location); child != nil {
		return []nesting{{doc: child}}
	}
	children := p.chosen(d, location, nil)
	if !slices.ContainsFunc(children, func(n nesting) bool { return n.doc != nil }) {
		return nil
	}
	return children
}

// locationOf returns where the template is of which a resource makes a stack; nil where it doesn't say.
func locationOf(body *doctree.Node) *doctree.Node {
	properties := body.Get("Properties")
	if location := properties.Get("TemplateURL"); location != nil {
		return location
	}
	return properties.Get("Location")
}

// mayMean reports whether a location has the file name of templates of the tree.
func (p *project) mayMean(d *document, location *doctree.Node) bool {
	return location != nil && slices.ContainsFunc((&locator{doc: d}).texts(location, 0), func(text string) bool {
		_, segments := segmentsOf(text)
		return len(segments) > 0 && len(p.byBase[segments[len(segments)-1]]) > 0
	})
}

// maxBranches is how deep branches in a location are followed into one another.
const maxBranches = 4

// chosen returns the templates that the branches of Fn::If mean, and the branches of those within them.
func (p *project) chosen(d *document, location *doctree.Node, choices []arm) []nesting {
	var args []*doctree.Node
	if name, arg, _ := intrinsic(location); name == "Fn::If" {
		args = arguments(arg, 3, 3)
	}
	if args == nil || len(choices) >= maxBranches {
		return p.allowed(d, location, choices)
	}
	then := p.chosen(d, args[1], append(slices.Clone(choices), arm{args[0], true}))
	return append(then, p.chosen(d, args[2], append(slices.Clone(choices), arm{args[0], false}))...)
}

// allowed returns the template that a location means, or where it hangs on a parameter without a value, the template that
// it means for each that is allowed.
func (p *project) allowed(d *document, location *doctree.Node, choices []arm) []nesting {
	l := &locator{doc: d}
	child := p.meant(l, location)
	if child != nil || l.open == "" {
		return []nesting{{child, choices}}
	}
	name := l.open
	var children []nesting
	for _, item := range d.root.Get("Parameters").Get(name).Get("AllowedValues").Items {
		child := p.meant(&locator{doc: d, assumed: map[string]string{name: item.Text}}, location)
		if slices.ContainsFunc(children, func(n nesting) bool { return n.doc == child }) {
			child = nil // it lies by chance where another is meant
		}
		is := arm{condition: isAllowed(name, item), holds: true}
		children = append(children, nesting{child, append(slices.Clone(choices), is)})
	}
	return children
}

// isAllowed returns the condition that a parameter is one of its allowed values.
func isAllowed(name string, item *doctree.Node) *doctree.Node {
	text := func(s string) *doctree.Node { return &doctree.Node{Kind: doctree.String, Text: s, Span: item.Span} }
	mapping := func(key string, of *doctree.Node) *doctree.Node {
		return &doctree.Node{Kind: doctree.Mapping, Span: item.Span, Pairs: []doctree.Pair{{Key: text(key), Value: of}}}
	}
	sides := []*doctree.Node{mapping("Ref", text(name)), item}
	return mapping("Fn::Equals", &doctree.Node{Kind: doctree.Sequence, Span: item.Span, Items: sides})
}

// meant returns the template that all texts mean which a location may have.
func (p *project) meant(l *locator, location *doctree.Node) *document {
	var found *document
	for i, text := range l.texts(location, 0) {
		child := p.find(l.doc.file.Path, text)
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
	// maxSegments bounds the last segments of a URL that are compared with paths.
	maxSegments = 16
	// maxCandidates bounds the files of one name among which the one that a URL means is looked for.
	maxCandidates = 1_000
)

// A locator tells what the text of one location of a template may be.
type locator struct {
	doc *document
	// assumed is what a parameter is taken for.
	assumed map[string]string
	// open is a parameter without a value that has a few allowed ones, on which the location hangs; "" where there is none.
	open string
}

// texts returns what the text of a location may be, without evaluating any condition, since which templates there are
// has to be known before anything is evaluated.
func (l *locator) texts(n *doctree.Node, depth int) []string {
	unknown := []string{unknownText}
	if l.doc.looked++; depth > maxLocations || l.doc.looked > maxLooked {
		return unknown
	}
	name, arg, isCall := intrinsic(n)
	switch {
	case !isCall && (n.Kind == doctree.String || n.Kind == doctree.Number):
		return []string{n.Text}
	case name == "Ref" && arg.Kind == doctree.String:
		return []string{l.parameterText(arg.Text)}
	case name == "Fn::Sub":
		return l.sub(arg, depth)
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
			texts = joined(texts, sep, l.texts(item, depth+1))
		}
		return texts
	case name == "Fn::If":
		if args := arguments(arg, 3, 3); args != nil {
			return append(l.texts(args[1], depth+1), l.texts(args[2], depth+1)...)
		}
	}
	return unknown
}

// sub returns what Fn::Sub may come to.
func (l *locator) sub(arg *doctree.Node, depth int) []string {
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
		texts = joined(texts, before, l.local(locals, strings.TrimSpace(name), depth))
		rest = tail
	}
	return texts
}

// local returns what a name in Fn::Sub may stand for.
func (l *locator) local(locals *doctree.Node, name string, depth int) []string {
	if n := locals.Get(name); n != nil {
		return l.texts(n, depth+1)
	}
	return []string{l.parameterText(name)}
}

// parameterText returns what a parameter is where a location is put together: what the user gives it, or its default.
func (l *locator) parameterText(name string) string {
	body := l.doc.root.Get("Parameters").Get(name)
	def := body.Get("Default")
	if text, assumed := l.assumed[name]; assumed {
		return text
	}
	switch g, isGiven := l.doc.given[name]; {
	case body != nil && isGiven && g.unknown == "":
		return g.text
	case !isGiven && def != nil && def.Kind == doctree.String:
		return def.Text
	case !isGiven && def == nil && fewTexts(body.Get("AllowedValues")):
		l.open = name
	}
	return unknownText
}

// fewTexts reports whether a node is a list of texts, few enough to try each.
func fewTexts(n *doctree.Node) bool {
	if n == nil || n.Kind != doctree.Sequence || len(n.Items) == 0 || len(n.Items) > maxLocations {
		return false
	}
	return !slices.ContainsFunc(n.Items, func(item *doctree.Node) bool { return item.Kind != doctree.String || item.Tag != "" })
}

// joined returns every text followed by every other. Where those are too many, none is known.
func joined(texts []string, sep string, others []string) []string {
	if len(texts)*len(others) > maxLocations {
		return []string{unknownText}
	}
	var out []string
	for _, a := range texts {
		for _, b := range others {
			out = append(out, a+sep+b)
		}
	}
	return out
}

// segmentsOf returns the last segments of a URL, as far as they are known; nothing of a path, which is returned without what
// isn't part of the file's name.
func segmentsOf(location string) (name string, segments []string) {
	location, _, _ = strings.Cut(location, "?")
	location = strings.TrimPrefix(location, "file://")
	if !strings.Contains(location, "://") && !strings.Contains(location, unknownText) {
		return location, nil
	}
	location = location[strings.LastIndex(location, unknownText)+1:]
	if _, rest, found := strings.Cut(location, "://"); found {
		_, location, _ = strings.Cut(rest, "/") // without the host
	}
	segments = strings.Split(strings.Trim(path.Clean("/"+location), "/"), "/")
	return "", segments[max(0, len(segments)-maxSegments):]
}

// find returns the template that a location in a file means: a path relative to the file, or a URL whose last segments are
// those of one file of the tree. Of several the nearest counts; it returns nil where that leaves more than one.
func (p *project) find(from, location string) *document {
	name, segments := segmentsOf(location)
	if segments == nil {
		return p.byPath[path.Join(path.Dir(from), name)]
	}
	candidates := p.byBase[segments[len(segments)-1]]
	if len(candidates) > maxCandidates {
		return nil
	}
	for _, closeness := range []func(*document) int{
		func(d *document) int { return sharedTail(d.file.Path, segments) },
		func(d *document) int { return sharedDirs(path.Dir(d.file.Path), path.Dir(from)) },
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
