package cloudformation

import (
	"path"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A definition is often a file of its own, which `sam deploy` or `aws cloudformation package` uploads:
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html
// https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html

// A definedElsewhere is a property that names the file with what another property says.
type definedElsewhere struct {
	typ, location, property string
	// within is the member of the property that has the location, where that isn't the property itself.
	within string
}

var definitionFiles = []definedElsewhere{
	{typ: serverless + "StateMachine", location: "DefinitionUri", property: "Definition"},
	{typ: "AWS::StepFunctions::StateMachine", location: "DefinitionS3Location", property: "Definition"},
	{typ: "AWS::SageMaker::Pipeline", location: "PipelineDefinitionS3Location", property: "PipelineDefinitionBody", within: "PipelineDefinition"},
}

// defined returns a resource's properties with the definition that it has in a file of the tree, in the place where it could
// be written in the template. What is no document before names are filled in, ${Count} without quotes, is a text.
func (t *template) defined(d *declaration, v value.Value) value.Value {
	i := slices.IndexFunc(definitionFiles, func(f definedElsewhere) bool { return f.typ == d.typ })
	if i < 0 || v.Kind() != value.KindObject || t.group.in == nil || t.group.in.Tree == nil {
		return v
	}
	as := definitionFiles[i]
	properties := d.body.Get("Properties")
	if as.within != "" {
		properties = properties.Get(as.within)
	}
	location := properties.Pair(as.location)
	if location == nil || properties.Get(as.property) != nil || v.Attr("DefinitionString").Kind() != value.KindAbsent {
		return v
	}
	f := t.definitionFile(d, location.Value)
	if f == nil {
		return v
	}
	at := location.Value.Span.FirstLine()
	definition := value.StringAt(string(f.Bytes), f.Span(0, len(f.Bytes))).From(at)
	if docs, errs := t.group.in.Documents.Parse(f); len(docs) == 1 && len(errs) == 0 && docs[0].Root.Kind == doctree.Mapping {
		if t.spend(count(docs[0].Root)); t.spent() {
			return v
		}
		definition = asWritten(docs[0].Root, at)
	} else if len(f.Bytes) > maxText {
		return v
	}
	field := value.Field{Name: as.property, Key: location.Key.Span, Value: definition}
	if as.within != "" {
		field = value.Field{Name: as.within, Key: location.Key.Span, Value: value.OfObject([]value.Field{field}, false).From(location.Key.Span)}
	}
	fields := slices.DeleteFunc(slices.Clone(v.Fields()), func(f value.Field) bool { return f.Name == field.Name })
	return withFields(v, append(fields, field))
}

// definitionFile returns the file of the tree that a location means: a path relative to the template, or an object in a
// bucket, of whose key the last segments are those of a file near the template. What the CDK uploads has a hash for a name,
// and the file's own in the metadata.
func (t *template) definitionFile(d *declaration, location *doctree.Node) *source.File {
	i := &includer{in: t.group.in, doc: t.doc, path: []*source.File{t.file}}
	if asset := d.body.Get("Metadata").Get("aws:asset:path"); asset != nil && asset.Kind == doctree.String {
		if f := i.open(path.Join(path.Dir(t.file.Path), asset.Text)); f != nil {
			return f
		}
	}
	prefix := ""
	if location.Tag == "" && location.Kind == doctree.Mapping && location.Get("Key") != nil {
		location, prefix = location.Get("Key"), "s3://bucket/"
	}
	var found *source.File
	for n, text := range (&locator{doc: t.doc}).texts(location, 0) {
		if strings.HasSuffix(text, unknownText) || text == "" {
			return nil
		}
		f := i.find(prefix + text)
		if f == nil || n > 0 && f != found {
			return nil // one of several: which one can't be told
		}
		found = f
	}
	return found
}

// asWritten returns what a document says in which no function is called. Trees are at most doctree.MaxDepth deep, and so is
// the recursion.
func asWritten(n *doctree.Node, header source.Span) value.Value {
	switch {
	case n.Tag != "" || n.Kind == doctree.Invalid:
		return value.OfOpaque("it can't be read").From(n.Span)
	case n.Kind == doctree.Mapping:
		fields := make([]value.Field, 0, len(n.Pairs))
		last := lastOf(n.Pairs)
		for i, p := range n.Pairs {
			if p.Key.Kind != doctree.Mapping && p.Key.Kind != doctree.Sequence && last(i) {
				fields = append(fields, value.Field{Name: p.Key.Text, Key: p.Key.Span, Value: asWritten(p.Value, p.Key.Span)})
			}
		}
		return value.OfObject(fields, false).From(header)
	case n.Kind == doctree.Sequence:
		elems := make([]value.Value, len(n.Items))
		for i, item := range n.Items {
			elems[i] = asWritten(item, item.Span.FirstLine())
		}
		return value.OfList(elems, false).From(n.Span)
	}
	return scalar(n)
}
