package jobconfig

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/doctree"
	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/source"
	"github.com/vpclint/vpclint/internal/value"
)

// Whatever a file holds, nothing panics, every place is inside the file, and no two resources share an address.
func FuzzLoad(f *testing.F) {
	f.Add("a.json", training)
	f.Add("a.json", training[:300])
	f.Add("a.json", strings.Replace(training, `"InstanceCount": 2`, `"InstanceCount": ${COUNT}`, 1))
	f.Add("a.json", `[{"ModelName": "m", "PrimaryContainer": {{ c }}, "Containers": [{"Image": "<x>"}]}]`)
	f.Add("a.yaml", "a: &a\n  ModelName: !x m\n  PrimaryContainer: {Image: *a}\nb: {<<: *a, Containers: [[], *a]}\n")
	f.Add("a.yaml", "ModelName: m\nPrimaryContainer:\n  Image: |\n    x\n  ? {a: b}\n  : c\n---\nWorkforceName: w\nOidcConfig: {}\n")
	for _, op := range operations {
		f.Add("a.json", `{"`+op.name+`": "${X}", "`+op.core[0].name+`": {}}`)
	}
	f.Fuzz(func(t *testing.T, name, content string) {
		if !(Frontend{}).Match(name) {
			name = "a.json"
		}
		out := load(t, name, content)
		seen := map[value.Address]bool{}
		for _, r := range out.Resources {
			inside(t, r.Span, content)
			walkValue(t, r.Props, content)
			if seen[r.Addr] {
				t.Errorf("%v twice", r.Addr)
			}
			seen[r.Addr] = true
		}
		for _, d := range out.Findings {
			inside(t, d.At, content)
		}
	})
}

// What is found where only parts of a JSON text are made trees is what is found in the whole tree.
func FuzzScan(f *testing.F) {
	for _, text := range []string{
		training, "\xef\xbb\xbf[" + training + `, 1, "x", {"a": [` + training + `]}]`, `{"JobName": "", "x": [{"Model\u004eame": 1}]}`,
		`{"x": {"type": "a", "a": {"Steps": [], "Version": "1"}}, "y": {"StartAt": "a", "States": {}}, "": {"ModelName": "m", "PrimaryContainer": {"Image": "i"}}}`,
		`{"a": {"b": {"c": {"d": {"e": {"f": {"g": {"ModelName": "m", "PrimaryContainer": {"Image": "i"}}}}}}}}}`,
		`{"a": -0.1e+5, "b": [true, false, null, 01]}`, `[1,]`, `{"a":1,}`, `{"a" 1}`, `"a" 1`, `{"a": "\x"}`, `{"a": "\u12g4"}`, "[\"\x01\"]", "[\"\xff\"]",
	} {
		f.Add(text + strings.Repeat(" ", 2*len(text))) // so that what is claimed is the smaller part
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole, parts := walk{family: newFamily(readers())}, walk{family: newFamily(readers())}
		whole.file = source.NewFile("a.json", []byte(text))
		parts.file = source.NewFile("a.json", []byte(text))
		docs, errs := doctree.ParseJSON(whole.file)
		regions, ok := parts.scan(parts.file.Bytes)
		parsed := len(docs) == 1 && len(errs) == 0
		if ok != parsed && strings.Trim(text, "\xef\xbb\xbf \t\r\n") != "" {
			t.Fatalf("scanned: %v, parsed: %v %v", ok, parsed, errs)
		}
		if !ok || !parts.visitRegions(regions) {
			return
		}
		whole.visit(docs[0].Root, nil, maxWrapping)
		if diff := cmp.Diff(spotsOf(whole), spotsOf(parts)); diff != "" {
			t.Error(diff)
		}
	})
}

func spotsOf(w walk) []string { return spots(&frontend.Output{Resources: w.found}) }

func inside(t *testing.T, s source.Span, content string) {
	t.Helper()
	s = s.Host()
	if s.File == nil || s.Start < 0 || s.End < s.Start || s.End > len(content) {
		t.Errorf("%d-%d is outside %d bytes", s.Start, s.End, len(content))
	}
}

func walkValue(t *testing.T, v value.Value, content string) {
	t.Helper()
	for o := v.Origin(); o != nil; o = o.Via {
		inside(t, o.Span, content)
	}
	for _, e := range v.Elems() {
		walkValue(t, e, content)
	}
	for _, f := range v.Fields() {
		if !f.Key.IsZero() { // as in a text within the file
			inside(t, f.Key, content)
		}
		walkValue(t, f.Value, content)
	}
}
