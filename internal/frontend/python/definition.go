package python

import (
	"slices"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/pyast"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// A definition is a method of a boto3 client whose request holds a document of jobs.
type definition struct {
	service string
	// operation is the request that creates what the document defines, update tells that the method changes what is there.
	operation string
	update    bool
	// member is that of the document.
	member string
}

// definitions are the methods by name.
var definitions = map[string]definition{
	"create_pipeline":      {"sagemaker", "CreatePipeline", false, "PipelineDefinition"},
	"update_pipeline":      {"sagemaker", "CreatePipeline", true, "PipelineDefinition"},
	"create_state_machine": {"stepfunctions", "CreateStateMachine", false, "definition"},
	"update_state_machine": {"stepfunctions", "CreateStateMachine", true, "definition"},
}

// isDefining reports whether a call is such a request, by what flows into the receiver, or else by the member that no other
// service has.
func (in *interp) isDefining(b bound, d definition, a *arguments) bool {
	if _, given := a.keyword(d.member); !given || len(a.positional) > 0 {
		return false
	}
	switch self := b.self.(type) {
	case client:
		return self.service == d.service
	case datum:
		return self.Reason() != ""
	case bound, external:
		return true
	}
	return false
}

// sendDefinition evaluates such a request. What is known of its document is read by whoever reads its language.
func (in *interp) sendDefinition(n *pyast.Call, method string, d definition, a *arguments, target string) object {
	kw, _ := a.keyword(d.member)
	if in.quiet == 0 {
		v := in.freeze(narrow(kw.obj, in.st.path))
		if _, isText := v.AsString(); isText {
			v = v.WithOrigin(v.Origin().Root()) // where it is spelt, so that each state has its place
		}
		props := value.OfObject([]value.Field{{Name: d.member, Key: kw.key, Value: v.FromJSON()}}, false)
		in.record(n, d.operation, nil, method, target, run{props: props.From(in.span(n.Func)), exists: value.In(in.exists)})
	}
	return in.runtime(n)
}

// documentOfRequest returns the document that a request holds, and whether it is that of a request with one.
func documentOfRequest(raw resource.Raw) (value.Value, bool) {
	for _, d := range definitions {
		if raw.Dialect == resource.API && raw.Type == d.operation && !d.update {
			return raw.Props.Attr(d.member), true
		}
	}
	return value.Value{}, false
}

// settleDefinitions returns resources without the requests that say nothing about a document: those of one that isn't known,
// as what the SDK compiles is, whose jobs are reported where they are made; of one that another request in the file sends too,
// as a script does that updates what is there already; and of one that is a file as it stands, which is read by itself. Files
// that a script fills in or changes first are spent.
func settleDefinitions(input *frontend.Input, raws []resource.Raw) (kept []resource.Raw, spent []string) {
	sent := map[source.Span][]value.Value{}
	for _, raw := range raws {
		doc, is := documentOfRequest(raw)
		if !is {
			kept = append(kept, raw)
			continue
		}
		at := source.Span{}
		if o := doc.Origin().Root(); o != nil {
			at = o.Span
		}
		again := slices.ContainsFunc(sent[at], func(other value.Value) bool { return equal(other, doc) })
		if again || !isObject(doc) {
			continue
		}
		if f := requestFile(raw); f != nil && holdsAll(input, f, doc) {
			docs, _ := input.Documents.Parse(f)
			if says(docs[0].Root, doc) {
				continue
			}
			spent = append(spent, f.Path)
		}
		sent[at] = append(sent[at], doc)
		kept = append(kept, raw)
	}
	return kept, spent
}

// isObject reports whether a value may be a known object.
func isObject(v value.Value) bool {
	return slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return a.Value.Kind() == value.KindObject })
}

// says reports whether a document says a value, word for word.
func says(n *doctree.Node, v value.Value) bool {
	switch n.Kind {
	case doctree.Mapping:
		return v.Kind() == value.KindObject && !v.Open() && slices.EqualFunc(n.Pairs, v.Fields(), func(p doctree.Pair, f value.Field) bool {
			return p.Key.Text == f.Name && says(p.Value, f.Value)
		})
	case doctree.Sequence:
		return v.Kind() == value.KindList && !v.Open() && slices.EqualFunc(n.Items, v.Elems(), says)
	case doctree.Null:
		return v.Kind() == value.KindAbsent
	}
	return v.Kind() == value.KindScalar && n.Text == v.Literal()
}
