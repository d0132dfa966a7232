package terraform

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// maxJSONBytes is the size of the largest file of Terraform's JSON syntax that is read. Programs write such files, so
// that they are longer than those that people write.
const maxJSONBytes = 16 << 20

// isJSON reports whether a module's or a tfvars file is written in Terraform's JSON syntax.
func isJSON(p string) bool { return strings.HasSuffix(p, ".json") }

// A jsonReader makes of a file in Terraform's JSON syntax the blocks that the native syntax would have made:
// https://developer.hashicorp.com/terraform/language/syntax/json
type jsonReader struct {
	p *parsed
	// broken notes that what can't be read lies in the block that is being read.
	broken bool
}

// parseJSON reads one file of Terraform's JSON syntax. Unlike the readers of other JSON, terraform takes no comments and
// no trailing commas.
func parseJSON(f *source.File) *parsed {
	p := &parsed{file: f, broken: map[*hclsyntax.Block]bool{}, embedded: map[string]*source.File{}}
	if len(f.Bytes) > maxJSONBytes {
		message := fmt.Sprintf("the file is larger than %d MiB", maxJSONBytes>>20)
		p.faults = []finding.Finding{frontend.Unreadable(f.Whole(), message)}
		return p
	}
	docs, errs := doctree.ParseJSON(f)
	switch {
	case len(docs)+len(errs) == 0:
		p.faults = []finding.Finding{frontend.Unreadable(f.Whole(), "the file is empty")}
	case len(errs) > 0:
		p.faults = []finding.Finding{frontend.Unreadable(errs[0].Span.FirstLine(), errs[0].Msg)}
	}
	r := &jsonReader{p: p}
	for _, d := range docs {
		for _, body := range r.objects(d.Root, "the file") {
			if isModuleFile(f.Path) {
				r.module(body)
			} else {
				p.attrs = r.attributes(body, "variable")
			}
		}
	}
	return p
}

// module reads the top level of a module's file.
func (r *jsonReader) module(body *doctree.Node) {
	for _, pair := range body.Pairs {
		// Whatever else stands there, terraform refuses or ignores; it declares nothing.
		if labels, ok := labelsOf(pair.Key.Text); ok {
			r.blocks(pair.Key, nil, labels, pair.Value)
		}
	}
}

// labelsOf returns the number of labels that a top-level block has.
func labelsOf(typ string) (int, bool) {
	switch typ {
	case "resource", "data", "ephemeral":
		return 2, true
	case "variable", "output", "module", "provider", "check":
		return 1, true
	case "locals", "terraform", "moved", "import", "removed":
		return 0, true
	}
	return 0, false
}

// commentKey is the name that a property has which is a comment.
const commentKey = "//"

// blocks reads what stands under the name of a block type: an object for each label, and then the block, or an array of
// blocks.
func (r *jsonReader) blocks(typ *doctree.Node, labels []*doctree.Node, more int, n *doctree.Node) {
	for _, object := range r.objects(n, "the "+typ.Text) {
		if more == 0 {
			r.block(typ, labels, object)
			continue
		}
		for _, pair := range object.Pairs {
			if pair.Key.Text != commentKey {
				r.blocks(typ, append(labels[:len(labels):len(labels)], pair.Key), more-1, pair.Value)
			}
		}
	}
}

// objects returns an object, or those of an array; null stands for none.
func (r *jsonReader) objects(n *doctree.Node, what string) []*doctree.Node {
	switch n.Kind {
	case doctree.Mapping:
		return []*doctree.Node{n}
	case doctree.Sequence:
		var out []*doctree.Node
		for _, item := range n.Items {
			out = append(out, r.objects(item, what)...)
		}
		return out
	case doctree.Null, doctree.Invalid:
		return nil
	}
	r.fault(n.Span, what+" must be an object, and this is a "+n.Kind.String())
	return nil
}

func (r *jsonReader) block(typ *doctree.Node, labels []*doctree.Node, object *doctree.Node) {
	r.broken = false
	b := &hclsyntax.Block{
		Type: typ.Text, TypeRange: r.rangeOf(typ.Span),
		OpenBraceRange: r.brace(object), CloseBraceRange: r.rangeOf(source.Span{Start: object.Span.End - 1, End: object.Span.End}),
	}
	for _, l := range labels {
		b.Labels = append(b.Labels, l.Text)
		// The labels stand far apart; the last, the name, is the header of this one block.
		b.LabelRanges = append(b.LabelRanges, r.rangeOf(labels[len(labels)-1].Span))
	}
	switch typ.Text {
	case "resource", "data", "ephemeral":
		b.Body = r.body(object, true)
	default:
		b.Body = &hclsyntax.Body{Attributes: r.attributes(object, typ.Text), SrcRange: r.rangeOf(object.Span)}
	}
	r.p.blocks = append(r.p.blocks, b)
	if r.broken {
		r.p.broken[b] = true
	}
}

// attributes reads an object each of whose members is an argument.
func (r *jsonReader) attributes(object *doctree.Node, typ string) hclsyntax.Attributes {
	out := make(hclsyntax.Attributes, len(object.Pairs))
	for _, pair := range object.Pairs {
		if pair.Key.Text != commentKey {
			out[pair.Key.Text] = r.attribute(pair, formOf(typ, pair.Key.Text))
		}
	}
	return out
}

