package cloudformation

import (
	"path"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Noter = Frontend{}

// Notes implements frontend.Noter: a comment in YAML, and in JSON the metadata of the resource. What the CDK has synthesized is
// written anew with the next synthesis, so that nothing is written into it.
func (Frontend) Notes(at source.Span, docs *frontend.Documents) []ignore.Note {
	f := at.File
	if f.Embedded() || strings.Contains("/"+f.Path, "/cdk.out/") || strings.EqualFold(path.Ext(f.Path), ".toml") {
		return nil
	}
	parsed, errs := docs.Parse(f)
	var out []ignore.Note
	for _, d := range parsed {
		if !d.JSON {
			return frontend.CommentsOf(f, parsed, errs).Notes(at)
		}
		if note, ok := metadataNote(resourceAt(d.Root.Get("Resources"), at, maxLoopDepth)); ok {
			out = append(out, note)
		}
	}
	return out
}

// resourceAt returns the resource in which a place stands.
func resourceAt(resources *doctree.Node, at source.Span, depth int) *doctree.Node {
	if resources == nil {
		return nil
	}
	for _, p := range resources.Pairs {
		if at.Start < p.Key.Span.Start || p.Value.Span.End < at.End {
			continue
		}
		if _, body := loopOf(p); body != nil && depth > 0 {
			return resourceAt(body, at, depth-1)
		}
		if p.Value.Get("Type") != nil {
			return p.Value
		}
	}
	return nil
}

// metadataNote returns how an entry is written into a resource's metadata.
func metadataNote(resource *doctree.Node) (ignore.Note, bool) {
	open, shut := []string{`"Metadata": {`, `"vpclint": {`, `"ignore": [`}, []string{"]", "}", "}"}
	metadata := resource.Get("Metadata")
	ours := metadata.Get("vpclint")
	list := ours.Get("ignore")
	switch {
	case list != nil:
		return frontend.ItemNote(list, ignore.Entries, []string{""}, []string{""})
	case ours != nil:
		return frontend.MemberNote(ours, ignore.Entries, open[2:], shut[:1])
	case metadata != nil:
		return frontend.MemberNote(metadata, ignore.Entries, open[1:], shut[:2])
	}
	return frontend.MemberNote(resource, ignore.Entries, open, shut)
}
