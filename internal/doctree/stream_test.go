package doctree_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/source"
)

// What several commands wrote to one file is as many documents, each at its own place.
func TestParseSaved(t *testing.T) {
	for text, want := range map[string][]string{
		"{\"a\": 1}\n{\"a\": 2}\n":      {`{"a": 1}`, `{"a": 2}`},
		"[1]{\"b\": []}\n\n":            {`[1]`, `{"b": []}`},
		"\ufeff{\n \"a\": 1\n}\r\n[2]":  {"{\n \"a\": 1\n}", "[2]"},
		"{\"a\": 1}":                    {`{"a": 1}`},
		"a: 1\n---\nb: 2\n":             {"a: 1", "b: 2"},
		"{\"a\": 1}\n{\"a\": \n{\"b\"}": {`{"a": 1}`},
		"{\"a\": datetime(2024, 1, 1)}": nil,
	} {
		docs, errs := doctree.ParseSaved(source.NewFile("saved.json", []byte(text)))
		var got []string
		for _, d := range docs {
			got = append(got, d.Root.Span.Text())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if broken := strings.Contains(text, `{"b"}`) || strings.Contains(text, "datetime"); broken != (len(errs) > 0) {
			t.Errorf("%q: errors %v", text, errs)
		}
	}
}

// All documents together are held to the limit of one.
func TestParseJSONStreamLimit(t *testing.T) {
	line := "[" + strings.Repeat("1,", 999) + "1]\n"
	docs, errs := doctree.ParseJSONStream(source.NewFile("many.jsonl", []byte(strings.Repeat(line, doctree.MaxNodes/1000+1))))
	if len(errs) != 1 || !strings.Contains(errs[0].Msg, "more than 4000000 values") || len(docs) == 0 {
		t.Errorf("%d documents, errors %v", len(docs), errs)
	}
}

func FuzzParseSaved(f *testing.F) {
	for _, s := range []string{"{\"a\": 1}\n{\"a\": 2}\n", "[1]{}", "a: 1\n---\nb: 2\n", "{\"a\": 1}\n{\"a\": \n", "{}{}[[[]]]\xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file := source.NewFile("f", b)
		docs, errs := doctree.ParseSaved(file)
		end := 0
		for _, d := range docs {
			if d.JSON {
				if d.Root.Span.Start < end {
					t.Fatal("documents overlap")
				}
				end = d.Root.Span.End
			}
			walk(d.Root, func(n *doctree.Node) { checkSpan(t, file, n.Span) })
		}
		for _, e := range errs {
			checkSpan(t, file, e.Span)
		}
	})
}
