package frontend

import (
	"bytes"
	"strings"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/source"
)

// A Noter is an Annotator that knows how an ignore is written in its language.
type Noter interface {
	// Notes returns how an ignore can be written that speaks for a place, the best first. The place is given in the text that it
	// stands in, which may be one within a file that Match lets through; none where that isn't the front-end's language. Whether
	// one has the effect that is wanted is for the caller to find out.
	Notes(at source.Span, docs *Documents) []ignore.Note
}

// MemberNote returns how a member is written into an object of a JSON file, in front of its second member, so that what says
// its kind stays first, and of its lines none is changed. Open and shut stand around what the note says, on lines of their own
// where the object has such. False where the object is empty or not written in JSON.
func MemberNote(object *doctree.Node, form ignore.Form, open, shut []string) (ignore.Note, bool) {
	if object == nil || object.Kind != doctree.Mapping || len(object.Pairs) == 0 || object.Tag != "" {
		return ignore.Note{}, false
	}
	before := object.Pairs[min(1, len(object.Pairs)-1)].Key.Span
	return written(before, form, open, shut)
}

// ItemNote is MemberNote for the items of a list.
func ItemNote(list *doctree.Node, form ignore.Form, open, shut []string) (ignore.Note, bool) {
	if list == nil || list.Kind != doctree.Sequence || len(list.Items) == 0 || list.Tag != "" {
		return ignore.Note{}, false
	}
	return written(list.Items[0].Span, form, open, shut)
}

func written(before source.Span, form ignore.Form, open, shut []string) (ignore.Note, bool) {
	f := before.File
	if f.Embedded() {
		return ignore.Note{}, false
	}
	start := len(bytes.TrimRight(f.Bytes[:before.Start], " \t\r\n"))
	blank := string(f.Bytes[start:before.Start])
	step := stepOf(f)
	if !strings.Contains(blank, "\n") {
		blank, step = " ", ""
	}
	line := func(depth int) string {
		if step == "" {
			return ""
		}
		return blank + strings.Repeat(step, depth)
	}
	n := ignore.Note{At: before.Start, Form: form, Between: ","}
	for depth, text := range open {
		if depth > 0 {
			n.Before += line(depth)
		}
		n.Before += text
	}
	if len(open) > 1 {
		n.Before += line(len(open))
		n.Between += line(len(open))
	} else {
		n.Between += blank
	}
	for i, text := range shut {
		if len(shut) > 1 || len(open) > 1 {
			n.After += line(len(shut) - 1 - i)
		}
		n.After += text
	}
	n.After += "," + blank
	return n, true
}

// stepOf returns by what the lines of a JSON file are indented for each level: what its first member is.
func stepOf(f *source.File) string {
	for n := 2; n <= f.Lines(); n++ {
		text, _ := f.Line(n)
		if rest := bytes.TrimLeft(text, " \t"); len(rest) > 0 {
			if len(rest) < len(text) {
				return string(text[:len(text)-len(rest)])
			}
			break
		}
	}
	return "  "
}
