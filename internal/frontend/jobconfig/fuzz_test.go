package jobconfig

import (
	"strings"
	"testing"

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

func inside(t *testing.T, s source.Span, content string) {
	t.Helper()
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
		inside(t, f.Key, content)
		walkValue(t, f.Value, content)
	}
}
