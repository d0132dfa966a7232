package lint_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/rules"
)

// Every case of testdata/modules calls public modules that are not in the tree, one directory for each way to call them.
// What is known of them gives the dump of the canonical model, and the verdicts, that the case expects.
func TestPublicModules(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/modules/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			calls, wants := map[string][]txtar.File{}, map[string]int{}
			for i, f := range ar.Files {
				if path.Base(f.Name) == "want" {
					wants[path.Dir(f.Name)] = i
					continue
				}
				calls[path.Dir(f.Name)] = append(calls[path.Dir(f.Name)], txtar.File{Name: path.Base(f.Name), Data: f.Data})
			}
			for _, call := range slices.Sorted(maps.Keys(calls)) {
				t.Run(call, func(t *testing.T) {
					at, expected := wants[call]
					if !expected {
						t.Fatalf("there is no %s/want", call)
					}
					got := understood(t, calls[call])
					if *update {
						ar.Files[at].Data = []byte(got)
						return
					}
					if diff := cmp.Diff(string(ar.Files[at].Data), got); diff != "" {
						t.Errorf("it is understood otherwise (-want +got):\n%s", diff)
					}
				})
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// understood returns the dump of a tree, and whether its workloads and endpoints stand in public subnets.
func understood(t *testing.T, files []txtar.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}, Rules: []*rules.Rule{rules.PublicSubnet}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := lint.Dump(&b, r, false); err != nil {
		t.Fatal(err)
	}
	b.WriteString("\n")
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s\n", f.Subject, f.Message)
		for _, s := range f.Trace {
			fmt.Fprintf(&b, "  %s: %s\n", strings.TrimSpace(s.Span.Text()), s.Message)
		}
	}
	for _, u := range r.Undecided {
		fmt.Fprintf(&b, "%s: undecided, %s\n", u.Subject, u.Reason)
	}
	return b.String()
}
