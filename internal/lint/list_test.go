package lint

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/frontend"
)

func TestTreeList(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a.txt", "sub/c.txt", "links/x.txt"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("b.txt", filepath.Join(dir, "link.txt")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("../sub", filepath.Join(dir, "links", "sub")); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := newTree(discover.Disk(root), root.Name(), nil)
	got, err := tree.List(".")
	if err != nil {
		t.Fatal(err)
	}
	want := []frontend.Entry{{Name: "a.txt"}, {Name: "b.txt"}, {Name: "link.txt"}, {Name: "links", Dir: true}, {Name: "sub", Dir: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, dir := range []string{"links", "none", "..", "a.txt"} {
		if entries, err := tree.List(dir); err == nil {
			t.Errorf("%s: %v", dir, entries)
		}
	}
}
