package python

import (
	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// superseded returns the paths of files of which a call sends all that they hold: json.load(open("train.json")) as a request.
// The call is reported, with what it adds to it and a trace that leads to the file, and the file is not reported once more.
func superseded(input *frontend.Input, raws []resource.Raw) []string {
	var out []string
	for i, raw := range raws {
		if f := requestFile(raw); f != nil && holdsAll(input, f, raw.Props) {
			raws[i].Via = &value.Origin{Span: f.Whole(), Note: "the request is read from " + f.Path, Via: raw.Via}
			out = append(out, f.Path)
		}
	}
	return out
}

// requestFile returns the file that a member of a request is read from; nil where the script says all of it.
func requestFile(raw resource.Raw) *source.File {
	if raw.Dialect != resource.API {
		return nil
	}
	for _, f := range raw.Props.Fields() {
		if file := f.Value.Origin().Root(); file != nil && !file.Span.IsZero() && !file.Span.File.Embedded() && file.Span.File.Path != raw.Addr.Unit {
			return file.Span.File
		}
	}
	return nil
}

// holdsAll reports whether a file is one object, each member of which is a request's.
func holdsAll(input *frontend.Input, f *source.File, request value.Value) bool {
	if input.Documents == nil || (Frontend{}).Match(f.Path) {
		return false
	}
	docs, errs := input.Documents.Parse(f)
	if len(docs) != 1 || len(errs) > 0 || docs[0].Root.Kind != doctree.Mapping || len(docs[0].Root.Pairs) == 0 {
		return false
	}
	for _, p := range docs[0].Root.Pairs {
		if _, has := request.Field(p.Key.Text); !has {
			return false
		}
	}
	return true
}