func (r *jsonReader) attribute(pair doctree.Pair, form textForm) *hclsyntax.Attribute {
	key, val := r.rangeOf(pair.Key.Span), r.rangeOf(pair.Value.Span)
	return &hclsyntax.Attribute{
		Name: pair.Key.Text, Expr: r.expression(pair.Value, form),
		SrcRange: hcl.RangeBetween(key, val), NameRange: key, EqualsRange: key,
	}
}

// body reads the body of a resource, or of a block within. Which of its objects are blocks and which are maps, only the
// provider's schema says: https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping
// Those that could be blocks are read as blocks, which who reads a map sees through.
func (r *jsonReader) body(object *doctree.Node, top bool) *hclsyntax.Body {
	b := &hclsyntax.Body{
		Attributes: make(hclsyntax.Attributes, len(object.Pairs)),
		SrcRange:   r.rangeOf(object.Span), EndRange: r.rangeOf(object.Span),
	}
	for _, pair := range object.Pairs {
		name := pair.Key.Text
		switch {
		case name == commentKey || top && (name == "provisioner" || name == "connection"):
			// They say nothing about the resource.
		case name == "dynamic" && nests(pair.Value):
			r.dynamic(b, pair)
		case nests(pair.Value) && !isMap(name) && !(top && isMeta(name)):
			b.Blocks = append(b.Blocks, r.nested(pair)...)
		default:
			form := templateText
			if top {
				form = formOf("resource", name)
			}
			b.Attributes[name] = r.attribute(pair, form)
		}
	}
	return b
}

// isMap reports whether a property is known to be a map, by which expressions elsewhere name its members.
func isMap(name string) bool { return name == "tags" || name == "tags_all" }

// nests reports whether a value may be a nested block or several: objects all of whose names are identifiers.
func nests(n *doctree.Node) bool {
	switch n.Kind {
	case doctree.Mapping:
		for _, pair := range n.Pairs {
			if pair.Key.Text != commentKey && !hclsyntax.ValidIdentifier(pair.Key.Text) {
				return false
			}
		}
		return true
	case doctree.Sequence:
		for _, item := range n.Items {
			if item.Kind != doctree.Mapping || !nests(item) {
				return false
			}
		}
		return len(n.Items) > 0
	}
	return false
}

// nested reads nested blocks. The first has its place at the name, as the only one has, the others at their braces.
func (r *jsonReader) nested(pair doctree.Pair) []*hclsyntax.Block {
	var out []*hclsyntax.Block
	for i, object := range r.objects(pair.Value, pair.Key.Text) {
		at := r.rangeOf(pair.Key.Span)
		if i > 0 {
			at = r.brace(object)
		}
		out = append(out, &hclsyntax.Block{
			Type: pair.Key.Text, Body: r.body(object, false),
			TypeRange: at, OpenBraceRange: r.brace(object), CloseBraceRange: r.brace(object),
		})
	}
	return out
}

// dynamic reads dynamic blocks: the name of the block type is a label of theirs.
func (r *jsonReader) dynamic(b *hclsyntax.Body, pair doctree.Pair) {
	for _, byName := range r.objects(pair.Value, "dynamic") {
		for _, named := range byName.Pairs {
			if named.Key.Text == commentKey {
				continue
			}
			for _, object := range r.objects(named.Value, "the dynamic block") {
				body := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: r.rangeOf(object.Span)}
				for _, member := range object.Pairs {
					switch member.Key.Text {
					case "content":
						body.Blocks = append(body.Blocks, r.nested(member)...)
					case "iterator":
						body.Attributes["iterator"] = r.attribute(member, referenceText)
					case "for_each":
						body.Attributes["for_each"] = r.attribute(member, templateText)
					}
				}
				b.Blocks = append(b.Blocks, &hclsyntax.Block{
					Type: "dynamic", Labels: []string{named.Key.Text}, Body: body,
					TypeRange: r.rangeOf(pair.Key.Span), LabelRanges: []hcl.Range{r.rangeOf(named.Key.Span)},
					OpenBraceRange: r.brace(object), CloseBraceRange: r.brace(object),
				})
			}
		}
	}
}

func (r *jsonReader) rangeOf(s source.Span) hcl.Range {
	return hcl.Range{Filename: r.p.file.Path, Start: hcl.Pos{Byte: s.Start}, End: hcl.Pos{Byte: s.End}}
}

func (r *jsonReader) brace(object *doctree.Node) hcl.Range {
	return r.rangeOf(source.Span{Start: object.Span.Start, End: object.Span.Start + 1})
}

// fault notes what can't be read. A file has one finding, at the first.
func (r *jsonReader) fault(at source.Span, message string) {
	r.broken = true
	if len(r.p.faults) == 0 {
		r.p.faults = []finding.Finding{frontend.Unreadable(at.Host().FirstLine(), message)}
	}
}

// ambiguous reports whether nested blocks of a name may be a map, so that an expression may name its members either way.
func ambiguous(body *hclsyntax.Body, name string) bool {
	for _, b := range body.Blocks {
		if b.Type == name && isJSON(b.TypeRange.Filename) {
			return true
		}
	}
	return false
}

// mapOrBlocks returns a property as an expression elsewhere sees it, of which the schema alone says what it is.
func (r *resourceInstance) mapOrBlocks(name string) outcome {
	return perhaps(value.OfOpaque("whether "+r.addr.Name+"."+name+" is a map or a block can't be told from JSON",
		value.Ref{Addr: r.addr, Attr: name}))
}
