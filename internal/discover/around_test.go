package discover

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Around files that are named and lie in no repository the tree is walked as far as it holds little; in a repository all of it.
func TestAround(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"home/a/b/x.tf", "home/a/b/y.tf", "home/a/c/z.tf", "home/other.tf"} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 9 {
		if err := os.WriteFile(filepath.Join(root, "home", fmt.Sprintf("%d.tf", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "home", ".gitignore"), []byte("c/\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := func(name string) bool { return strings.HasSuffix(name, ".tf") }
	for _, c := range []struct {
		near  int
		paths []string
		want  string
	}{
		{1, []string{"a/b/x.tf"}, "a/b/x.tf a/b/y.tf"},
		{3, []string{"a/b/x.tf"}, "a/b/x.tf a/b/y.tf"},
		{3, []string{"a/b/x.tf", "other.tf"}, "a/b/x.tf 0.tf 1.tf 2.tf other.tf"},
		{99, []string{"a/b/x.tf"}, "a/b/x.tf a/b/y.tf 0.tf 1.tf 2.tf 3.tf 4.tf 5.tf 6.tf 7.tf 8.tf other.tf"},
		{1, []string{"a"}, "a/b/x.tf a/b/y.tf 0.tf 1.tf 2.tf 3.tf 4.tf 5.tf 6.tf 7.tf 8.tf other.tf"},
	} {
		home := filepath.Join(root, "home")
		lim := limits{files: 99, dirs: 99, entries: 99, depth: 99, skips: 99, near: c.near}
		r, err := walkWithin(t.Context(), home, c.paths, tf, Options{Workdir: home}, lim)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, f := range r.Files {
			got[f.Path] = true
		}
		want := map[string]bool{}
		for _, name := range strings.Fields(c.want) {
			want[name] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d around %v: %s", c.near, c.paths, diff)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "home", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(root, "home")
	r, err := walkWithin(t.Context(), home, []string{"a/b/x.tf"}, tf, Options{Workdir: home}, limits{files: 99, dirs: 99, entries: 99, depth: 99, skips: 99, near: 1})
	if err != nil || len(r.Files) != 12 {
		t.Errorf("in a repository %d files were found: %v", len(r.Files), err)
	}
}
