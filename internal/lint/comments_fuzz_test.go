package lint_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/frontend"
	"github.com/vpclint/vpclint/internal/ignore"
	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/source"
)

// FuzzIgnores asks every front-end for the directives of any bytes under any name. They stand in the file, speak for places in
// it, and are the same each time.
func FuzzIgnores(f *testing.F) {
	names := []string{
		"main.tf", "main.tofu", "a.tfvars", "main.tf.json", "a.tfvars.json", "t.yaml", "t.template", "t.json", "samconfig.toml", "a.py", "a.ipynb",
		"a.sh", "a.zsh", "bin/run", "Makefile", "Dockerfile", "Jenkinsfile", ".gitlab-ci.yml", ".github/workflows/a.yml", "m.asl",
	}
	archives, err := filepath.Glob("testdata/ignores/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		filled := slots.ReplaceAll(content, []byte("vpclint:ignore open-egress until=2027-01-31 why"))
		for _, file := range txtar.Parse(filled).Files {
			for i, n := range names {
				if filepath.Ext(n) == filepath.Ext(file.Name) {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
	f.Add(uint8(7), []byte(`{"Resources": {"A": {"Type": "B", "Metadata": {"vpclint": {"ignore": [{"rule": ["a"], "reason": "b", "until": "c"}]}}}}}`))
	f.Add(uint8(5), []byte("a: &x |\r\n  # vpclint:ignore a b\r\n# vpclint:ignore a b\r\n--- # vpclint:ignore-file a b\r\n- *x\r\n"))
	f.Fuzz(func(t *testing.T, name uint8, content []byte) {
		file := source.NewFile(names[int(name)%len(names)], content)
		for _, front := range lint.Frontends() {
			a, ok := front.(frontend.Annotator)
			if !ok || !front.Match(file.Path) {
				continue
			}
			found := a.Ignores(file, &frontend.Documents{})
			for _, d := range found {
				at := d.At.Host()
				if at.File != file || d.Scope.File != file || d.Scope.Start < 0 || d.Scope.End > len(content) || d.Scope.Start > d.Scope.End {
					t.Fatalf("%s: %q speaks for [%d, %d) of %v", front.Name(), at.Text(), d.Scope.Start, d.Scope.End, d.Scope.File)
				}
				for _, s := range d.Rules {
					if s.At.Host().File != file {
						t.Fatalf("%s: %q stands nowhere", front.Name(), s.Name)
					}
				}
			}
			if diff := cmp.Diff(places(found), places(a.Ignores(file, &frontend.Documents{}))); diff != "" {
				t.Fatalf("%s: %s", front.Name(), diff)
			}
		}
	})
}

// places returns where directives stand and what they speak for.
func places(found []ignore.Directive) [][4]int {
	var out [][4]int
	for _, d := range found {
		at := d.At.Host()
		out = append(out, [4]int{at.Start, at.End, d.Scope.Start, d.Scope.End})
	}
	return out
}
