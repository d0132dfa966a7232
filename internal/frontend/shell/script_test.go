package shell

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/value"
)

// Each archive of testdata/scripts is a tree, and "found" what its scripts send. Names ending in .sh are read, unless they lie
// in lib.
func TestScripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/scripts/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts := map[string]string{}
			var names []string
			want := ""
			for _, f := range a.Files {
				if f.Name == "found" {
					want = string(f.Data)
					continue
				}
				texts[f.Name] = string(f.Data)
				if strings.HasSuffix(f.Name, ".sh") && !strings.HasPrefix(f.Name, "lib/") {
					names = append(names, f.Name)
				}
			}
			got := describe(t, texts, names)
			if *update {
				a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "found" })
				a.Files = append(a.Files, txtar.File{Name: "found", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// describe says what scripts send, with the place of each value.
func describe(t *testing.T, texts map[string]string, names []string) string {
	t.Helper()
	raws, superseded := follow(t, texts, names...)
	var b strings.Builder
	for _, r := range raws {
		at := r.Span.Host()
		fmt.Fprintf(&b, "%s %s at %s:%d %q", r.Type, r.Subject, at.File.Path, at.File.Position(at.Start).Line, at.Text())
		for _, c := range r.Exists.Cases() {
			if len(c.When) > 0 && c.Holds.String() == "true" {
				b.WriteString(" when " + c.When.String())
			}
		}
		b.WriteString("\n")
		for _, f := range r.Props.Fields() {
			spelt := r.Spelling[f.Name]
			if spelt == "" {
				spelt = f.Name
			}
			describeValue(t, &b, "  "+spelt, f.Value)
		}
		if r.Props.Open() {
			b.WriteString("  ... " + r.Props.Reason() + "\n")
		}
	}
	for _, path := range superseded {
		b.WriteString("superseded: " + path + "\n")
	}
	return b.String()
}

func describeValue(t *testing.T, b *strings.Builder, name string, v value.Value) {
	t.Helper()
	switch v.Kind() {
	case value.KindObject:
		for _, f := range v.Fields() {
			describeValue(t, b, name+"."+f.Name, f.Value)
		}
		if v.Open() {
			b.WriteString(name + ".... " + v.Reason() + "\n")
		}
		return
	case value.KindList:
		for i, e := range v.Elems() {
			describeValue(t, b, fmt.Sprintf("%s[%d]", name, i), e)
		}
		if v.Open() {
			b.WriteString(name + "[...] " + v.Reason() + "\n")
		}
		return
	case value.KindChoice:
		for _, a := range v.Arms() {
			describeValue(t, b, name+" when "+a.When.String(), a.Value)
		}
		return
	}
	text, err := json.Marshal(plainOf(v))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(b, "%s = %s", name, strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text)))
	for o := v.Origin(); o != nil; o = o.Via {
		if o.Span.IsZero() {
			continue
		}
		at := o.Span.Host()
		fmt.Fprintf(b, " @%d %q", at.File.Position(at.Start).Line, at.Text())
		if o.Note != "" {
			b.WriteString(" (" + o.Note + ")")
		}
	}
	b.WriteString("\n")
}
