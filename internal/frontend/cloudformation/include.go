package cloudformation

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// AWS::Include puts the members of a file where the transform stands, before anything else looks at the template:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html

const includeMacro = "AWS::Include"

const (
	// maxIncludes bounds the places of one template where a file is looked for.
	maxIncludes = 500
	// maxIncluded bounds the keys and values that files add to one template.
	maxIncluded = 500_000
	// maxIncludeDepth is how deep files are followed into one another.
	maxIncludeDepth = 10
)

// An includer puts files of the tree into one template.
type includer struct {
	in  *frontend.Input
	doc *document
	// path are the files that stand within one another at this place, outermost first.
	path     []*source.File
	files    []*source.File // all that were read
	findings []finding.Finding
	n, size  int
}

// include puts files of the tree where a template includes them.
func include(in *frontend.Input, d *document) (files []*source.File, findings []finding.Finding) {
	if in.Tree == nil || !bytes.Contains(d.file.Bytes, []byte(includeMacro)) {
		return nil, nil
	}
	i := &includer{in: in, doc: d, path: []*source.File{d.file}}
	root := d.root
	if transform := root.Get("Transform"); transform != nil {
		for _, call := range calls(transform) {
			if snippet := i.snippet(call); snippet != nil && snippet.Kind == doctree.Mapping {
				root = root.WithPairs(besides(root.Pairs, snippet.Pairs, true))
			}
		}
	}
	d.root = i.node(root)
	for _, f := range i.files {
		d.imports = d.imports || bytes.Contains(f.Bytes, []byte("ImportValue"))
		d.exports = d.exports || bytes.Contains(f.Bytes, []byte("Export"))
	}
	return i.files, i.findings
}

// calls returns the macros that a Transform section or Fn::Transform names, in order.
func calls(n *doctree.Node) []*doctree.Node {
	if n.Kind == doctree.Sequence {
		return n.Items
	}
	return []*doctree.Node{n}
}

// macroName returns the name of a macro that is called.
func macroName(call *doctree.Node) string {
	if call.Kind == doctree.String {
		return call.Text
	}
	if name := call.Get("Name"); name != nil {
		return name.Text
	}
	return ""
}

// node returns a value with what it includes.
func (i *includer) node(n *doctree.Node) *doctree.Node {
	switch {
	case n.Tag == "!Transform" && macroName(n) == includeMacro:
		if snippet := i.snippet(n); snippet != nil {
			return snippet
		}
	case n.Kind == doctree.Mapping:
		return i.mapping(n)
	case n.Kind == doctree.Sequence:
		items := slices.Clone(n.Items)
		for k, item := range items {
			items[k] = i.node(item)
		}
		if !slices.Equal(items, n.Items) {
			return n.WithItems(items)
		}
	}
	return n
}

// mapping returns a mapping with what it includes. What is written out goes before what is included.
func (i *includer) mapping(n *doctree.Node) *doctree.Node {
	var pairs, included []doctree.Pair
	for _, p := range n.Pairs {
		if p.Key.Text != "Fn::Transform" {
			pairs = append(pairs, doctree.Pair{Key: p.Key, Value: i.node(p.Value)})
			continue
		}
		var rest []*doctree.Node
		for _, call := range calls(p.Value) {
			snippet := i.snippet(call)
			switch {
			case snippet == nil:
				rest = append(rest, call)
			case len(n.Pairs) == 1 && p.Value.Kind != doctree.Sequence:
				return snippet
			default:
				included = append(included, snippet.Pairs...)
			}
		}
		if len(rest) > 0 {
			value := p.Value
			if value.Kind == doctree.Sequence {
				value = value.WithItems(rest)
			}
			pairs = append(pairs, doctree.Pair{Key: p.Key, Value: value})
		}
	}
	if len(included) == 0 && slices.Equal(pairs, n.Pairs) {
		return n
	}
	return n.WithPairs(besides(pairs, included, false))
}

// besides returns written pairs along with those of included ones whose keys they don't have. Of sections, which have
// entries of their own, both are kept.
func besides(written, included []doctree.Pair, sections bool) []doctree.Pair {
	out := slices.Clone(written)
	index := map[string]int{}
	for k, p := range out {
		index[p.Key.Text] = k
	}
	for _, p := range included {
		k, taken := index[p.Key.Text]
		switch {
		case !taken:
			out = append(out, p)
		case sections && out[k].Value.Kind == doctree.Mapping && p.Value.Kind == doctree.Mapping:
			out[k].Value = out[k].Value.WithPairs(besides(out[k].Value.Pairs, p.Value.Pairs, false))
		}
	}
	return out
}

