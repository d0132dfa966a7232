package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/vpclint/vpclint/internal/lint"
	"github.com/vpclint/vpclint/internal/value"
)

// placements runs over an archive, and returns the subnets of each workload, or why they aren't known.
func placements(t *testing.T, ar *txtar.Archive, c lint.Config) map[string]string {
	t.Helper()
	c.WorkDir = t.TempDir()
	if err := os.Mkdir(filepath.Join(c.WorkDir, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files {
		path := filepath.Join(c.WorkDir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, w := range r.Net.Workloads {
		var subnets []string
		for _, p := range w.Placements {
			for _, e := range p.Subnets {
				if e.To == nil {
					subnets = append(subnets, "? "+e.Reason)
					continue
				}
				subnets = append(subnets, e.To.Head().Subject())
			}
		}
		out[w.Head().Subject()] = strings.Join(subnets, ", ")
	}
	return out
}

// What one part of a tree publishes is what another reads, in whatever language either is written.
func TestPublished(t *testing.T) {
	files, err := filepath.Glob("testdata/published/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no files: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for line := range strings.Lines(string(ar.Comment)) {
			if subject, subnets, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
				want[subject] = subnets
			}
		}
		for _, jobs := range []int{1, 4} {
			if diff := cmp.Diff(want, placements(t, ar, lint.Config{Jobs: jobs})); diff != "" {
				t.Errorf("%s: the workloads' subnets are (-want +got):\n%s", file, diff)
			}
		}
	}
}

// Front-ends that are run again tell nothing twice.
func TestPublishedOnce(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/published/languages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	ar.Files = append(ar.Files, txtar.File{Name: "broken/main.tf", Data: []byte("resource \"aws_vpc\" {\n")})
	dir := t.TempDir()
	for _, f := range ar.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lint.Run(context.Background(), lint.Config{WorkDir: dir, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	var seen []value.Address
	for _, x := range r.Estate.All() {
		if slices.Contains(seen, x.Head().Addr()) {
			t.Errorf("%s is there twice", x.Head().Subject())
		}
		seen = append(seen, x.Head().Addr())
	}
	if r.Files > len(ar.Files) {
		t.Errorf("%d files were read, want no more than %d", r.Files, len(ar.Files))
	}
}
