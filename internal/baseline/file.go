package baseline

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/finding"
	"github.com/vpclint/vpclint/internal/source"
)

// schemaVersion is the version of the file, tool whose it is. Neither goes into an entry's fingerprint.
const (
	schemaVersion = "1"
	tool          = "vpclint"
)

// MaxBytes is the size of the largest baseline that is read.
const MaxBytes = doctree.MaxJSONBytes

// members are those of an entry, in the order in which they are written.
var members = []string{"rule", "unit", "subject", "property", "path", "fingerprint"}

// Write writes a baseline: JSON, one entry in a line, so that a difference between two is one of lines and a merge of two is
// one of lines too.
func (b *Baseline) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "{\n  \"tool\": %q,\n  \"schemaVersion\": %s,\n  \"findings\": [", tool, schemaVersion)
	sorted := &Baseline{slices.Clone(b.Entries)}
	sorted.sort()
	for i, e := range sorted.Entries {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    {")
		for j, text := range e.texts() {
			if j > 0 {
				out.WriteString(", ")
			}
			fmt.Fprintf(out, "%q: %s", members[j], quoted(text))
		}
		out.WriteByte('}')
	}
	if len(sorted.Entries) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Flush()
}

func (e Entry) texts() []string {
	e = e.plain()
	return []string{e.Rule, e.Unit, e.Subject, e.Property, e.Path, finding.Fingerprint(e.Rule, e.Unit, e.Subject, e.Property)}
}

func quoted(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic(err) // a string always can be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// A FormatError says what is wrong with a file that should be a baseline, and where.
type FormatError struct {
	// Place is the file as the user names it, with line and column.
	Place, Message string
}

// Error implements error.
func (e *FormatError) Error() string { return e.Place + ": " + e.Message }

// Parse reads a baseline. Shown is what messages call the file. The error is a *FormatError.
func Parse(f *source.File, shown string) (*Baseline, error) {
	r := &reader{file: f, shown: shown}
	docs, errs := doctree.ParseJSON(f)
	switch {
	case len(errs) > 0:
		r.refuse(errs[0].Span, "it is no baseline: %s", errs[0].Msg)
	case len(docs) == 0:
		r.refuse(f.Span(0, 0), "it is no baseline, but empty; write one with vpclint baseline")
	default:
		r.document(docs[0].Root)
	}
	if r.err != nil {
		return nil, r.err
	}
	return &r.out, nil
}

// A reader reads one file, up to the first fault.
type reader struct {
	file  *source.File
	shown string
	out   Baseline
	err   *FormatError
}

func (r *reader) refuse(at source.Span, format string, args ...any) {
	if r.err == nil {
		p := r.file.Position(at.Start)
		r.err = &FormatError{fmt.Sprintf("%s:%d:%d", r.shown, p.Line, p.Column), fmt.Sprintf(format, args...)}
	}
}

// object returns the members of an object, which has those that are named and no others. Missing ones are nil.
func (r *reader) object(n *doctree.Node, what string, names []string) map[string]*doctree.Node {
	if n.Kind != doctree.Mapping {
		r.refuse(n.Span, "%s must be an object, and is a %s", what, n.Kind)
		return nil
	}
	out := make(map[string]*doctree.Node, len(n.Pairs))
	for _, p := range n.Pairs {
		switch {
		case !slices.Contains(names, p.Key.Text):
			r.refuse(p.Key.Span, "%s has no member %q; there are %s", what, p.Key.Text, strings.Join(names, ", "))
		case out[p.Key.Text] != nil:
			r.refuse(p.Key.Span, "%q stands here twice", p.Key.Text)
		}
		out[p.Key.Text] = p.Value
	}
	return out
}

// document reads the whole file. Whose it is comes first: what another tool, or a later version, has written is no heap of
// faults.
func (r *reader) document(root *doctree.Node) {
	const again = "; write one with vpclint baseline"
	if root.Kind != doctree.Mapping {
		r.refuse(root.Span, "it is no baseline, but a %s%s", root.Kind, again)
		return
	}
	whose, version := root.Get("tool"), root.Get("schemaVersion")
	switch {
	case whose == nil:
		r.refuse(root.Span, "it is no baseline of vpclint's: it has no member \"tool\"%s", again)
	case whose.Kind != doctree.String || whose.Text != tool:
		r.refuse(whose.Span, "it is no baseline of vpclint's, but of %q%s", whose.Text, again)
	case version == nil:
		r.refuse(root.Span, "it doesn't say of which schemaVersion it is%s", again)
	case version.Kind != doctree.Number || version.Text != schemaVersion:
		r.refuse(version.Span, "it is of schemaVersion %s, and this vpclint reads %s only%s", version.Text, schemaVersion, again)
	}
	if r.err != nil {
		return
	}
	top := r.object(root, "a baseline", []string{"tool", "schemaVersion", "findings"})
	list := top["findings"]
	switch {
	case r.err != nil:
	case list == nil:
		r.refuse(root.Span, "it has no findings; of nothing they are an empty list")
	case list.Kind != doctree.Sequence:
		r.refuse(list.Span, "findings must be a list, and is a %s", list.Kind)
	default:
		for _, item := range list.Items {
			r.entry(item)
		}
	}
}

func (r *reader) entry(n *doctree.Node) {
	if r.err != nil {
		return
	}
	got := r.object(n, "an entry", members)
	e := Entry{}
	if rule := got["rule"]; rule != nil {
		e.At = rule.Span // the smallest place that says which entry it is
	}
	var print string
	for i, into := range []*string{&e.Rule, &e.Unit, &e.Subject, &e.Property, &e.Path, &print} {
		*into = r.text(n, got, members[i], into != &e.Path && into != &print)
	}
	if r.err == nil && print != "" && print != finding.Fingerprint(e.Rule, e.Unit, e.Subject, e.Property) {
		r.refuse(got["fingerprint"].Span, "it isn't the fingerprint of this rule, unit, subject and property; leave it out where you change them by hand")
	}
	r.out.Entries = append(r.out.Entries, e)
}

func (r *reader) text(n *doctree.Node, got map[string]*doctree.Node, name string, needed bool) string {
	v := got[name]
	switch {
	case v == nil && needed:
		r.refuse(n.Span, "an entry has no %s", name)
	case v == nil:
	case v.Kind != doctree.String:
		r.refuse(v.Span, "%s must be a text, and is a %s", name, v.Kind)
	default:
		return v.Text
	}
	return ""
}
