package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/discover"
	"github.com/vpclint/vpclint/internal/source"
)

// Nothing outside the root is read, however it is asked for.
func TestTreeStaysInside(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.tf"), []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "link")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "dir")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := newTree(discover.Disk(root), root.Name(), nil)
	if f, err := tree.Open("./x/../a.tf"); err != nil || string(f.Bytes) != "a" {
		t.Errorf("a.tf: %v", err)
	}
	rel, err := filepath.Rel(dir, filepath.Join(outside, "secret"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link", "dir/secret", rel, filepath.Join(outside, "secret"), "../secret", ".", "nothing"} {
		if f, err := tree.Open(name); err == nil {
			t.Errorf("%s was read: %q", name, f.Bytes)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: more than a clause: %v", name, err)
		}
	}
}

// A unit that panics becomes a finding that names it; the others go on.
func TestPanicBecomesFinding(t *testing.T) {
	file := source.NewFile("bad.tf", []byte("bad"))
	for _, jobs := range []int{1, 4} {
		w := &workers{jobs: jobs, findings: newCollector()}
		done := make([]bool, 10)
		w.each(len(done), func(int) source.Span { return file.Whole() }, func(i int) {
			if i == 3 {
				panic("no such thing")
			}
			done[i] = true
		})
		for i, ok := range done {
			if !ok && i != 3 {
				t.Errorf("%d jobs: unit %d was not done", jobs, i)
			}
		}
		if f := w.findings.all(); len(f) != 1 || f[0].Rule != "unreadable" || f[0].At.File != file {
			t.Errorf("%d jobs: got %+v", jobs, f)
		}
	}
}
