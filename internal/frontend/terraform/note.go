package terraform

import (
	"bytes"
	"slices"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

var _ frontend.Noter = Frontend{}

// Notes implements frontend.Noter: a comment, and in JSON the key that stands for one.
func (Frontend) Notes(at source.Span, docs *frontend.Documents) []ignore.Note {
	f := at.File
	switch {
	case f.Embedded() || !isModuleFile(f.Path) && !isVarFile(f.Path):
		return nil
	case !isJSON(f.Path) && guardBytes(f) != nil:
		return nil
	case !isJSON(f.Path):
		c := docs.CommentsBy(f, comments)
		notes := c.Notes(at)
		for i, n := range notes {
			notes[i].Spoils = spoils(c, n)
		}
		return notes
	case len(f.Bytes) > maxJSONBytes || isVarFile(f.Path):
		return nil
	}
	parsed, _ := doctree.ParseJSON(f)
	var out []ignore.Note
	for _, d := range parsed {
		if note, ok := blockNote(d.Root, at); ok {
			out = append(out, note)
		}
	}
	return out
}

// spoils reports whether a comment would take apart lines that `terraform fmt` aligns. It aligns no lines of two blocks, so that the
// one is enough to look at.
func spoils(c ignore.Comments, n ignore.Note) bool {
	start, end := 0, len(c.File.Bytes)
	for _, b := range c.Blocks {
		if b.Start <= n.At && n.At < b.End {
			start, end = b.Start, b.End
			break
		}
	}
	b := c.File.Bytes
	formatted := func(b []byte) bool { return bytes.Equal(hclwrite.Format(b), b) }
	with := slices.Concat(b[start:n.At], []byte(n.Before+n.After), b[n.At:end])
	return formatted(b[start:end]) && !formatted(with)
}

// labels are how many keys lead from a block's type to its body. In other objects "//" is no comment but a key.
var labels = map[string]int{"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1}

// blockNote returns how a comment is written into the block in which a place stands.
func blockNote(root *doctree.Node, at source.Span) (ignore.Note, bool) {
	var deepest *doctree.Node
	var descend func(n *doctree.Node, left int)
	descend = func(n *doctree.Node, left int) {
		for _, item := range n.Items {
			if item.Span.Contains(at) {
				descend(item, left)
			}
		}
		if n.Kind != doctree.Mapping {
			return
		}
		if left == 0 {
			deepest = n
			return
		}
		for _, p := range n.Pairs {
			if p.Key.Span.Start <= at.Start && at.End <= p.Value.Span.End {
				descend(p.Value, left-1)
			}
		}
	}
	for _, item := range append([]*doctree.Node{root}, root.Items...) {
		for _, p := range item.Pairs {
			if n, ok := labels[p.Key.Text]; ok && p.Key.Span.Start <= at.Start && at.End <= p.Value.Span.End {
				descend(p.Value, n)
			}
		}
	}
	old := deepest.Pair(commentKey)
	switch {
	case old == nil:
		return frontend.MemberNote(deepest, ignore.Quoted, []string{`"` + commentKey + `": "`}, []string{`"`})
	case old.Value.Kind == doctree.Sequence:
		return frontend.ItemNote(old.Value, ignore.Quoted, []string{`"`}, []string{`"`})
	case old.Value.Kind == doctree.String && old.Value.Span.End-old.Value.Span.Start >= 2:
		return ignore.Note{At: old.Value.Span.End - 1, Before: `\n`, Form: ignore.Quoted}, true
	}
	return ignore.Note{}, false
}
