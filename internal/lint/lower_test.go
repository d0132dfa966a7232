package lint_test

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
)

var update = flag.Bool("update", false, "rewrite the dumps that the cases expect")

// Every case of testdata/lower is one system spelt in several languages, a directory each. Each spelling gives the same
// dump of the canonical model.
func TestLower(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/lower/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			spellings := map[string][]txtar.File{}
			var want string
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				spellings[path.Dir(f.Name)] = append(spellings[path.Dir(f.Name)], f)
			}
			names := slices.Sorted(maps.Keys(spellings))
			if *update {
				want = dump(t, spellings[names[0]])
				ar.Files = append(slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return f.Name == "want" }), txtar.File{Name: "want", Data: []byte(want)})
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, spelling := range names {
				t.Run(spelling, func(t *testing.T) {
					if diff := cmp.Diff(want, dump(t, spellings[spelling])); diff != "" {
						t.Errorf("another dump (-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}

func dump(t *testing.T, files []txtar.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, path.Base(f.Name)), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := lint.Dump(&b, r, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