// snippet returns what a call of AWS::Include puts in its place; nil where that isn't known, or is another macro's.
func (i *includer) snippet(call *doctree.Node) *doctree.Node {
	location := call.Get("Parameters").Get("Location")
	if macroName(call) != includeMacro || location == nil || len(i.path) > maxIncludeDepth || i.n >= maxIncludes || i.size > maxIncluded {
		return nil
	}
	i.n++
	var found *source.File
	for k, text := range (&locator{doc: i.doc}).texts(location, 0) {
		f := i.find(text)
		if f == nil || k > 0 && f != found {
			return nil // one of several: which one can't be told
		}
		found = f
	}
	if found == nil || slices.Contains(i.path, found) {
		return nil
	}
	docs, errs := i.in.Documents.Parse(found)
	if len(errs) > 0 && (Frontend{}).Match(found.Path) { // else it is a file of another kind that is only packaged
		message := "the file that the template includes can't be read: " + errs[0].Msg
		i.findings = append(i.findings, frontend.Unreadable(errs[0].Span, message))
	}
	if len(docs) == 0 || docs[0].Root.Kind == doctree.Null {
		return nil
	}
	if i.size += count(docs[0].Root); i.size > maxIncluded {
		return nil
	}
	if !slices.Contains(i.files, found) {
		i.files = append(i.files, found)
	}
	i.path = append(i.path, found)
	snippet := i.node(docs[0].Root)
	i.path = i.path[:len(i.path)-1]
	return snippet
}

// count returns how many keys and values a value has.
func count(n *doctree.Node) int {
	total := 1
	for _, p := range n.Pairs {
		total += 1 + count(p.Value)
	}
	for _, item := range n.Items {
		total += count(item)
	}
	return total
}

// find returns the file of the tree that a location means: a path relative to the template, or a URL of which the last
// segments are those of a file beside the template or in a directory above it, most of them first.
func (i *includer) find(location string) *source.File {
	from := path.Dir(i.path[len(i.path)-1].Path)
	name, segments := segmentsOf(location)
	if segments == nil {
		return i.open(path.Join(from, name))
	}
	for k := range segments {
		tail := path.Join(segments[k:]...)
		for dir := from; tail != ""; dir = path.Dir(dir) {
			if f := i.open(path.Join(dir, tail)); f != nil {
				return f
			}
			if dir == "." || dir == "/" {
				break
			}
		}
	}
	return nil
}

func (i *includer) open(name string) *source.File {
	if name == "" || name == "." || strings.HasPrefix(name, "../") {
		return nil
	}
	f, err := i.in.Tree.Open(strings.TrimPrefix(name, "/"))
	if err != nil {
		return nil
	}
	return f
}

// added says what a key of a mapping, which calls a macro, adds to it.
func added(p doctree.Pair) string {
	if p.Key.Text != "Fn::Transform" {
		return p.Key.Text + " adds to it"
	}
	return computed(p.Value, "adds to it")
}

// computed says what Fn::Transform does.
func computed(arg *doctree.Node, does string) string {
	for _, call := range calls(arg) {
		name := macroName(call)
		location := call.Get("Parameters").Get("Location")
		switch {
		case name == includeMacro && location != nil && location.Kind == doctree.String && location.Tag == "":
			return fmt.Sprintf("%s puts what %s holds here, which isn't in the tree", name, plain(location.Text))
		case name != "":
			return fmt.Sprintf("the macro %s %s", name, does)
		}
	}
	return "a macro " + does
}

// open returns a resource's properties as far as they are known where a macro may add to them: one that is called within
// the resource, or one for the whole template. What is written is judged as it is written: what macros are for is to add.
func (t *template) open(d *declaration, v value.Value) value.Value {
	reason := ""
	if p := d.body.Pair("Fn::Transform"); p != nil {
		reason = added(*p)
	} else if t.macro != "" {
		reason = fmt.Sprintf("the macro %s may add to it", t.macro)
	}
	if reason == "" || v.Kind() != value.KindObject || v.Open() {
		return v
	}
	return value.OfOpenObject(v.Fields(), reason).WithOrigin(v.Origin())
}

// macro returns the first macro of a template's Transform section that may change any resource. AWS's own change no
// property that is read here, but for AWS::Include.
func macro(root *doctree.Node) string {
	transform := root.Get("Transform")
	if transform == nil {
		return ""
	}
	for _, call := range calls(transform) {
		if name := macroName(call); name != "" && !strings.HasPrefix(name, "AWS::") {
			return name
		}
	}
	return ""
}
